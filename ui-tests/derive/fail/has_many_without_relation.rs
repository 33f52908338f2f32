use orm::prelude::*;

#[derive(Model)]
#[model(has_many(orders: Order))]
pub struct User {
    pub id: i64,
}

#[derive(Model)]
pub struct Order {
    pub id: i64,
    #[model(belongs_to = User)]
    pub user_id: i64,
}

fn main() {}
