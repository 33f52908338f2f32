use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(Order.order_by(.id)[..5].delete());
}
