use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(User.filter(.orders.any(.email == "a")));
}
