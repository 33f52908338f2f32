//! Authors, books and tags.

use orm::prelude::*;

/// Somebody who wrote books.
#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "authors", has_many(books: Book.author))]
pub struct Author {
    /// The key.
    pub id: i64,
    /// The name.
    pub name: String,
    /// The year of birth.
    pub born: Option<i32>,
}

/// A book.
#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "books", many_to_many(tags: Tag, through = BookTag(book, tag)))]
pub struct Book {
    /// The key.
    pub id: i64,
    /// Who wrote it.
    #[model(belongs_to = Author)]
    pub author_id: i64,
    /// The title.
    pub title: String,
    /// When it came out.
    pub year: i32,
    /// How good it is.
    pub rating: Option<f64>,
}

/// A word for books.
#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "tags", many_to_many(books: Book, through = BookTag(tag, book)))]
pub struct Tag {
    /// The key.
    pub id: i64,
    /// The word.
    #[model(unique)]
    pub name: String,
}

/// That a book has a tag.
#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "book_tags")]
pub struct BookTag {
    /// The book.
    #[model(primary_key, belongs_to = Book, on_delete = cascade)]
    pub book_id: i64,
    /// The tag.
    #[model(primary_key, belongs_to = Tag, on_delete = cascade)]
    pub tag_id: i64,
}

/// Creates the tables.
///
/// # Errors
///
/// When the database refuses.
pub async fn create_tables(db: &Db) -> orm::Result<()> {
    db.create_tables(models![Author, Book, Tag, BookTag]).await
}
