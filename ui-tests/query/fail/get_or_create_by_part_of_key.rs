use orm::prelude::*;

#[derive(Model)]
#[model(unique(order_id, product_id))]
struct Item {
    id: i64,
    order_id: i64,
    product_id: i64,
}

fn main() {
    let _ = query!(Item.get_or_create(order_id = 1).defaults(product_id = 1));
}
