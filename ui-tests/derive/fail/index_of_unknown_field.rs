use orm::prelude::*;

#[derive(Model)]
#[model(index(emial))]
pub struct User {
    pub id: i64,
    pub email: String,
}

fn main() {}
