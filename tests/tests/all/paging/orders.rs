//! The pages of a query are the whole of it, once and in order, whatever the order is.

use orm::functions::coalesce;
use orm::prelude::*;
use tests::library::*;

use super::{fill, walked};

/// Each order is paged in sizes that divide the rows and sizes that do not, and must give what `all` gives in the same order
/// with the key after it.
macro_rules! agree {
    ($db:expr, $({ $($order:tt)+ })+) => { $(
        let all = query!(Book.order_by($($order)+, .id)).all($db).await?;
        assert_eq!(all.len(), 60);
        for size in [1, 7, 20, 59, 60, 61] {
            let pages = walked!($db, query!(Book.order_by($($order)+)), size);
            assert_eq!(pages, all, "{} {size}", stringify!($($order)+));
        }
    )+ };
}

#[orm::test]
async fn columns_in_every_direction(db: Db) -> orm::Result<()> {
    fill(&db).await?;
    agree! { &db,
        { .id }
        { -.id }
        { .year }
        { -.year }
        { .year, .title }
        { -.year, -.title, -.id }
        { .year, -.title }
        { -.year, .title, -.author_id }
    }
    Ok(())
}

#[orm::test]
async fn nulls_on_either_side(db: Db) -> orm::Result<()> {
    fill(&db).await?;
    agree! { &db,
        { .rating }
        { -.rating }
        { .rating.asc().nulls_first() }
        { .rating.desc().nulls_last() }
        { .rating, -.year }
        { -.year, .rating, .title }
        { .year, -.rating, -.title }
        { .title, .rating.asc().nulls_first(), -.id }
        { .author.born, .rating.desc().nulls_last() }
    }
    Ok(())
}

#[orm::test]
async fn expressions_relations_and_conditions(db: Db) -> orm::Result<()> {
    fill(&db).await?;
    let last = 2002;
    agree! { &db,
        { .author.name }
        { -.author.born, .author.name }
        { .year + .author.born }
        { -(.year % 3), .title.upper() }
        { coalesce(.rating, 1.5), -.title }
        { if .year == last { 0 } else { 1 } }
        { -.tags.count() }
        { .tags.name.max(), -.year }
        { .author.books.rating.avg(), .year }
    }
    Ok(())
}

#[orm::test]
async fn without_an_order_it_is_that_of_the_key(db: Db) -> orm::Result<()> {
    fill(&db).await?;
    let pages = walked!(&db, query!(Book.filter(.year > 2001)), 4);
    assert_eq!(pages, query!(Book.filter(.year > 2001).order_by(.id)).all(&db).await?);
    // A composite key.
    let pages = walked!(&db, query!(BookTag), 7);
    assert_eq!(pages, query!(BookTag.order_by(.book_id, .tag_id)).all(&db).await?);
    let pages = walked!(&db, query!(BookTag.order_by(-.tag_id)), 7);
    assert_eq!(pages, query!(BookTag.order_by(-.tag_id, .book_id)).all(&db).await?);
    Ok(())
}

#[orm::test]
async fn rows_written_elsewhere_neither_repeat_nor_hide_any(db: Db) -> orm::Result<()> {
    fill(&db).await?;
    let books = query!(Book.order_by(-.rating, .year));
    let before = query!(books.order_by(-.rating, .year, .id)).all(&db).await?;
    let (mut rows, mut next) = (Vec::new(), None);
    loop {
        let page = books.page_after(&db, next.as_ref(), 7).await?;
        // Before the page and after it, and a row that was seen is deleted.
        query!(Book.create(author_id = 1, title = "new", year = 1)).execute(&db).await?;
        query!(Book.create(author_id = 1, title = "new", year = 9_000).rating(1.0)).execute(&db).await?;
        query!(Book.create(author_id = 1, title = "new", year = 1).rating(3.5)).execute(&db).await?;
        page.rows[0].delete(&db).await?;
        rows.extend(page.rows);
        next = page.next;
        if next.is_none() {
            break;
        }
    }
    assert!(rows.len() > before.len());
    rows.retain(|book| book.title != "new");
    assert_eq!(rows, before);
    Ok(())
}
