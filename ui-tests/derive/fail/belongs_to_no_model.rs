use orm::prelude::*;

pub struct User;

#[derive(Model)]
pub struct Order {
    pub id: i64,
    #[model(belongs_to = User)]
    pub user_id: i64,
}

fn main() {}
