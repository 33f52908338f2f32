use orm::prelude::*;

#[derive(Model)]
pub enum User {
    Guest,
}

fn main() {}
