use orm::prelude::*;

#[derive(Enum, Clone, Debug)]
#[model(name = "mood")]
enum Mood {
    Happy,
    #[model(name = "rather sad")]
    Sad,
}

#[derive(Model)]
#[model(schema = "library", table = "shelf")]
struct Shelf {
    #[model(primary_key)]
    room: i32,
    #[model(primary_key)]
    number: i32,
}

#[derive(Model)]
#[model(
    table = "Book",
    belongs_to(shelf: Shelf, columns(room, shelf_number), on_delete = restrict),
    many_to_many(tags: Tag, through = BookTag(book, tag)),
    index(room, shelf_number),
    unique(title, room)
)]
struct Book {
    id: i64,
    #[model(column = "Titel", index)]
    title: String,
    room: i32,
    shelf_number: i32,
    #[model(default = "'happy'")]
    mood: Mood,
}

#[derive(Model)]
#[model(table = "tags", has_many(links: BookTag.tag))]
struct Tag {
    #[model(primary_key)]
    name: String,
}

#[derive(Model)]
struct BookTag {
    #[model(primary_key, identity)]
    number: i32,
    #[model(belongs_to = Book, on_delete = cascade)]
    book_id: i64,
    #[model(belongs_to = Tag, as = tag, on_delete = set_null)]
    tag_name: Option<String>,
}

fn main() {
    assert_eq!(models![Shelf, Book, Tag, BookTag].len(), 4);
}
