//! Which errors are tried again, and by what.

use std::sync::atomic::{AtomicUsize, Ordering};

use orm::IsolationLevel;

use super::super::{read, write};
use super::{Opaque, collide, quick, raise};
use crate::support::Place;

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
