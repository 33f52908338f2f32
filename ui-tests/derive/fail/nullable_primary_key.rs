use orm::prelude::*;

#[derive(Model)]
pub struct User {
    #[model(primary_key)]
    pub email: Option<String>,
}

fn main() {}
