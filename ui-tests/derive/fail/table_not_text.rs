use orm::prelude::*;

#[derive(Model)]
#[model(table = users)]
pub struct User {
    pub id: i64,
}

fn main() {}
