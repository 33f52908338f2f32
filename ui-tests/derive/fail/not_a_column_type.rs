use orm::prelude::*;

#[derive(Clone, Debug)]
pub struct Money(i64);

#[derive(Model)]
pub struct User {
    pub id: i64,
    pub balance: Money,
}

fn main() {}
