use orm::prelude::*;

#[derive(Model)]
#[model(table)]
pub struct User {
    pub id: i64,
}

fn main() {}
