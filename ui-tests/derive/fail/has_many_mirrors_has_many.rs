use orm::prelude::*;

#[derive(Model)]
#[model(has_many(orders: Order.items))]
pub struct User {
    pub id: i64,
}

#[derive(Model)]
#[model(has_many(items: Item.order))]
pub struct Order {
    pub id: i64,
}

#[derive(Model)]
pub struct Item {
    pub id: i64,
    #[model(belongs_to = Order)]
    pub order_id: i64,
}

fn main() {}
