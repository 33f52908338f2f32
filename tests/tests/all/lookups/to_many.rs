//! `any`, `all`, `none`, `exists` and `is_empty` on to-many paths.

use std::collections::BTreeSet;

use orm::prelude::*;
use tests::library::{self, Author, Book, BookTag, NewAuthor, NewBook, NewBookTag, NewTag, Tag};

use super::partitions;

struct Library {
    authors: Vec<Author>,
    books: Vec<Book>,
    tags: Vec<Tag>,
    links: BTreeSet<(i64, i64)>,
}

impl Library {
    /// Authors with 0 to 3 books, books with 0 to 3 tags, ratings with NULLs.
    async fn new(db: &Db) -> orm::Result<Library> {
        library::create_tables(db).await?;
        let authors = ["ada", "bob", "cyd", "dot", "eve"].map(|name| NewAuthor { name: name.into() });
        let authors = Author::objects().bulk_create(authors).execute(db).await?;
        let tags = Tag::objects().bulk_create(["x", "y", "z"].map(|name| NewTag { name: name.into() }));
        let tags = tags.execute(db).await?;
        let mut links = BTreeSet::new();
        for (i, (author, year)) in
            [(0, 1999), (0, 2005), (0, 2010), (1, 2001), (2, 1990), (2, 1991), (4, 2020)]
                .into_iter()
                .enumerate()
        {
            let new = NewBook { author_id: authors[author], title: format!("t{}", i % 3), year };
            let rating = [Some(4.5), None, Some(1.0)][i % 3];
            let book = Book::objects().create(new).rating(rating).execute(db).await?;
            links.extend(tags.iter().take((i + 1) % 4).map(|&tag| (book.id, tag)));
        }
        let new = links.iter().map(|&(book_id, tag_id)| NewBookTag { book_id, tag_id });
        BookTag::objects().bulk_create(new).execute(db).await?;
        Ok(Library {
            authors: query!(Author.order_by(.id)).all(db).await?,
            books: query!(Book.order_by(.id)).all(db).await?,
            tags: query!(Tag.order_by(.id)).all(db).await?,
            links,
        })
    }

    fn books(&self, author: i64) -> impl Iterator<Item = &Book> {
        self.books.iter().filter(move |book| book.author_id == author)
    }

    fn tags(&self, book: i64) -> impl Iterator<Item = &str> {
        let linked = move |tag: &&Tag| self.links.contains(&(book, tag.id));
        self.tags.iter().filter(linked).map(|tag| tag.name.as_str())
    }

    fn tagged(&self, tag: i64) -> impl Iterator<Item = &Book> {
        self.books.iter().filter(move |book| self.links.contains(&(book.id, tag)))
    }
}

#[orm::test]
async fn has_many(db: Db) -> orm::Result<()> {
    let l = Library::new(&db).await?;
    partitions! { &db, Author, &l.authors,
        { .books.exists() } => |a| l.books(a.id).next().is_some();
        { .books.is_empty() } => |a| l.books(a.id).next().is_none();
        { .books.any(.year > 2000) } => |a| l.books(a.id).any(|b| b.year > 2000);
        { .books.any(.year > 2000 && .title == "t0") } =>
            |a| l.books(a.id).any(|b| b.year > 2000 && b.title == "t0");
        { .books.any(.year > 2000) && .books.any(.title == "t0") } =>
            |a| l.books(a.id).any(|b| b.year > 2000) && l.books(a.id).any(|b| b.title == "t0");
        { .books.all(.year > 2000) } => |a| l.books(a.id).all(|b| b.year > 2000);
        { .books.none(.year > 2000) } => |a| !l.books(a.id).any(|b| b.year > 2000);
        { .books.any(.rating > 3.0) } => |a| l.books(a.id).any(|b| b.rating.is_some_and(|r| r > 3.0));
        { .books.all(.rating > 3.0) } => |a| l.books(a.id).all(|b| b.rating.is_some_and(|r| r > 3.0));
        { .books.any(!(.rating > 3.0)) } => |a| l.books(a.id).any(|b| b.rating.is_none_or(|r| r <= 3.0));
        { .books.none(.rating == None) } => |a| l.books(a.id).all(|b| b.rating.is_some());
        { .books.exists() && .name != "ada" } => |a| l.books(a.id).next().is_some() && a.name != "ada";
        { .books.any(.author.name == "ada") } => |a| a.name == "ada";
        { .books.any(.id.is_in(Vec::<i64>::new())) } => |_| false;
        { .books.all(.id.is_in(Vec::<i64>::new())) } => |a| l.books(a.id).next().is_none();
    }
    Ok(())
}

#[orm::test]
async fn many_to_many_from_both_sides(db: Db) -> orm::Result<()> {
    let l = Library::new(&db).await?;
    partitions! { &db, Book, &l.books,
        { .tags.exists() } => |b| l.tags(b.id).next().is_some();
        { .tags.is_empty() } => |b| l.tags(b.id).next().is_none();
        { .tags.any(.name == "y") } => |b| l.tags(b.id).any(|t| t == "y");
        { .tags.all(.name == "x") } => |b| l.tags(b.id).all(|t| t == "x");
        { .tags.none(.name == "y") } => |b| l.tags(b.id).all(|t| t != "y");
    }
    partitions! { &db, Tag, &l.tags,
        { .books.any(.rating > 3.0) } => |t| l.tagged(t.id).any(|b| b.rating.is_some_and(|r| r > 3.0));
        { .books.all(.year > 1999) } => |t| l.tagged(t.id).all(|b| b.year > 1999);
        { .books.any(.author.name == "eve") } => |t| l.tagged(t.id).any(|b| b.author_id == l.authors[4].id);
    }
    Ok(())
}

#[orm::test]
async fn nested(db: Db) -> orm::Result<()> {
    let l = Library::new(&db).await?;
    partitions! { &db, Author, &l.authors,
        { .books.any(.tags.any(.name == "z")) } => |a| l.books(a.id).any(|b| l.tags(b.id).any(|t| t == "z"));
        { .books.all(.tags.any(.name == "x")) } => |a| l.books(a.id).all(|b| l.tags(b.id).any(|t| t == "x"));
        { .books.any(.tags.all(.name != "y")) } => |a| l.books(a.id).any(|b| l.tags(b.id).all(|t| t != "y"));
        { .books.any(.year > 2000 && .tags.is_empty()) } =>
            |a| l.books(a.id).any(|b| b.year > 2000 && l.tags(b.id).next().is_none());
        { .books.none(.tags.none(.name == "x")) } =>
            |a| l.books(a.id).all(|b| l.tags(b.id).any(|t| t == "x"));
    }
    partitions! { &db, Tag, &l.tags,
        { .books.all(.tags.any(.name == "x")) } => |t| l.tagged(t.id).all(|b| l.tags(b.id).any(|t| t == "x"));
    }
    Ok(())
}

#[orm::test]
async fn a_path_of_several_to_many_steps(db: Db) -> orm::Result<()> {
    let l = Library::new(&db).await?;
    partitions! { &db, Author, &l.authors,
        { .books.tags.exists() } => |a| l.books(a.id).any(|b| l.tags(b.id).next().is_some());
        { .books.tags.any(.name == "z") } => |a| l.books(a.id).any(|b| l.tags(b.id).any(|t| t == "z"));
        { .books.tags.all(.name == "x") } => |a| l.books(a.id).all(|b| l.tags(b.id).all(|t| t == "x"));
        { .books.tags.is_empty() } => |a| l.books(a.id).all(|b| l.tags(b.id).next().is_none());
    }
    partitions! { &db, Book, &l.books,
        { .tags.books.any(.year > 2015) } =>
            |b| l.tags(b.id).any(|name| l.tags.iter().any(|t| t.name == name && l.tagged(t.id).any(|b| b.year > 2015)));
        { .tags.books.author.books.any(.year > 2015) } =>
            |b| l.tags(b.id).any(|name| l.tags.iter().any(|t| t.name == name
                && l.tagged(t.id).any(|b| l.books(b.author_id).any(|b| b.year > 2015))));
    }
    Ok(())
}

#[orm::test]
async fn behind_to_one_steps(db: Db) -> orm::Result<()> {
    let l = Library::new(&db).await?;
    partitions! { &db, Book, &l.books,
        { .author.books.any(.year > 2005) } => |b| l.books(b.author_id).any(|b| b.year > 2005);
        { .author.books.all(.rating == None) } => |b| l.books(b.author_id).all(|b| b.rating.is_none());
        { .author.books.tags.any(.name == "z") } =>
            |b| l.books(b.author_id).any(|b| l.tags(b.id).any(|t| t == "z"));
        { .author.name == "ada" && .author.books.any(.year < 2000) } =>
            |b| b.author_id == l.authors[0].id && l.books(b.author_id).any(|b| b.year < 2000);
    }
    Ok(())
}
