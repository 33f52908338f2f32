use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(Order.order_by(if .total > 100.0 { .user } else { .user }));
}
