use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(User.filter(.orders.any(.totl > 1.0)));
}
