//! What comes out is what `all` returns.

use futures_util::{StreamExt, TryStreamExt};
use orm::prelude::*;
use tests::library::{Author, Book};
use tests::shop::{Order, User};

use super::{rest, verbs};
use crate::loading::seed;

/// Asserts that a query's stream has the rows of `all`, on a pool and in a transaction, for chunks of several sizes.
macro_rules! same {
    ($db:ident, $($query:tt)+) => {{
        let query = query!($($query)+);
        let all = query.all(&$db).await?;
        for size in [1, 2, 7, 1_000_000, usize::MAX] {
            assert_eq!(rest(&mut query.iterator(&$db, size)).await?, all, "{} by {size}", stringify!($($query)+));
            let tx = $db.begin().await?;
            assert_eq!(rest(&mut query.iterator(&tx, size)).await?, all, "{} by {size}", stringify!($($query)+));
            tx.commit().await?;
        }
        all.len()
    }};
}

#[orm::test]
async fn of_every_shape(db: Db) -> orm::Result<()> {
    seed::shop(&db, 20).await?;
    assert_eq!(same!(db, User.order_by(-.id)), 20);
    assert_eq!(same!(db, User.filter(.active).order_by(.email)), 10);
    assert_eq!(same!(db, User.order_by(.id)[3..9]), 6);
    assert_eq!(same!(db, User.filter(.id > 1_000)), 0);
    same!(db, Order.select_related(.user.profile, .recipient).order_by(.id));
    same!(db, User.prefetch_related(.orders.order_by(-.id)).order_by(.id));
    same!(db, User.prefetch_related(.orders.order_by(.id), .orders.items.order_by(.id)).order_by(-.id)[2..18]);
    same!(db, User.filter(.id > 1_000).prefetch_related(.orders));
    same!(db, Order.prefetch_related(.items.order_by(.id), .user.orders.order_by(.id)).order_by(.id));
    Ok(())
}

#[orm::test]
async fn with_many_to_many_relations(db: Db) -> orm::Result<()> {
    seed::library(&db, 20).await?;
    same!(db, Book.prefetch_related(.tags.order_by(.name), .author).order_by(.id));
    same!(db, Author.prefetch_related(.books.order_by(.id), .books.tags.order_by(.id)).order_by(.id));
    Ok(())
}

#[orm::test]
async fn a_stream_of_rows_is_one_statement(db: Db) -> orm::Result<()> {
    seed::shop(&db, 20).await?;
    let (db, log) = db.logged();
    let query = query!(Order.select_related(.user).order_by(.id));
    let all = query.all(&db).await?;
    let sql = log.queries()[0].sql.clone();
    log.clear();
    assert_eq!(rest(&mut query.iterator(&db, 3)).await?, all);
    let logged = log.queries();
    assert_eq!((logged.len(), &logged[0].sql, logged[0].rows), (1, &sql, all.len() as u64));
    Ok(())
}

#[orm::test]
async fn a_query_known_to_be_empty_sends_nothing(db: Db) -> orm::Result<()> {
    seed::shop(&db, 1).await?;
    let (db, log) = db.logged();
    let none: Vec<i64> = Vec::new();
    let never = query!(User.filter(.id.is_in(none)));
    assert!(rest(&mut never.iterator(&db, 10)).await?.is_empty());
    assert!(rest(&mut query!(never.prefetch_related(.orders)).iterator(&db, 10)).await?.is_empty());
    assert!(rest(&mut query!(User[..0]).iterator(&db, 10)).await?.is_empty());
    drop(query!(User).iterator(&db, 10));
    assert_eq!(verbs(&log), [""; 0]);
    assert_eq!(db.status().available, db.status().size);
    Ok(())
}

#[orm::test]
async fn a_chunk_of_no_rows_is_an_error(db: Db) -> orm::Result<()> {
    seed::shop(&db, 1).await?;
    let (db, log) = db.logged();
    let mut users = query!(User).iterator(&db, 0);
    let error = users.try_next().await.unwrap_err();
    assert_eq!(error.to_string(), "a stream has chunks of one row at least: its `chunk_size` is 0");
    assert!(users.try_next().await?.is_none());
    assert_eq!(log.count(), 0);
    Ok(())
}

#[orm::test]
async fn as_a_stream_of_futures(db: Db) -> orm::Result<()> {
    seed::shop(&db, 20).await?;
    let users = query!(User.order_by(.id));
    let ids: Vec<i64> = users.iterator(&db, 4).map_ok(|user| user.id).try_collect().await?;
    assert_eq!(ids, (1..=20).collect::<Vec<_>>());
    let mut stream = query!(users.prefetch_related(.orders)).iterator(&db, 4).fuse();
    let mut count = 0;
    while let Some(user) = stream.next().await {
        assert_eq!(user?.orders().len(), (count + 1) % 3);
        count += 1;
    }
    assert_eq!(count, 20);
    Ok(())
}

#[orm::test]
async fn in_a_task(db: Db) -> orm::Result<()> {
    seed::shop(&db, 20).await?;
    let count = tokio::spawn(async move {
        let users = query!(User.prefetch_related(.orders));
        rest(&mut users.iterator(&db, 4)).await.map(|rows| rows.len())
    });
    assert_eq!(count.await.expect("no panic")?, 20);
    Ok(())
}
