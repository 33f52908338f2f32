//! Transactions that the closure ends or keeps.

use std::fmt;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::super::{read, write};
use super::{Opaque, collide, quick};
use crate::support::{Place, nap, session, within_a_second};

/// The closure may end the transaction itself.
#[tokio::test]
async fn ended_by_the_closure() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    place
        .db
        .retry(|tx| async move {
            write(&tx, "one").await?;
            tx.commit().await
        })
        .await?;
    place
        .db
        .retry(|tx| async move {
            write(&tx, "two").await?;
            tx.rollback().await
        })
        .await?;
    let attempts = &AtomicUsize::new(0);
    let run = place.db.build_transaction().retry_with(quick().max_attempts(3), |tx| async move {
        attempts.fetch_add(1, Ordering::SeqCst);
        collide(&tx).await.expect_err("on purpose");
        tx.rollback().await?;
        Err::<(), _>(Opaque)
    });
    assert_eq!(run.await, Err(Opaque));
    assert_eq!(attempts.load(Ordering::SeqCst), 3);
    assert_eq!(place.notes().await, ["one"]);
    Ok(())
}

#[tokio::test]
async fn a_transaction_that_was_kept_is_of_no_use_afterwards() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let mut kept = place
        .db
        .retry(|tx| async move {
            write(&tx, "one").await?;
            Ok::<_, orm::Error>(tx)
        })
        .await?;
    assert_eq!(place.notes().await, ["one"], "it was committed");
    assert_eq!(place.db.status().available, 1, "and the connection given back");
    fn assert_ended<T: fmt::Debug>(result: orm::Result<T>) {
        let error = result.expect_err("it has ended");
        assert!(error.to_string().contains("the transaction has ended"), "{error}");
    }
    assert_ended(write(&kept, "two").await);
    assert_ended(read(&kept).await);
    assert_ended(kept.batch_execute("DELETE FROM notes").await);
    assert_ended(kept.begin().await.map(drop));
    assert_ended(kept.transaction(async |tx| write(tx, "two").await).await);
    kept.on_commit(|| panic!("never"));
    assert_ended(kept.commit().await);
    assert_eq!(place.notes().await, ["one"]);
    Ok(())
}

#[tokio::test]
async fn one_that_is_kept_by_a_failed_attempt_does_not_disturb_the_next() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let kept = &Mutex::new(Vec::new());
    let run = place.db.build_transaction().retry_with(quick().max_attempts(3), |tx| async move {
        let result = collide(&tx).await;
        kept.lock().expect("no panic").push(tx);
        result
    });
    assert!(run.await.expect_err("on purpose").is_serialization_failure());
    assert_eq!(place.db.status().available, 1);
    let kept = std::mem::take(&mut *kept.lock().expect("no panic"));
    assert_eq!(kept.len(), 3);
    for tx in kept {
        assert!(tx.rollback().await.expect_err("ended").to_string().contains("has ended"));
    }
    Ok(())
}

#[tokio::test]
async fn one_that_a_task_uses_is_rolled_back() -> orm::Result<()> {
    let place = Place::with_pool(2).await?;
    let outside = &place.outside;
    let task = &Mutex::new(None);
    let run = place.db.retry(|tx| async move {
        write(&tx, "one").await?;
        let pid = session(&tx).await?.pid;
        *task.lock().expect("no panic") = Some(tokio::spawn(async move { nap(&tx, 20_000_000).await }));
        outside.until_napping(pid).await;
        Ok::<_, orm::Error>(())
    });
    let error = run.await.expect_err("in use");
    assert!(error.to_string().contains("still in use"), "{error}");
    let task = task.lock().expect("no panic").take().expect("a task");
    task.abort();
    assert!(task.await.expect_err("aborted").is_cancelled());
    assert!(within_a_second(read(&place.db)).await?.is_empty());
    place.outside.until("NOT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep')").await;
    assert_eq!(place.db.transaction(async |tx| read(tx).await).await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn captures_are_borrowed_or_cloned_for_each_attempt() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let db = place.db.clone();
    let (names, owned) = (vec![String::from("a"), String::from("b")], String::from("c"));
    let task = tokio::spawn(async move {
        let names = names.as_slice();
        let policy = quick().max_attempts(3);
        let mut failures = 1;
        db.build_transaction()
            .retry_with(policy, |mut tx| {
                let owned = owned.clone();
                failures -= 1;
                let fails = failures == 0;
                async move {
                    for name in names {
                        write(&tx, name).await?;
                    }
                    let last = &owned;
                    tx.transaction(async |tx| write(tx, last).await).await?;
                    if fails {
                        collide(&tx).await?;
                    }
                    drop(owned);
                    read(&tx).await
                }
            })
            .await
    });
    assert_eq!(task.await.expect("no panic")?, ["a", "b", "c"]);
    assert_eq!(place.notes().await, ["a", "b", "c"]);
    Ok(())
}
