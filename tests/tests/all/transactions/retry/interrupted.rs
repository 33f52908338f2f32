//! Connections lost, futures dropped, closures that panic.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use orm::Retry;
use orm::prelude::*;

use super::super::{read, write};
use super::collide;
use crate::support::{Place, Proxy, nap, session, within_a_second};

/// The answer to the commit is lost on its way: the server commits after the client has gone.
#[tokio::test]
async fn a_commit_that_may_have_taken_place_is_not_repeated() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    place
        .db
        .batch_execute(
            "CREATE FUNCTION nap() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN PERFORM pg_sleep(0.3); RETURN NULL; END $$;
             CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON notes DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION nap()",
        )
        .await?;
    let proxy = Proxy::to(place.url()).await;
    let db = Db::connect(proxy.url()).await?;
    let (attempts, pid) = (&AtomicUsize::new(0), &Mutex::new(0));
    let run = db.retry(|tx| async move {
        attempts.fetch_add(1, Ordering::SeqCst);
        let session = session(&tx).await?.pid;
        *pid.lock().expect("no panic") = session;
        tx.on_commit(|| panic!("nobody knows"));
        write(&tx, "one").await
    });
    let cut = async {
        place.outside.until("EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep')").await;
        proxy.close().await;
    };
    let (result, ()) = tokio::join!(run, cut);
    let error = result.expect_err("the connection was lost");
    assert!(error.is_commit_unknown(), "{error}");
    assert_eq!(attempts.load(Ordering::SeqCst), 1);
    let pid = *pid.lock().expect("no panic");
    place.outside.until(&format!("NOT EXISTS (SELECT FROM pg_stat_activity WHERE pid = {pid})")).await;
    assert_eq!(place.notes().await, ["one"], "it did take place");
    Ok(())
}

#[tokio::test]
async fn a_lost_connection_is_not_retried() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let (attempts, outside) = (&AtomicUsize::new(0), &place.outside);
    let run = place.db.retry(|tx| async move {
        attempts.fetch_add(1, Ordering::SeqCst);
        outside.kill(session(&tx).await?.pid).await;
        write(&tx, "one").await
    });
    assert!(run.await.expect_err("killed").is_connection());
    assert_eq!(attempts.load(Ordering::SeqCst), 1);
    Ok(())
}

#[tokio::test]
async fn dropped_it_is_rolled_back_and_not_run_again() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let (attempts, pid) = (&AtomicUsize::new(0), session(&place.db).await?.pid);
    let run = place.db.retry(|tx| async move {
        attempts.fetch_add(1, Ordering::SeqCst);
        write(&tx, "one").await?;
        nap(&tx, 20_000_000).await
    });
    tokio::select! {
        _ = run => panic!("it takes 20 seconds"),
        () = place.outside.until_napping(pid) => {}
    }
    within_a_second(place.outside.until_state(pid, "idle")).await;
    assert_eq!(place.outside.locks(pid).await, 0);
    assert!(within_a_second(read(&place.db)).await?.is_empty());
    assert_eq!(attempts.load(Ordering::SeqCst), 1);
    Ok(())
}

#[tokio::test]
async fn no_connection_is_held_during_a_pause() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let policy = Retry::new().base_delay(Duration::from_millis(800)).max_attempts(2);
    let run = place.db.build_transaction().retry_with(policy, |tx| async move { collide(&tx).await });
    let meanwhile = async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        tokio::time::timeout(Duration::from_millis(200), write(&place.db, "one")).await.expect("a connection")
    };
    let (run, written) = tokio::join!(run, meanwhile);
    written?;
    run.expect_err("on purpose");
    Ok(())
}

#[tokio::test]
async fn a_panic_rolls_back() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let db = place.db.clone();
    let task = tokio::spawn(async move {
        db.retry(|tx| async move {
            write(&tx, "one").await?;
            if read(&tx).await?.len() == 1 {
                panic!("on purpose");
            }
            Ok::<_, orm::Error>(())
        })
        .await
    });
    assert!(task.await.expect_err("a panic").is_panic());
    assert!(read(&place.db).await?.is_empty());
    Ok(())
}
