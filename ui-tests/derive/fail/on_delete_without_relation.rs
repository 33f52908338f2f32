use orm::prelude::*;

#[derive(Model)]
pub struct Order {
    pub id: i64,
    #[model(on_delete = cascade)]
    pub user_id: i64,
}

fn main() {}
