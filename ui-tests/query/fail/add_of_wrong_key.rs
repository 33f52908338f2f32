use orm::prelude::*;

#[derive(Model)]
#[model(many_to_many(tags: Tag, through = BookTag(book, tag)))]
struct Book {
    id: i64,
}

#[derive(Model)]
struct Tag {
    id: i64,
}

#[derive(Model)]
struct BookTag {
    #[model(primary_key, belongs_to = Book)]
    book_id: i64,
    #[model(primary_key, belongs_to = Tag)]
    tag_id: i64,
}

fn add(book: &Book) {
    let _ = query!(book.related(.tags).add(["new"]));
}

fn main() {}
