//! Savepoints dropped open, in a transaction that goes on.

use orm::prelude::*;

use super::{LONG, assert_clean, write};
use crate::support::{Note, Place, nap, poll_and_drop, session, within_a_second};

async fn texts(db: &impl Executor) -> orm::Result<Vec<String>> {
    Ok(query!(Note.order_by(.id)).all(db).await?.into_iter().map(|note| note.text).collect())
}

#[tokio::test]
async fn with_a_query_running_it_is_cancelled_and_undone() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let mut tx = place.db.begin().await?;
    let pid = session(&tx).await?.pid;
    write(&tx, "one").await?;
    let work = tx.transaction(async |tx| {
        write(tx, "two").await?;
        nap(tx, LONG).await
    });
    tokio::select! {
        _ = work => panic!("it takes 20 seconds"),
        () = place.outside.until_napping(pid) => {}
    }
    assert_eq!(within_a_second(texts(&tx)).await?, ["one"]);
    write(&tx, "three").await?;
    tx.commit().await?;
    assert_eq!(place.notes().await, ["one", "three"]);
    assert_clean(&place, pid).await
}

#[tokio::test]
async fn with_the_transaction_around_it() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let pid = session(&place.db).await?.pid;
    let work = place.db.transaction(async |tx| {
        write(tx, "one").await?;
        tx.transaction(async |tx| {
            write(tx, "two").await?;
            nap(tx, LONG).await
        })
        .await
    });
    tokio::select! {
        _ = work => panic!("it takes 20 seconds"),
        () = place.outside.until_napping(pid) => {}
    }
    assert_clean(&place, pid).await?;
    assert!(place.notes().await.is_empty());
    Ok(())
}

#[tokio::test]
async fn while_it_is_set() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let mut tx = place.db.begin().await?;
    write(&tx, "one").await?;
    for _ in 0..3 {
        assert!(poll_and_drop(tx.begin(), 1).await.is_none());
    }
    write(&tx, "two").await?;
    tx.commit().await?;
    assert_eq!(place.notes().await, ["one", "two"]);
    Ok(())
}

#[tokio::test]
async fn while_it_is_released() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let mut tx = place.db.begin().await?;
    let savepoint = tx.begin().await?;
    write(&savepoint, "one").await?;
    assert!(poll_and_drop(savepoint.commit(), 1).await.is_none());
    assert_eq!(texts(&tx).await?, ["one"], "what was sent takes place");
    tx.commit().await?;
    assert_eq!(place.notes().await, ["one"]);
    Ok(())
}

#[tokio::test]
async fn while_it_is_rolled_back() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let mut tx = place.db.begin().await?;
    write(&tx, "one").await?;
    let savepoint = tx.begin().await?;
    write(&savepoint, "two").await?;
    assert!(poll_and_drop(savepoint.rollback(), 1).await.is_none());
    assert_eq!(texts(&tx).await?, ["one"]);
    tx.commit().await?;
    assert_eq!(place.notes().await, ["one"]);
    Ok(())
}

#[tokio::test]
async fn while_a_failed_one_is_rolled_back() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let mut tx = place.db.begin().await?;
    write(&tx, "one").await?;
    let savepoint = tx.begin().await?;
    write(&savepoint, "one").await.expect_err("written already");
    assert!(poll_and_drop(savepoint.rollback(), 1).await.is_none());
    assert_eq!(texts(&tx).await?, ["one"]);
    tx.batch_execute("SELECT 1 / 0").await.expect_err("division by zero");
    let error = tx.commit().await.expect_err("aborted").to_string();
    assert!(
        error.contains("zero") && !error.contains("notes_text_key"),
        "not by the earlier failure: {error}"
    );
    Ok(())
}

#[tokio::test]
async fn and_then_the_statement_that_was_to_undo_it() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let mut tx = place.db.begin().await?;
    let pid = session(&tx).await?.pid;
    write(&tx, "one").await?;
    for polls in 1..8 {
        let savepoint = tx.begin().await?;
        write(&savepoint, "two").await?;
        assert!(poll_and_drop(nap(&savepoint, LONG), 1).await.is_none());
        drop(savepoint);
        drop(poll_and_drop(texts(&tx), polls).await);
        // A request to cancel that comes late would hit one of these.
        for _ in 0..20 {
            assert_eq!(within_a_second(texts(&tx)).await?, ["one"]);
        }
    }
    tx.commit().await?;
    assert_eq!(place.notes().await, ["one"]);
    assert_clean(&place, pid).await
}

#[tokio::test]
async fn the_server_keeps_none_of_them() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    for committed in [false, true] {
        let mut tx = place.db.begin().await?;
        for n in 0..3 {
            let savepoint = tx.begin().await?;
            write(&savepoint, &n.to_string()).await?;
            if committed {
                savepoint.commit().await?;
            }
        }
        assert_eq!(texts(&tx).await?.len(), if committed { 3 } else { 0 });
        let error = tx.batch_execute("RELEASE orm_1").await.expect_err("no such savepoint");
        assert_eq!(error.code(), Some("3B001"), "10 kB of memory each: {error}");
    }
    Ok(())
}
