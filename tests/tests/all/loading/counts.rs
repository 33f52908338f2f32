//! How many statements each shape takes, for no parent, for one, and for a thousand.

use orm::prelude::*;
use tests::library::{Author, Book, NewAuthor, Tag};
use tests::shop::{Category, Item, Order, User};

use super::seed;

/// Runs a query for the parents up to each of three keys and asserts its rows and its statements.
macro_rules! counts {
    ($db:ident, $parents:expr, $(($($query:tt)+) => $statements:expr),+ $(,)?) => { $(
        for (last, rows) in [(0i64, 0), (1, 1), (1_000, $parents)] {
            let (db, log) = $db.logged();
            let query = query!($($query)+);
            let found = query!(query.filter(.id <= last)).all(&db).await?;
            assert_eq!(found.len(), rows, "{}", stringify!($($query)+));
            let expected = if rows == 0 { 1 } else { $statements };
            assert_eq!(log.count(), expected, "{} for {rows} rows: {log}", stringify!($($query)+));
        }
    )+ };
}

#[orm::test]
async fn to_one_takes_no_statement_of_its_own(db: Db) -> orm::Result<()> {
    seed::shop(&db, 1_000).await?;
    counts!(db, 1_000,
        (User) => 1,
        (User.select_related(.profile)) => 1,
        (User.prefetch_related(.profile)) => 1,
        (User.select_related(.profile.user.profile)) => 1,
        (Order.filter(.id <= 1_000).select_related(.user)) => 1,
        (Order.select_related(.user, .recipient)) => 1,
        (Order.select_related(.user.profile).select_related(.recipient.profile)) => 1,
        (Item.select_related(.order.user, .product.category.parent)) => 1,
    );
    Ok(())
}

#[orm::test]
async fn each_to_many_level_takes_one_statement(db: Db) -> orm::Result<()> {
    seed::shop(&db, 1_000).await?;
    counts!(db, 1_000,
        (User.prefetch_related(.orders)) => 2,
        (User.prefetch_related(.orders.order_by(-.total, .id))) => 2,
        (User.prefetch_related(.orders.items)) => 3,
        (User.prefetch_related(.orders.items.product.category.parent)) => 3,
        (User.select_related(.profile).prefetch_related(.orders.recipient.profile)) => 2,
        (User.prefetch_related(.orders.items.product.items)) => 4,
        (User.prefetch_related(.orders.user.orders)) => 3,
        (Order.prefetch_related(.items)) => 2,
        (Order.prefetch_related(.user.orders)) => 2,
        (Order.prefetch_related(.items, .user.orders)) => 3,
        (Item.prefetch_related(.order.user.orders.items, .product.items)) => 4,
    );
    counts!(db, 6,
        (Category.prefetch_related(.products)) => 2,
        (Category.prefetch_related(.children, .products)) => 3,
        (Category.prefetch_related(.children.products.items, .products.items)) => 6,
    );
    Ok(())
}

#[orm::test]
async fn each_many_to_many_level_takes_two(db: Db) -> orm::Result<()> {
    seed::library(&db, 1_000).await?;
    counts!(db, 1_000,
        (Book.filter(.id <= 1_000).prefetch_related(.tags)) => 3,
        (Book.prefetch_related(.tags.order_by(.name), .author)) => 3,
        (Book.prefetch_related(.tags.books)) => 5,
        (Author.prefetch_related(.books.tags)) => 4,
        (Author.prefetch_related(.books.tags.books.author)) => 6,
        (Author.prefetch_related(.books.tags.books.author.books)) => 7,
    );
    counts!(db, 5, (Tag.prefetch_related(.books)) => 3);
    Ok(())
}

#[orm::test]
async fn parents_without_children_end_the_descent(db: Db) -> orm::Result<()> {
    seed::library(&db, 0).await?;
    let author = Author::objects().bulk_create([NewAuthor { name: "nobody".into() }]).execute(&db).await?[0];
    let (db, log) = db.logged();
    let authors = query!(Author.prefetch_related(.books.tags.books)).all(&db).await?;
    assert!(authors[0].books().is_empty());
    assert_eq!(log.count(), 2, "no book, no links: {log}");
    log.clear();

    query!(Book.create(author_id = author, title = "untagged", year = 2000)).execute(&db).await?;
    let authors = query!(Author.prefetch_related(.books.tags.books)).all(&db).await?;
    assert!(authors[0].books()[0].tags().is_empty());
    assert_eq!(log.count(), 4, "an insert, three selects, and no tag to fetch: {log}");
    Ok(())
}

#[orm::test]
async fn a_query_known_to_be_empty_is_not_sent(db: Db) -> orm::Result<()> {
    seed::library(&db, 3).await?;
    let (db, log) = db.logged();
    let none: Vec<i64> = Vec::new();
    let authors = query!(Author.filter(.id.is_in(none)).prefetch_related(.books.tags));
    assert!(authors.all(&db).await?.is_empty());
    assert!(authors.first(&db).await?.is_none());
    assert!(authors.get(&db).await.is_err_and(|error| error.is_not_found()));
    assert_eq!((authors.count(&db).await?, authors.exists(&db).await?), (0, false));
    assert!(authors.in_bulk(&db, [1]).await?.is_empty());
    assert!(query!(Author.prefetch_related(.books)[..0]).all(&db).await?.is_empty());
    assert!(Author::objects().in_bulk(&db, []).await?.is_empty());
    assert_eq!(log.count(), 0, "{log}");
    Ok(())
}
