//! `db.retry(|tx| async move { .. })`.

use std::{
    fmt,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use orm::prelude::*;
use orm::{IsolationLevel, Retry};
use tokio::sync::Barrier;

use super::{read, write};
use crate::support::{Note, Place, Proxy, nap, session, within_a_second};

/// Pauses that tests do not feel.
fn quick() -> Retry {
    Retry::new().base_delay(Duration::from_millis(1))
}

/// An error of an application, which does not keep what caused it.
#[derive(Debug, PartialEq)]
struct Opaque;

impl From<orm::Error> for Opaque {
    fn from(_: orm::Error) -> Self {
        Self
    }
}

/// Fails as if the transaction had collided with another.
async fn collide(tx: &Transaction<'_>) -> orm::Result<()> {
    raise(tx, "40001").await
}

async fn raise(tx: &Transaction<'_>, code: &str) -> orm::Result<()> {
    tx.batch_execute(&format!("DO $$ BEGIN RAISE 'on purpose' USING ERRCODE = '{code}'; END $$")).await
}

#[tokio::test]
async fn what_succeeds_runs_once() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let (db, log) = place.db.logged();
    let note = db
        .retry(|tx| async move {
            let note = write(&tx, "one").await?;
            assert_eq!(read(&tx).await?, ["one"]);
            Ok::<_, orm::Error>(note)
        })
        .await?;
    assert_eq!((note.text.as_str(), place.notes().await), ("one", vec!["one".into()]));
    let control = log.queries().into_iter().filter(|query| query.is_transaction_control);
    assert_eq!(control.map(|query| query.sql).collect::<Vec<_>>(), ["BEGIN", "SELECT 1; COMMIT"]);
    Ok(())
}

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

/// How often a transaction is attempted whose statement fails with a code.
async fn attempts_after(place: &Place, code: &'static str) -> usize {
    let attempts = &AtomicUsize::new(0);
    let run = place.db.build_transaction().retry_with(quick().max_attempts(3), |tx| async move {
        attempts.fetch_add(1, Ordering::SeqCst);
        raise(&tx, code).await
    });
    assert_eq!(run.await.expect_err("on purpose").code(), Some(code));
    attempts.load(Ordering::SeqCst)
}

#[tokio::test]
async fn only_collisions_are_retried() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    for code in ["40001", "40P01"] {
        assert_eq!(attempts_after(&place, code).await, 3, "{code}");
    }
    // Other codes of their class, a unique violation, a lock that is not free, a cancelled statement.
    for code in ["40002", "40003", "23505", "55P03", "57014", "XX000"] {
        assert_eq!(attempts_after(&place, code).await, 1, "{code}");
    }
    let attempts = &AtomicUsize::new(0);
    write(&place.db, "one").await?;
    let run = place.db.retry(|tx| async move {
        attempts.fetch_add(1, Ordering::SeqCst);
        write(&tx, "one").await
    });
    assert!(run.await.expect_err("written already").is_unique_violation());
    let run = place.db.retry(|_| async move {
        attempts.fetch_add(1, Ordering::SeqCst);
        Err::<(), _>(Opaque)
    });
    assert_eq!(run.await, Err(Opaque));
    assert_eq!(attempts.load(Ordering::SeqCst), 2);
    Ok(())
}

#[tokio::test]
async fn what_the_closure_makes_of_the_error_does_not_matter() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let attempts = &AtomicUsize::new(0);
    let mapped = place.db.build_transaction().retry_with(quick().max_attempts(3), |tx| async move {
        attempts.fetch_add(1, Ordering::SeqCst);
        Ok::<_, Opaque>(collide(&tx).await?)
    });
    assert_eq!(mapped.await, Err(Opaque));
    assert_eq!(attempts.swap(0, Ordering::SeqCst), 3);
    let swallowed = place.db.build_transaction().retry_with(quick().max_attempts(3), |tx| async move {
        attempts.fetch_add(1, Ordering::SeqCst);
        collide(&tx).await.expect_err("on purpose");
        Ok::<_, orm::Error>(())
    });
    assert!(swallowed.await.expect_err("aborted").is_transaction_aborted());
    assert_eq!(attempts.swap(0, Ordering::SeqCst), 3);
    let later = place.db.build_transaction().retry_with(quick().max_attempts(3), |tx| async move {
        attempts.fetch_add(1, Ordering::SeqCst);
        collide(&tx).await.expect_err("on purpose");
        read(&tx).await
    });
    assert!(later.await.expect_err("aborted").is_transaction_aborted());
    assert_eq!(attempts.load(Ordering::SeqCst), 3);
    Ok(())
}

#[tokio::test]
async fn a_collision_in_a_savepoint_counts_until_it_was_overcome() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let attempts = &AtomicUsize::new(0);
    let passed_on = place.db.build_transaction().retry_with(quick().max_attempts(3), |mut tx| async move {
        attempts.fetch_add(1, Ordering::SeqCst);
        write(&tx, "one").await?;
        tx.transaction(async |tx| collide(tx).await).await
    });
    assert!(passed_on.await.expect_err("on purpose").is_serialization_failure());
    assert_eq!(attempts.swap(0, Ordering::SeqCst), 3);
    let overcome = place.db.build_transaction().retry_with(quick().max_attempts(3), |mut tx| async move {
        attempts.fetch_add(1, Ordering::SeqCst);
        tx.transaction(async |tx| collide(tx).await).await.expect_err("on purpose");
        write(&tx, "two").await?;
        Err::<(), _>(Opaque)
    });
    assert_eq!(overcome.await, Err(Opaque));
    assert_eq!(attempts.swap(0, Ordering::SeqCst), 1);
    let committed = place.db.retry(|mut tx| async move {
        attempts.fetch_add(1, Ordering::SeqCst);
        tx.transaction(async |tx| collide(tx).await).await.expect_err("on purpose");
        write(&tx, "three").await
    });
    committed.await?;
    assert_eq!(attempts.load(Ordering::SeqCst), 1);
    assert_eq!(place.notes().await, ["three"]);
    Ok(())
}

#[tokio::test]
async fn every_attempt_is_of_the_kind_asked_for() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let (db, log) = place.db.logged();
    let kind = db.build_transaction().isolation_level(IsolationLevel::RepeatableRead).read_only(true);
    let run = kind.retry_with(quick().max_attempts(2), |tx| async move { collide(&tx).await });
    run.await.expect_err("on purpose");
    let control = log.queries().into_iter().filter(|query| query.is_transaction_control);
    let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
    assert_eq!(control.map(|query| query.sql).collect::<Vec<_>>(), [begin, "ROLLBACK", begin, "ROLLBACK"]);
    Ok(())
}

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
        place.outside.until("EXISTS (SELECT FROM pg_stat_activity WHERE wait_event = 'PgSleep')").await;
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
    place.outside.until("NOT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event = 'PgSleep')").await;
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
