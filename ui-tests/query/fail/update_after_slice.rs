use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(Order.order_by(.id)[..5].update(total = 9.5));
}
