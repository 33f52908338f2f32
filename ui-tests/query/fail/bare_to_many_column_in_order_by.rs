use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(User.order_by(.orders.total));
}
