use orm::prelude::*;

#[derive(Model)]
pub struct User {
    pub email: String,
}

fn main() {}
