use orm::prelude::*;

#[derive(Model)]
pub struct User {
    pub id: i64,
    pub age: u32,
}

fn main() {}
