//! The rows that a relation leads to from a row in hand, and the links between them.

mod changing;
mod composite;
mod objects;
mod refused;

use orm::prelude::*;
use tests::library::{self, Author, Book, BookTag, NewTag, Tag};

/// An author with two books, and the keys of `tags` tags.
async fn seed(db: &Db, tags: usize) -> orm::Result<(Author, [Book; 2], Vec<i64>)> {
    library::create_tables(db).await?;
    let author = query!(Author.create(name = "Ada")).execute(db).await?;
    let book =
        |title: &'static str, year| query!(Book.create(author_id = author.id, title = title, year = year));
    let books = [book("Notes", 1843).execute(db).await?, book("Letters", 1850).execute(db).await?];
    let tags = (0..tags).map(|number| NewTag { name: number.to_string() });
    let tags = Tag::objects().bulk_create(tags).execute(db).await?;
    Ok((author, books, tags))
}

/// The tags of a book, in their order.
async fn tags_of(db: &Db, book: &Book) -> orm::Result<Vec<i64>> {
    let links = query!(BookTag.filter(.book_id == book.id).order_by(.tag_id)).all(db).await?;
    Ok(links.into_iter().map(|link| link.tag_id).collect())
}
