use orm::prelude::*;

#[derive(Model)]
#[model(tabel = "users")]
pub struct User {
    pub email: String,
    #[model(uniqe)]
    pub nick: String,
    #[model(column = "email")]
    pub mail: String,
}

fn main() {}
