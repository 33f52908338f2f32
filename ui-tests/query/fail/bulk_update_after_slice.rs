use orm::prelude::*;
use ui_tests::*;

fn main() {
    let orders: Vec<Order> = Vec::new();
    let _ = query!(Order[..5].bulk_update(&orders, .total));
}
