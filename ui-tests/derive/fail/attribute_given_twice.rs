use orm::prelude::*;

#[derive(Model)]
#[model(table = "users", table = "people")]
pub struct User {
    pub id: i64,
}

fn main() {}
