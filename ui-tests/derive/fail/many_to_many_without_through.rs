use orm::prelude::*;

#[derive(Model)]
#[model(many_to_many(tags: Tag))]
pub struct Book {
    pub id: i64,
}

#[derive(Model)]
pub struct Tag {
    pub id: i64,
}

fn main() {}
