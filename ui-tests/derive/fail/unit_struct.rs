use orm::prelude::*;

#[derive(Model)]
pub struct User;

fn main() {}
