//! Streams dropped before their end leave connection and transaction as they were.

use orm::prelude::*;

use super::{rest, verbs};
use crate::support::{Line, Note, Place, poll_and_drop, session, within_a_second};

/// A line with its notes.
#[derive(Model, Debug)]
#[model(table = "lines", has_many(remarks: Remark.line))]
struct Remarked {
    id: i64,
    text: String,
}

#[derive(Model, Debug)]
#[model(table = "remarks")]
struct Remark {
    id: i64,
    #[model(belongs_to = Remarked)]
    line_id: i64,
}

async fn place() -> orm::Result<Place> {
    let place = Place::with_pool(1).await?;
    place.db.batch_execute("CREATE TABLE remarks (id bigserial, line_id bigint)").await?;
    Ok(place)
}

/// Asserts that the next query on the pool of one is served at once, over the same connection.
async fn assert_clean(place: &Place, pid: i32) -> orm::Result<()> {
    let next = within_a_second(session(&place.db)).await?;
    assert_eq!((next.pid, next.isolation.as_str()), (pid, "read committed"));
    place.outside.until_state(pid, "idle").await;
    assert_eq!(within_a_second(query!(Note).count(&place.db)).await?, 0);
    Ok(())
}

async fn cursors(tx: &Transaction<'_>) -> orm::Result<i64> {
    tx.query_as_one("SELECT count(*) FROM pg_cursors WHERE name <> ''", &[]).await
}

#[tokio::test]
async fn a_stream_of_rows() -> orm::Result<()> {
    let place = place().await?;
    let pid = session(&place.db).await?.pid;
    for rows in [0, 1, 5, 3_000] {
        let mut stream = query!(Line).iterator(&place.db, 100);
        for _ in 0..rows {
            assert!(stream.try_next().await?.is_some());
        }
        drop(stream);
        assert_clean(&place, pid).await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_stream_of_chunks() -> orm::Result<()> {
    let place = place().await?;
    let pid = session(&place.db).await?.pid;
    for rows in [0, 1, 5, 100, 300] {
        let mut stream = query!(Remarked.prefetch_related(.remarks)).iterator(&place.db, 100);
        for _ in 0..rows {
            assert!(stream.try_next().await?.is_some());
        }
        drop(stream);
        assert_clean(&place, pid).await?;
    }
    Ok(())
}

#[tokio::test]
async fn at_any_poll() -> orm::Result<()> {
    let place = place().await?;
    let pid = session(&place.db).await?.pid;
    let (plain, chunks) = (query!(Line), query!(Remarked.prefetch_related(.remarks)));
    for polls in 0..30 {
        poll_and_drop(rest(&mut plain.iterator(&place.db, 1_000)), polls).await;
        assert_clean(&place, pid).await?;
        poll_and_drop(rest(&mut chunks.iterator(&place.db, 1_000)), polls).await;
        assert_clean(&place, pid).await?;

        let tx = place.db.begin().await?;
        tx.execute("INSERT INTO remarks (line_id) VALUES (1)", &[]).await?;
        poll_and_drop(rest(&mut chunks.iterator(&tx, 1_000)), polls).await;
        assert_eq!(cursors(&tx).await?, 0, "after {polls} polls");
        assert_eq!(query!(Remark).count(&tx).await?, 1);
        tx.rollback().await?;
    }
    Ok(())
}

#[tokio::test]
async fn in_a_transaction_that_goes_on() -> orm::Result<()> {
    let place = place().await?;
    let (db, log) = place.db.logged();
    let tx = db.begin().await?;
    let (mut one, mut two) = (query!(Line).iterator(&tx, 10), query!(Line).iterator(&tx, 10));
    one.try_next().await?;
    two.try_next().await?;
    assert_eq!(cursors(&tx).await?, 2);
    drop((one, two));
    log.clear();
    assert_eq!(cursors(&tx).await?, 0);
    assert_eq!(log.queries()[0].sql, "CLOSE orm_cursor_1; CLOSE orm_cursor_2");
    assert!(log.queries()[0].is_transaction_control);
    tx.execute("INSERT INTO notes (text) VALUES ('kept')", &[]).await?;
    query!(Line).iterator(&tx, 10).try_next().await?;
    log.clear();
    tx.commit().await?;
    assert_eq!(verbs(&log), ["CLOSE", "SELECT"]);
    assert_eq!(place.notes().await, ["kept"]);
    Ok(())
}

#[tokio::test]
async fn in_a_savepoint() -> orm::Result<()> {
    let place = place().await?;
    let mut tx = place.db.begin().await?;
    tx.execute("INSERT INTO notes (text) VALUES ('outer')", &[]).await?;

    let inner = tx.begin().await?;
    query!(Line).iterator(&inner, 10).try_next().await?;
    inner.commit().await?;
    assert_eq!(cursors(&tx).await?, 0);

    let inner = tx.begin().await?;
    query!(Line).iterator(&inner, 10).try_next().await?;
    inner.rollback().await?;
    assert_eq!(cursors(&tx).await?, 0);

    let inner = tx.begin().await?;
    query!(Line).iterator(&inner, 10).try_next().await?;
    drop(inner);
    assert_eq!(cursors(&tx).await?, 0, "undone with its savepoint, and not closed once more");

    query!(Line).iterator(&tx, 10).try_next().await?;
    let inner = tx.begin().await?;
    assert!(inner.execute("SELECT 1 / 0", &[]).await.is_err());
    drop(inner);
    assert_eq!(cursors(&tx).await?, 0);
    tx.commit().await?;
    assert_eq!(place.notes().await, ["outer"]);
    Ok(())
}

#[tokio::test]
async fn in_an_aborted_savepoint() -> orm::Result<()> {
    let place = place().await?;
    let mut tx = place.db.begin().await?;
    let inner = tx.begin().await?;
    let mut stream = query!(Line).iterator(&inner, 10);
    stream.try_next().await?;
    assert!(inner.execute("SELECT 1 / 0", &[]).await.is_err());
    drop(stream);
    let error = query!(Note).count(&inner).await.unwrap_err();
    assert!(error.is_transaction_aborted() && error.to_string().contains("division by zero"), "{error}");
    drop(inner);
    assert_eq!(cursors(&tx).await?, 0);
    tx.commit().await
}

#[tokio::test]
async fn with_the_transaction() -> orm::Result<()> {
    let place = place().await?;
    let pid = session(&place.db).await?.pid;
    let ended: orm::Result<()> = place
        .db
        .transaction(async |tx| {
            let mut stream = query!(Line).iterator(tx, 10);
            stream.try_next().await?;
            tx.execute("SELECT 1 / 0", &[]).await?;
            Ok(())
        })
        .await;
    assert!(ended.is_err());
    assert_clean(&place, pid).await
}

#[tokio::test]
async fn the_connection_is_free_before_the_last_rows_are_read() -> orm::Result<()> {
    let place = place().await?;
    let mut stream = query!(Line[..5]).iterator(&place.db, 10);
    stream.try_next().await?;
    // The end of the statement may come after its first rows.
    assert_eq!(rest(&mut stream).await?.len(), 4);
    assert_eq!(within_a_second(query!(Note).count(&place.db)).await?, 0);
    drop(stream);

    let chunks = query!(Remarked.prefetch_related(.remarks)[..5]);
    let mut stream = chunks.iterator(&place.db, 10);
    stream.try_next().await?;
    assert_eq!(within_a_second(query!(Note).count(&place.db)).await?, 0);
    assert_eq!(rest(&mut stream).await?.len(), 4);
    Ok(())
}

#[tokio::test]
async fn not_the_stream_but_the_wait_for_its_next_row() -> orm::Result<()> {
    let place = place().await?;
    let tx = place.db.begin().await?;
    let chunks = query!(Remarked.prefetch_related(.remarks)[..25]);
    let mut stream = chunks.iterator(&tx, 10);
    let mut ids = Vec::new();
    while ids.len() < 25 {
        match poll_and_drop(stream.try_next(), 1).await {
            Some(row) => ids.push(row?.expect("more rows").id),
            None => tokio::task::yield_now().await,
        }
    }
    assert!(stream.try_next().await?.is_none());
    assert_eq!(ids, (1..=25).collect::<Vec<_>>(), "no row is lost");
    Ok(())
}

/// A row whose reading takes its key in microseconds.
#[derive(Model, Debug)]
#[model(table = "naps")]
struct Nap {
    id: i64,
    slept: String,
}

#[tokio::test]
async fn a_chunk_that_takes_long_does_not_hold_up_a_rollback() -> orm::Result<()> {
    let place = place().await?;
    let mut tx = place.db.begin().await?;
    let pid = session(&tx).await?.pid;
    let inner = tx.begin().await?;
    let mut naps = query!(Nap.filter(.id == 20_000_000)).iterator(&inner, 10);
    tokio::select! {
        _ = naps.try_next() => panic!("it takes 20 seconds"),
        () = place.outside.until_napping(pid) => {}
    }
    drop(naps);
    within_a_second(inner.rollback()).await?;
    assert_eq!(cursors(&tx).await?, 0);
    within_a_second(tx.commit()).await?;
    assert_clean(&place, pid).await
}
