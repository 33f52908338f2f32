use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(User.filter(.email + 1 > 2));
}
