use orm::prelude::*;

#[derive(Model)]
pub struct User {
    pub id: i64,
    #[model(unique)]
    #[model(unique)]
    pub email: String,
}

fn main() {}
