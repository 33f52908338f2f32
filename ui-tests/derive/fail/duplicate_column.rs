use orm::prelude::*;

#[derive(Model)]
pub struct User {
    pub id: i64,
    pub email: String,
    #[model(column = "email")]
    pub mail: String,
}

fn main() {}
