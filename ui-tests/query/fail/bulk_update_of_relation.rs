use orm::prelude::*;
use ui_tests::*;

fn main() {
    let orders: Vec<Order> = Vec::new();
    let _ = query!(Order.bulk_update(&orders, .user));
}
