use orm::prelude::*;

#[derive(Model)]
#[model(has_many(orders: Order.shop))]
pub struct User {
    pub id: i64,
}

#[derive(Model)]
pub struct Shop {
    pub id: i64,
}

#[derive(Model)]
pub struct Order {
    pub id: i64,
    #[model(belongs_to = Shop)]
    pub shop_id: i64,
}

fn main() {}
