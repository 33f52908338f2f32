use orm::prelude::*;

#[derive(Model)]
pub struct User<T> {
    pub id: T,
}

fn main() {}
