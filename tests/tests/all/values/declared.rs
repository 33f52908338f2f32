//! Structs that signatures can name: `derive(Annotated)` and `derive(Projection)`.

use orm::prelude::*;
use tests::library::{self, *};
use tests::shop::{self, *};

#[derive(Annotated, Debug, Clone, PartialEq)]
struct WithCount<R> {
    row: R,
    written: i64,
    best: Option<f64>,
}

async fn prolific(db: &Db) -> orm::Result<Vec<WithCount<Author>>> {
    let counted = query!(Author.annotate(WithCount { written: .books.count(), best: .books.rating.max() }));
    query!(counted.filter(.written > 1).order_by(-.written, .name)).all(db).await
}

async fn with_books(db: &Db) -> orm::Result<Vec<WithCount<loaded!(Author { books })>>> {
    query!(Author
        .annotate(WithCount { written: .books.count(), best: .books.rating.max() })
        .prefetch_related(.books)
        .order_by(.id))
    .all(db)
    .await
}

async fn fill(db: &Db) -> orm::Result<()> {
    library::create_tables(db).await?;
    db.batch_execute(
        "INSERT INTO authors (name, born) VALUES ('Ada', 1815), ('Bo', NULL);
         INSERT INTO books (author_id, title, year, rating) VALUES
             (1, 'A', 2000, 1.5), (1, 'B', 2001, NULL), (2, 'C', 1999, NULL);
         INSERT INTO tags (name) VALUES ('t'), ('u');
         INSERT INTO book_tags VALUES (1, 1), (1, 2), (3, 2);",
    )
    .await
}

#[orm::test]
async fn an_annotated_row_is_returned_by_a_function(db: Db) -> orm::Result<()> {
    fill(&db).await?;
    let authors = prolific(&db).await?;
    assert_eq!(authors.len(), 1);
    assert_eq!((authors[0].name.as_str(), authors[0].written, authors[0].best), ("Ada", 2, Some(1.5)));
    assert_eq!(authors[0].clone(), authors[0]);

    let authors = with_books(&db).await?;
    assert_eq!(authors[0].books().len(), 2);
    assert_eq!((authors[1].written, authors[1].best, authors[1].books().len()), (1, None, 1));
    Ok(())
}

#[derive(Projection, Debug, PartialEq)]
#[projection(model = Tag)]
struct TagName {
    name: String,
}

#[derive(Projection, Debug, PartialEq)]
#[projection(model = Author)]
struct Writer {
    name: String,
    #[projection(.books.count())]
    written: i64,
    #[projection(nested)]
    books: Vec<Title>,
}

#[derive(Projection, Debug, PartialEq)]
#[projection(model = Book)]
struct Title {
    title: String,
    #[projection(.author.name)]
    by: String,
    #[projection(.year / 100)]
    century: i32,
    #[projection(nested)]
    tags: Vec<TagName>,
}

#[derive(Projection, Debug, PartialEq)]
#[projection(model = Book)]
struct Entry {
    id: i64,
    rating: Option<f64>,
    #[projection(nested = author)]
    writer: Writer,
}

#[orm::test]
async fn a_projection_selects_what_it_names(db: Db) -> orm::Result<()> {
    fill(&db).await?;
    let (db, log) = db.logged();
    let titles = query!(Book.order_by(.id).project::<Title>()).all(&db).await?;
    assert_eq!(
        titles[0],
        Title {
            title: "A".into(),
            by: "Ada".into(),
            century: 20,
            tags: vec![TagName { name: "t".into() }, TagName { name: "u".into() }]
        }
    );
    assert_eq!((titles[1].tags.len(), titles[2].tags.len()), (0, 1));
    assert_eq!(log.count(), 3, "{log}");
    assert_eq!(
        log.queries()[0].sql,
        r#"SELECT t0."title", t1."name", (t0."year" / $1), t0."id" FROM "books" t0 JOIN "authors" t1 ON t1."id" = t0."author_id" ORDER BY t0."id""#
    );
    log.clear();

    let entries =
        query!(Book.filter(.author.born != None).order_by(-.id).project::<Entry>()).all(&db).await?;
    assert_eq!(entries.len(), 2);
    assert_eq!((entries[0].id, entries[0].rating), (2, None));
    assert_eq!((entries[0].writer.name.as_str(), entries[0].writer.written), ("Ada", 2));
    assert_eq!(entries[1].writer.books.len(), 2);
    assert_eq!(entries[1].writer.books[0].tags.len() + entries[1].writer.books[1].tags.len(), 2);
    assert_eq!(log.count(), 4, "{log}");
    Ok(())
}

#[derive(Projection, Debug, PartialEq)]
#[projection(model = Category)]
struct Group {
    name: String,
    #[projection(nested)]
    parent: Option<Category>,
}

#[derive(Projection, Debug, PartialEq)]
#[projection(model = Product)]
struct Offer {
    name: String,
    #[projection(nested)]
    category: Option<Group>,
}

#[orm::test]
async fn a_relation_without_a_row_is_none(db: Db) -> orm::Result<()> {
    shop::create_tables(&db).await?;
    db.batch_execute(
        "INSERT INTO categories (name, parent_id) VALUES ('drinks', NULL), ('tea', 1);
         INSERT INTO products (name, price, category_id) VALUES ('a', 1, 2), ('b', 1, 1), ('c', 1, NULL);",
    )
    .await?;
    let offers = query!(Product.order_by(.name).project::<Offer>()).all(&db).await?;
    let tea = offers[0].category.as_ref().expect("a category");
    assert_eq!((tea.name.as_str(), tea.parent.as_ref().map(|parent| parent.id)), ("tea", Some(1)));
    assert_eq!(offers[1].category.as_ref().map(|group| &group.parent), Some(&None));
    assert_eq!(offers[2].category, None);
    Ok(())
}
