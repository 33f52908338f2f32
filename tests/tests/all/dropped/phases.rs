//! One phase each.

use std::time::Duration;

use orm::IsolationLevel;
use orm::prelude::*;
use tokio::time::timeout;

use super::{LONG, assert_clean, write};
use crate::support::{Note, Place, lines, nap, poll_and_drop, session, within_a_second};

const SHORT: Duration = Duration::from_millis(20);

#[tokio::test]
async fn while_waiting_for_a_connection() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let tx = place.db.begin().await?;
    let pid = session(&tx).await?.pid;
    assert!(timeout(SHORT, query!(Note).count(&place.db)).await.is_err());
    assert!(poll_and_drop(place.db.begin(), 1).await.is_none());
    assert_eq!(place.db.status().waiting, 0);
    write(&tx, "one").await?;
    tx.commit().await?;
    assert_clean(&place, pid).await
}

#[tokio::test]
async fn while_connecting() -> orm::Result<()> {
    let place = Place::with_pool(2).await?;
    let held = place.db.begin().await?;
    assert!(poll_and_drop(nap(&place.db, LONG), 1).await.is_none());
    let (one, two) = (within_a_second(place.db.begin()).await?, session(&held).await?.pid);
    assert_ne!(session(&one).await?.pid, two);
    assert_eq!(place.db.status().size, 2);
    Ok(())
}

#[tokio::test]
async fn before_the_first_row() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let pid = session(&place.db).await?.pid;
    // New, prepared, and found prepared.
    for _ in 0..4 {
        tokio::select! {
            _ = nap(&place.db, LONG) => panic!("it takes 20 seconds"),
            () = place.outside.until_napping(pid) => {}
        }
        assert_clean(&place, pid).await?;
    }
    Ok(())
}

#[tokio::test]
async fn nobody_has_to_ask_for_the_connection_to_stop_the_query() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let pid = session(&place.db).await?.pid;
    assert!(timeout(SHORT, nap(&place.db, LONG)).await.is_err());
    within_a_second(place.outside.until_state(pid, "idle")).await;
    Ok(())
}

#[tokio::test]
async fn in_the_midst_of_many_rows() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let pid = session(&place.db).await?.pid;
    assert_eq!(lines(&place.db, 3).await?.len(), 3);
    for _ in 0..4 {
        let before = place.outside.number("SELECT 0").await;
        assert!(poll_and_drop(lines(&place.db, 300_000), 20).await.is_none(), "{before}");
        assert_clean(&place, pid).await?;
        let some = lines(&place.db, 5).await?;
        assert_eq!(
            some.iter().map(|line| line.id).collect::<Vec<_>>(),
            [1, 2, 3, 4, 5],
            "no rows of the other"
        );
    }
    Ok(())
}

#[tokio::test]
async fn in_the_midst_of_rows_that_fill_the_socket() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let pid = session(&place.db).await?.pid;
    let mut rows = Box::pin(lines(&place.db, 300_000));
    assert!(poll_and_drop(rows.as_mut(), 5).await.is_none());
    let writing = format!("wait_event = 'ClientWrite' FROM pg_stat_activity WHERE pid = {pid}");
    place.outside.until(&writing).await;
    drop(rows);
    assert_clean(&place, pid).await
}

#[tokio::test]
async fn in_a_script() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let pid = session(&place.db).await?.pid;
    let script = "BEGIN; INSERT INTO notes (text) VALUES ('a'); SELECT pg_sleep(20); COMMIT";
    tokio::select! {
        _ = place.db.batch_execute(script) => panic!("it takes 20 seconds"),
        () = place.outside.until_napping(pid) => {}
    }
    assert_clean(&place, pid).await?;
    assert!(place.notes().await.is_empty());
    Ok(())
}

#[tokio::test]
async fn in_begin() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let pid = session(&place.db).await?.pid;
    assert!(poll_and_drop(place.db.begin(), 1).await.is_none());
    assert_clean(&place, pid).await?;
    let kind = place.db.build_transaction().isolation_level(IsolationLevel::Serializable).read_only(true);
    assert!(poll_and_drop(kind.begin(), 1).await.is_none());
    assert_clean(&place, pid).await
}

#[tokio::test]
async fn in_a_statement_of_a_transaction() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let pid = session(&place.db).await?.pid;
    let work = place.db.transaction(async |tx| {
        write(tx, "one").await?;
        nap(tx, LONG).await
    });
    tokio::select! {
        _ = work => panic!("it takes 20 seconds"),
        () = place.outside.until_napping(pid) => assert!(place.outside.locks(pid).await > 0),
    }
    assert_clean(&place, pid).await?;
    assert!(place.notes().await.is_empty());
    write(&place.db, "one").await?;
    Ok(())
}

#[tokio::test]
async fn in_a_statement_of_a_transaction_that_goes_on() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let tx = place.db.begin().await?;
    let pid = session(&tx).await?.pid;
    write(&tx, "one").await?;
    assert!(poll_and_drop(nap(&tx, 10_000), 1).await.is_none());
    assert!(poll_and_drop(lines(&tx, 3_000), 3).await.is_none());
    assert_eq!(lines(&tx, 2).await?.len(), 2);
    write(&tx, "two").await?;
    within_a_second(tx.commit()).await?;
    assert_eq!(place.notes().await, ["one", "two"]);
    assert_clean(&place, pid).await
}

#[tokio::test]
async fn in_commit() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let tx = place.db.begin().await?;
    let pid = session(&tx).await?.pid;
    write(&tx, "one").await?;
    assert!(poll_and_drop(tx.commit(), 1).await.is_none());
    assert_clean(&place, pid).await?;
    assert_eq!(place.notes().await, ["one"], "what was sent takes place");
    Ok(())
}

#[tokio::test]
async fn in_rollback() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let tx = place.db.begin().await?;
    let pid = session(&tx).await?.pid;
    write(&tx, "one").await?;
    assert!(poll_and_drop(tx.rollback(), 1).await.is_none());
    assert_clean(&place, pid).await?;
    assert!(place.notes().await.is_empty());
    Ok(())
}

#[tokio::test]
async fn a_write_sent_before_the_drop_takes_place_whole_or_not_at_all() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let pid = session(&place.db).await?.pid;
    for n in 0..20 {
        assert!(poll_and_drop(write(&place.db, &n.to_string()), 1).await.is_none());
        assert_clean(&place, pid).await?;
    }
    assert!(
        query!(Note).all(&place.db).await?.iter().all(|note| note.text.parse::<u8>().is_ok_and(|n| n < 20))
    );
    Ok(())
}

#[tokio::test]
async fn in_prepare() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let pid = session(&place.db).await?.pid;
    for n in 0..50 {
        let query = query!(Note[..=n]);
        query.all(&place.db).await?;
        assert!(poll_and_drop(query.all(&place.db), 1).await.is_none());
        assert_clean(&place, pid).await?;
    }
    let prepared = session(&place.db).await?.prepared;
    assert_eq!(prepared, 0, "what nobody can use is closed");
    Ok(())
}
