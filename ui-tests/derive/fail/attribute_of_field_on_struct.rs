use orm::prelude::*;

#[derive(Model)]
#[model(column = "users")]
pub struct User {
    pub id: i64,
}

fn main() {}
