use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(User.filter(.orders.count() > 1));
}
