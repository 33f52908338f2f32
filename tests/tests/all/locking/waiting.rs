//! What others do meanwhile.

use std::pin::pin;

use orm::prelude::*;
use tests::shop::{Order, Profile, User};

use super::{assert_waits, is_free, shop};
use crate::support::within_a_second;

async fn lock(tx: &Transaction<'_>, id: i64) -> orm::Result<User> {
    query!(User.filter(.id == id).select_for_update()).get(tx).await
}

#[tokio::test]
async fn others_wait_for_the_end_of_the_transaction() -> orm::Result<()> {
    let place = shop().await?;
    let (one, two) = (place.db.begin().await?, place.db.begin().await?);
    lock(&one, 1).await?;
    let mut waiting = pin!(lock(&two, 1));
    assert_waits(&mut waiting).await;
    assert!(is_free(&place.db, 2).await?, "only the rows of the query are locked");
    one.batch_execute("UPDATE users SET email = 'new' WHERE id = 1").await?;
    one.commit().await?;
    assert_eq!(within_a_second(waiting).await?.email, "new", "and see what it did");
    Ok(())
}

#[tokio::test]
async fn a_savepoint_undone_gives_its_locks_back() -> orm::Result<()> {
    let place = shop().await?;
    let mut tx = place.db.begin().await?;
    let savepoint = tx.begin().await?;
    lock(&savepoint, 1).await?;
    assert!(!is_free(&place.db, 1).await?);
    savepoint.rollback().await?;
    assert!(is_free(&place.db, 1).await?);
    let savepoint = tx.begin().await?;
    lock(&savepoint, 1).await?;
    savepoint.commit().await?;
    assert!(!is_free(&place.db, 1).await?);
    tx.rollback().await?;
    assert!(is_free(&place.db, 1).await?);
    Ok(())
}

#[tokio::test]
async fn nowait_fails_at_once_and_says_why() -> orm::Result<()> {
    let place = shop().await?;
    let (one, two) = (place.db.begin().await?, place.db.begin().await?);
    lock(&one, 1).await?;
    let query = query!(User.filter(.id <= 2).select_for_update().nowait());
    let error = within_a_second(query.all(&two)).await.expect_err("locked");
    assert!(error.is_lock_not_available() && !error.is_cancelled() && !error.is_deadlock(), "{error}");
    assert_eq!(error.code(), Some("55P03"));
    Ok(())
}

#[tokio::test]
async fn lock_timeout_is_the_same_error() -> orm::Result<()> {
    let place = shop().await?;
    let (one, two) = (place.db.begin().await?, place.db.begin().await?);
    lock(&one, 1).await?;
    two.batch_execute("SET LOCAL lock_timeout = '20ms'").await?;
    assert!(within_a_second(lock(&two, 1)).await.expect_err("locked").is_lock_not_available());
    Ok(())
}

#[tokio::test]
async fn skip_locked_leaves_locked_rows_out_of_every_terminal() -> orm::Result<()> {
    let place = shop().await?;
    let (one, two) = (place.db.begin().await?, place.db.begin().await?);
    lock(&one, 1).await?;
    let free = query!(User.order_by(.id).select_for_update().skip_locked());
    let ids: Vec<i64> = free.all(&two).await?.into_iter().map(|user| user.id).collect();
    assert_eq!(ids, [2, 3, 4]);
    assert_eq!(free.first(&two).await?.map(|user| user.id), Some(2));
    assert_eq!(free.last(&two).await?.map(|user| user.id), Some(4));
    assert!(query!(free.filter(.id == 1)).get(&two).await.expect_err("skipped").is_not_found());
    assert_eq!(free.in_bulk(&two, [1, 2]).await?.len(), 1);
    assert_eq!(free.lazy(&two).len().await?, 3);
    Ok(())
}

#[tokio::test]
async fn get_and_first_lock_the_row_that_they_return() -> orm::Result<()> {
    let place = shop().await?;
    let tx = place.db.begin().await?;
    let first = query!(User.order_by(.id).select_for_update()).first(&tx).await?.expect("a user");
    assert_eq!(first.id, 1);
    assert!(!is_free(&place.db, 1).await? && is_free(&place.db, 2).await?);
    Ok(())
}

#[tokio::test]
async fn a_shared_lock_is_shared_and_keeps_writers_away() -> orm::Result<()> {
    let place = shop().await?;
    let shared = query!(User.filter(.id == 1).select_for_share());
    let (one, two) = (place.db.begin().await?, place.db.begin().await?);
    within_a_second(shared.get(&one)).await?;
    within_a_second(shared.get(&two)).await?;
    assert!(!is_free(&place.db, 1).await?);
    one.commit().await?;
    assert!(!is_free(&place.db, 1).await?);
    two.commit().await?;
    assert!(is_free(&place.db, 1).await?);
    Ok(())
}

/// A foreign key takes `FOR KEY SHARE` on the row it refers to.
#[tokio::test]
async fn no_key_lets_new_foreign_keys_pass() -> orm::Result<()> {
    let place = shop().await?;
    let order = || query!(Order.create(user_id = 1, total = 1.0));
    let tx = place.db.begin().await?;
    query!(User.filter(.id == 1).select_for_update().no_key()).get(&tx).await?;
    within_a_second(order().execute(&place.db)).await?;
    assert!(!is_free(&place.db, 1).await?);
    tx.rollback().await?;
    let tx = place.db.begin().await?;
    query!(User.filter(.id == 1).select_for_update()).get(&tx).await?;
    let new = order();
    let mut waiting = pin!(new.execute(&place.db));
    assert_waits(&mut waiting).await;
    tx.commit().await?;
    within_a_second(waiting).await?;
    Ok(())
}

#[tokio::test]
async fn key_share_only_keeps_the_key() -> orm::Result<()> {
    let place = shop().await?;
    let tx = place.db.begin().await?;
    query!(User.filter(.id == 4).select_for_key_share()).get(&tx).await?;
    let update = place.db.batch_execute("UPDATE users SET active = false WHERE id = 4");
    within_a_second(update).await?;
    let weaker = place.db.begin().await?;
    within_a_second(query!(User.filter(.id == 4).select_for_update().no_key().nowait()).get(&weaker)).await?;
    weaker.rollback().await?;
    assert!(!is_free(&place.db, 4).await?);
    Ok(())
}

#[tokio::test]
async fn an_empty_query_sends_nothing() -> orm::Result<()> {
    let place = shop().await?;
    let (db, log) = place.db.logged();
    let tx = db.begin().await?;
    let none = query!(Profile.filter(.user_id.is_in(Vec::<i64>::new())).select_for_update());
    assert!(none.all(&tx).await?.is_empty());
    assert_eq!(log.count(), 0, "{log}");
    Ok(())
}
