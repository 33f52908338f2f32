//! `db.begin()`.

use orm::prelude::*;

use super::{read, write};
use crate::support::{Place, session};

#[tokio::test]
async fn commit_keeps_and_rollback_undoes() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let tx = place.db.begin().await?;
    write(&tx, "kept").await?;
    assert_eq!(read(&tx).await?, ["kept"]);
    tx.commit().await?;
    assert_eq!(place.notes().await, ["kept"]);
    let tx = place.db.begin().await?;
    write(&tx, "undone").await?;
    tx.rollback().await?;
    assert_eq!(read(&place.db).await?, ["kept"]);
    Ok(())
}

#[tokio::test]
async fn drop_rolls_back_and_gives_the_connection_back() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let pid = session(&place.db).await?.pid;
    let tx = place.db.begin().await?;
    write(&tx, "one").await?;
    assert!(place.outside.locks(pid).await > 0);
    drop(tx);
    place.outside.until_state(pid, "idle").await;
    assert_eq!(place.outside.locks(pid).await, 0, "without anybody asking for the connection");
    assert!(read(&place.db).await?.is_empty());
    assert_eq!(session(&place.db).await?.pid, pid);
    Ok(())
}

#[tokio::test]
async fn savepoints_end_in_any_way_at_each_level() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let mut tx = place.db.begin().await?;
    write(&tx, "a").await?;
    let mut outer = tx.begin().await?;
    write(&outer, "b").await?;
    let inner = outer.begin().await?;
    write(&inner, "c").await?;
    inner.rollback().await?;
    assert_eq!(read(&outer).await?, ["a", "b"]);
    let inner = outer.begin().await?;
    write(&inner, "d").await?;
    drop(inner);
    assert_eq!(read(&outer).await?, ["a", "b"]);
    let inner = outer.begin().await?;
    write(&inner, "e").await?;
    inner.commit().await?;
    outer.commit().await?;
    assert_eq!(read(&tx).await?, ["a", "b", "e"]);
    let outer = tx.begin().await?;
    write(&outer, "f").await?;
    drop(outer);
    tx.commit().await?;
    assert_eq!(place.notes().await, ["a", "b", "e"]);
    Ok(())
}

#[tokio::test]
async fn dropping_the_outer_savepoint_undoes_those_released_into_it() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let mut tx = place.db.begin().await?;
    write(&tx, "a").await?;
    let mut outer = tx.begin().await?;
    let inner = outer.begin().await?;
    write(&inner, "b").await?;
    inner.commit().await?;
    let inner = outer.begin().await?;
    write(&inner, "c").await?;
    drop(inner);
    drop(outer);
    tx.commit().await?;
    assert_eq!(place.notes().await, ["a"], "a commit right after a drop leaves it out too");
    Ok(())
}

#[tokio::test]
async fn a_new_savepoint_right_after_a_dropped_one() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let mut tx = place.db.begin().await?;
    for text in ["a", "b", "c"] {
        let dropped = tx.begin().await?;
        write(&dropped, "dropped").await?;
        drop(dropped);
        let kept = tx.begin().await?;
        write(&kept, text).await?;
        kept.commit().await?;
    }
    tx.commit().await?;
    assert_eq!(place.notes().await, ["a", "b", "c"]);
    Ok(())
}

#[tokio::test]
async fn guard_and_closure_forms_nest_in_each_other() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let mut tx = place.db.begin().await?;
    tx.transaction(async |tx| {
        write(tx, "a").await?;
        let dropped = tx.begin().await?;
        write(&dropped, "b").await?;
        Ok::<_, orm::Error>(())
    })
    .await?;
    assert_eq!(read(&tx).await?, ["a"], "the guard was dropped at the end of the closure");
    tx.commit().await?;
    assert_eq!(place.notes().await, ["a"]);
    Ok(())
}

#[tokio::test]
async fn queries_sent_together_run_in_the_transaction() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let mut tx = place.db.begin().await?;
    write(&tx, "a").await?;
    let dropped = tx.begin().await?;
    write(&dropped, "b").await?;
    drop(dropped);
    let reads = futures_util::future::join_all((0..5).map(|_| read(&tx))).await;
    for texts in reads {
        assert_eq!(texts?, ["a"], "all wait for the rollback of the savepoint");
    }
    tx.commit().await
}

#[tokio::test]
async fn a_script_leaves_no_transaction_behind() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let db = &place.db;
    db.batch_execute("BEGIN; INSERT INTO notes (text) VALUES ('a')").await?;
    assert!(read(db).await?.is_empty());
    let error = db.batch_execute("BEGIN; INSERT INTO notes (text) VALUES ('a'); SELECT 1 / 0; COMMIT").await;
    assert_eq!(error.expect_err("division by zero").code(), Some("22012"));
    assert!(read(db).await?.is_empty());
    db.batch_execute("BEGIN; INSERT INTO notes (text) VALUES ('a'); COMMIT").await?;
    assert_eq!(read(db).await?, ["a"]);
    Ok(())
}

#[tokio::test]
async fn a_script_runs_in_the_transaction() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let mut tx = place.db.begin().await?;
    tx.batch_execute("INSERT INTO notes (text) VALUES ('a'); INSERT INTO notes (text) VALUES ('b')").await?;
    let savepoint = tx.begin().await?;
    savepoint.batch_execute("DELETE FROM notes").await?;
    assert!(read(&savepoint).await?.is_empty());
    drop(savepoint);
    tx.batch_execute("DELETE FROM notes WHERE text = 'b'").await?;
    tx.commit().await?;
    assert_eq!(place.notes().await, ["a"]);
    Ok(())
}

#[tokio::test]
async fn create_tables_is_all_or_nothing() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let error = place.db.create_tables(models![tests::library::Tag, crate::support::Note]).await;
    assert_eq!(error.expect_err("notes exist").code(), Some("42P07"));
    let found = place.outside.number("SELECT count(*) FROM pg_class WHERE relname = 'tags'").await;
    assert_eq!(found, 0);
    Ok(())
}
