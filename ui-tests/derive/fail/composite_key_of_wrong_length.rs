use orm::prelude::*;

#[derive(Model)]
pub struct Shelf {
    #[model(primary_key)]
    pub room: i32,
    #[model(primary_key)]
    pub number: i32,
}

#[derive(Model)]
#[model(belongs_to(shelf: Shelf, columns(room)))]
pub struct Book {
    pub id: i64,
    pub room: i32,
}

fn main() {}
