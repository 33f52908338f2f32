//! Transactions that collide, and what is tried how often.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use orm::prelude::*;
use orm::{IsolationLevel, Retry};
use tokio::sync::Barrier;

use super::super::{read, write};
use super::{collide, quick};
use crate::support::{Note, Place, nap};

/// Each of several tasks adds one to a number, which it reads before: every update that was overtaken fails.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn serializable_counters_lose_nothing() -> orm::Result<()> {
    const TASKS: usize = 8;
    let place = Place::with_pool(TASKS).await?;
    write(&place.db, "0").await?;
    let attempts = Arc::new(AtomicUsize::new(0));
    let start = Arc::new(Barrier::new(TASKS));
    let tasks = (0..TASKS).map(|_| {
        let (db, attempts, start) = (place.db.clone(), Arc::clone(&attempts), Arc::clone(&start));
        tokio::spawn(async move {
            start.wait().await;
            let kind = db.build_transaction().isolation_level(IsolationLevel::Serializable);
            // Borrowed, in a future that is sent to another thread.
            let attempts = &attempts;
            kind.retry_with(quick().max_attempts(100), |tx| async move {
                attempts.fetch_add(1, Ordering::SeqCst);
                let number: i64 = query!(Note).get(&tx).await?.text.parse().expect("a number");
                nap(&tx, 1000).await?;
                tx.batch_execute(&format!("UPDATE notes SET text = '{}'", number + 1)).await
            })
            .await
        })
    });
    for task in tasks.collect::<Vec<_>>() {
        task.await.expect("no panic")?;
    }
    assert_eq!(place.notes().await, [TASKS.to_string()]);
    assert!(attempts.load(Ordering::SeqCst) > TASKS, "some of them collided");
    Ok(())
}

/// Write skew, which PostgreSQL finds at the commit: two that read all and write one each.
#[tokio::test]
async fn a_failure_of_the_commit_is_retried() -> orm::Result<()> {
    let place = Place::with_pool(2).await?;
    let attempts = AtomicUsize::new(0);
    let kind = || place.db.build_transaction().isolation_level(IsolationLevel::Serializable);
    let (place, attempts) = (&place, &attempts);
    let seen = kind()
        .retry_with(quick(), |tx| async move {
            let seen = read(&tx).await?;
            write(&tx, "mine").await?;
            if attempts.fetch_add(1, Ordering::SeqCst) == 0 {
                kind()
                    .run(async |other| {
                        read(other).await?;
                        write(other, "theirs").await
                    })
                    .await?;
            }
            Ok::<_, orm::Error>(seen)
        })
        .await?;
    assert_eq!(seen, ["theirs"], "the second attempt saw what made the first fail");
    assert_eq!(attempts.load(Ordering::SeqCst), 2);
    assert_eq!(read(&place.db).await?, ["mine", "theirs"]);
    Ok(())
}

#[tokio::test]
async fn deadlocks_are_resolved() -> orm::Result<()> {
    let place = Place::with_pool(2).await?;
    for text in ["a", "b"] {
        write(&place.db, text).await?;
    }
    let (attempts, met) = (&AtomicUsize::new(0), &Barrier::new(2));
    let crossing = |first: &'static str, second: &'static str| {
        let mut met = Some(met);
        place.db.retry(move |tx| {
            let met = met.take();
            async move {
                attempts.fetch_add(1, Ordering::SeqCst);
                tx.batch_execute("SET LOCAL deadlock_timeout = '10ms'").await?;
                query!(Note.filter(.text == first).select_for_update()).get(&tx).await?;
                if let Some(met) = met {
                    met.wait().await;
                }
                query!(Note.filter(.text == second).select_for_update()).get(&tx).await
            }
        })
    };
    let (one, two) = tokio::join!(crossing("a", "b"), crossing("b", "a"));
    assert_eq!((one?.text.as_str(), two?.text.as_str()), ("b", "a"));
    assert_eq!(attempts.load(Ordering::SeqCst), 3);
    Ok(())
}

#[tokio::test]
async fn the_last_error_is_returned_when_all_attempts_have_failed() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let attempts = AtomicUsize::new(0);
    let counted = &attempts;
    let error = place
        .db
        .build_transaction()
        .retry_with(quick().max_attempts(3), |tx| async move {
            let attempt = counted.fetch_add(1, Ordering::SeqCst) + 1;
            write(&tx, "one").await?;
            tx.batch_execute(&format!(
                "DO $$ BEGIN RAISE 'attempt {attempt}' USING ERRCODE = '40001'; END $$"
            ))
            .await
        })
        .await
        .expect_err("it always fails");
    assert!(error.is_serialization_failure() && error.to_string().contains("attempt 3"), "{error}");
    assert_eq!(attempts.load(Ordering::SeqCst), 3);
    assert!(place.notes().await.is_empty());
    assert_eq!(place.db.status().available, 1);
    Ok(())
}

#[tokio::test]
async fn no_time_is_no_second_attempt() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let attempts = &AtomicUsize::new(0);
    let policy = Retry::new().max_total_delay(Duration::ZERO);
    let run = place.db.build_transaction().retry_with(policy, |tx| async move {
        attempts.fetch_add(1, Ordering::SeqCst);
        collide(&tx).await
    });
    assert!(run.await.expect_err("on purpose").is_serialization_failure());
    assert_eq!(attempts.load(Ordering::SeqCst), 1);
    Ok(())
}
