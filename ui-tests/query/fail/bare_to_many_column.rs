use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(User.filter(.orders.total > 1.0));
}
