use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(User.filter(.active + 1 > 2));
}
