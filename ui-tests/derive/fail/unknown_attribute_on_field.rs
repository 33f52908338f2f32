use orm::prelude::*;

#[derive(Model)]
pub struct User {
    pub id: i64,
    #[model(uniqe)]
    pub email: String,
}

fn main() {}
