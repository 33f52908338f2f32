use orm::prelude::*;

#[derive(Model)]
#[model(many_to_many(tags: Tag, through = BookTag(tag, book)))]
pub struct Book {
    pub id: i64,
}

#[derive(Model)]
pub struct Tag {
    pub id: i64,
}

#[derive(Model)]
pub struct BookTag {
    pub id: i64,
    #[model(belongs_to = Book)]
    pub book_id: i64,
    #[model(belongs_to = Tag)]
    pub tag_id: i64,
}

fn main() {}
