use orm::prelude::*;

#[derive(Model)]
pub struct Order {
    pub id: i64,
    #[model(belongs_to = Usr)]
    pub user_id: i64,
}

fn main() {}
