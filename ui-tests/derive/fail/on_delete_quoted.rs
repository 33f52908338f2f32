use orm::prelude::*;

#[derive(Model)]
pub struct User {
    pub id: i64,
}

#[derive(Model)]
pub struct Order {
    pub id: i64,
    #[model(belongs_to = User, on_delete = "cascade")]
    pub user_id: i64,
}

fn main() {}
