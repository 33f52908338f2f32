use orm::prelude::*;

#[derive(Model)]
#[model(table = users, unique(emial), tabel = "users")]
pub struct User {
    pub id: i64,
    pub email: String,
}

fn main() {}
