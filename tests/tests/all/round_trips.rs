//! How often the client waits for the server.

use orm::prelude::*;
use orm::testing::Database;
use tests::library::{Author, Book, NewBook};
use tests::shop::{Category, User};

use crate::loading::seed;
use crate::support::Proxy;

#[derive(Model, Debug)]
#[model(
    table = "hubs",
    has_many(north: Spoke.a, east: Spoke.b, south: Spoke.c, west: Spoke.d, up: Spoke.e)
)]
struct Hub {
    id: i64,
}

#[derive(Model, Debug)]
#[model(table = "spokes")]
struct Spoke {
    id: i64,
    #[model(belongs_to = Hub)]
    a_id: i64,
    #[model(belongs_to = Hub)]
    b_id: i64,
    #[model(belongs_to = Hub)]
    c_id: i64,
    #[model(belongs_to = Hub)]
    d_id: i64,
    #[model(belongs_to = Hub)]
    e_id: i64,
}

/// A pool of one connection whose turns are counted from now on.
async fn counted(database: &Database) -> orm::Result<(Db, Proxy)> {
    let proxy = Proxy::to(database.url()).await;
    let db = Db::builder(proxy.url()).max_size(1).connect().await?;
    assert!(proxy.turns() > 0, "connecting takes some");
    Ok((db, proxy))
}

#[tokio::test]
async fn five_siblings_take_two_turns() -> orm::Result<()> {
    let database = Database::create().await?;
    database.db().create_tables(models![Hub, Spoke]).await?;
    database.db().batch_execute("INSERT INTO hubs DEFAULT VALUES").await?;
    query!(Spoke.create(a_id = 1, b_id = 1, c_id = 1, d_id = 1, e_id = 1)).execute(database.db()).await?;
    let (db, proxy) = counted(&database).await?;
    let hubs = query!(Hub.prefetch_related(.north, .east, .south, .west, .up));
    let mut turns = Vec::new();
    for _ in 0..3 {
        let (db, log) = db.logged();
        let hub = hubs.get(&db).await?;
        assert_eq!((hub.north().len(), hub.up().len(), log.count()), (1, 1, 6), "{log}");
        turns.push(proxy.turns());
    }
    assert_eq!(
        turns,
        [4, 4, 2],
        "on new tables and at second sight the statements are prepared, siblings together"
    );
    query!(hubs.filter(.id > 0)).all(&db).await?;
    assert_eq!(proxy.turns(), 2, "a new text on known tables");
    Ok(())
}

/// Asserts the turns of queries with nothing prepared, and with everything.
macro_rules! turns {
    ($database:ident, $(($($query:tt)+) => $turns:expr),+ $(,)?) => { {
        let proxy = Proxy::to($database.url()).await;
        let unprepared = Db::builder(proxy.url()).statement_cache_size(0).connect().await?;
        let prepared = Db::connect(proxy.url()).await?;
        $(
            let query = query!($($query)+);
            for db in [&unprepared, &prepared] {
                query.all(db).await?;
                query.all(db).await?;
                proxy.turns();
                assert!(!query.all(db).await?.is_empty());
                assert_eq!(proxy.turns(), $turns, "{}", stringify!($($query)+));
            }
        )+
    } };
}

#[tokio::test]
async fn each_level_takes_one_turn() -> orm::Result<()> {
    let database = Database::create().await?;
    seed::shop(database.db(), 4).await?;
    turns!(database,
        (User.select_related(.profile)) => 1,
        (User.prefetch_related(.orders)) => 2,
        (User.prefetch_related(.orders.items)) => 3,
        (User.prefetch_related(.orders.items.product.items.order.items)) => 5,
        (Category.prefetch_related(.children.products.items, .products.items)) => 4,
    );
    Ok(())
}

#[tokio::test]
async fn a_many_to_many_level_takes_two_turns() -> orm::Result<()> {
    let database = Database::create().await?;
    seed::library(database.db(), 9).await?;
    turns!(database,
        (Book.prefetch_related(.tags)) => 3,
        (Author.prefetch_related(.books.tags)) => 4,
        // The sibling goes out with the links.
        (Book.prefetch_related(.tags, .author.books)) => 3,
    );
    Ok(())
}

#[tokio::test]
async fn a_row_by_key_takes_one_turn() -> orm::Result<()> {
    let database = Database::create().await?;
    seed::library(database.db(), 5).await?;
    let (db, proxy) = counted(&database).await?;
    let mut turns = Vec::new();
    for id in 1..=5 {
        query!(Author.filter(.id == id)).get(&db).await?;
        turns.push(proxy.turns());
    }
    assert_eq!(turns, [2, 2, 1, 1, 1], "one more to prepare it on a new table and at second sight");
    query!(Author.filter(.id == 1, .name != "nobody")).get(&db).await?;
    assert_eq!(proxy.turns(), 1, "a new text on a known table");
    Ok(())
}

#[tokio::test]
async fn other_terminals_take_one_turn() -> orm::Result<()> {
    let database = Database::create().await?;
    seed::library(database.db(), 5).await?;
    let (db, proxy) = counted(&database).await?;
    query!(Author.prefetch_related(.books)).all(&db).await?;
    proxy.turns();
    query!(Author).count(&db).await?;
    assert_eq!(proxy.turns(), 1);
    query!(Author).exists(&db).await?;
    assert_eq!(proxy.turns(), 1);
    query!(Author).first(&db).await?;
    assert_eq!(proxy.turns(), 1);
    query!(Author).in_bulk(&db, [1, 2]).await?;
    assert_eq!(proxy.turns(), 1);
    query!(Author.create(name = "new")).execute(&db).await?;
    assert_eq!(proxy.turns(), 1);
    let new = (0..1_000).map(|n| NewBook { author_id: 1, title: n.to_string(), year: n });
    Book::objects().bulk_create(new).execute(&db).await?;
    assert_eq!(proxy.turns(), 1);
    Ok(())
}

#[tokio::test]
async fn a_transaction_takes_two_more() -> orm::Result<()> {
    let database = Database::create().await?;
    seed::library(database.db(), 5).await?;
    let (db, proxy) = counted(&database).await?;
    let query = query!(Author.prefetch_related(.books));
    query.all(&db).await?;
    query.all(&db).await?;
    proxy.turns();
    db.transaction(async |tx| query.all(tx).await).await?;
    assert_eq!(proxy.turns(), 4);
    db.transaction(async |tx| tx.transaction(async |tx| query.all(tx).await).await).await?;
    assert_eq!(proxy.turns(), 6, "and a savepoint too");
    Ok(())
}
