//! After a statement has failed.

use orm::prelude::*;

use super::{read, write};
use crate::support::Place;

#[tokio::test]
async fn a_swallowed_error_fails_the_commit_and_is_named() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    write(&place.db, "one").await?;
    let error = place
        .db
        .transaction(async |tx| {
            write(tx, "two").await?;
            assert!(write(tx, "one").await.expect_err("written already").is_unique_violation());
            Ok::<_, orm::Error>(())
        })
        .await
        .expect_err("nothing was committed");
    assert!(error.is_transaction_aborted() && !error.is_commit_unknown(), "{error}");
    let text = error.to_string();
    assert!(text.contains("notes_text_key") && text.contains("INSERT INTO \"notes\""), "{text}");
    assert_eq!(place.notes().await, ["one"]);
    write(&place.db, "three").await?;
    assert_eq!(place.db.status().available, 1);
    Ok(())
}

#[tokio::test]
async fn so_it_does_in_the_guard_form() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let tx = place.db.begin().await?;
    write(&tx, "one").await?;
    write(&tx, "one").await.expect_err("written already");
    assert!(tx.commit().await.expect_err("aborted").is_transaction_aborted());
    assert!(read(&place.db).await?.is_empty());
    let tx = place.db.begin().await?;
    write(&tx, "one").await?;
    write(&tx, "one").await.expect_err("written already");
    tx.rollback().await?;
    assert!(read(&place.db).await?.is_empty());
    Ok(())
}

#[tokio::test]
async fn later_statements_name_the_first_failure() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let mut tx = place.db.begin().await?;
    write(&tx, "one").await?;
    write(&tx, "one").await.expect_err("written already");
    tx.batch_execute("SELECT 1 / 0").await.expect_err("aborted");
    for error in [read(&tx).await.expect_err("aborted"), tx.begin().await.expect_err("aborted")] {
        assert!(error.is_transaction_aborted());
        let text = error.to_string();
        assert!(text.contains("notes_text_key") && !text.contains("zero"), "{text}");
    }
    tx.rollback().await?;
    let tx = place.db.begin().await?;
    tx.batch_execute("SELECT 1 / 0").await.expect_err("division by zero");
    let text = tx.commit().await.expect_err("aborted").to_string();
    assert!(text.contains("zero") && !text.contains("notes_text_key"), "of this transaction: {text}");
    Ok(())
}

#[tokio::test]
async fn in_a_savepoint_only_the_savepoint_is_lost() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    place
        .db
        .transaction(async |tx| {
            write(tx, "one").await?;
            let error = tx.transaction(async |tx| write(tx, "one").await).await.expect_err("written already");
            assert!(error.is_unique_violation());
            assert_eq!((error.code(), error.table()), (Some("23505"), Some("notes")));
            assert_eq!(error.constraint(), Some("notes_text_key"));
            assert_eq!(error.detail(), Some("Key (text)=(one) already exists."));
            write(tx, "two").await
        })
        .await?;
    assert_eq!(place.notes().await, ["one", "two"]);
    Ok(())
}

#[tokio::test]
async fn swallowed_in_a_savepoint_it_fails_the_savepoint() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    place
        .db
        .transaction(async |tx| {
            write(tx, "one").await?;
            let swallowed = tx.transaction(async |tx| {
                write(tx, "two").await?;
                write(tx, "one").await.expect_err("written already");
                Ok::<_, orm::Error>(())
            });
            let error = swallowed.await.expect_err("aborted");
            assert!(
                error.is_transaction_aborted() && error.to_string().contains("notes_text_key"),
                "{error}"
            );
            write(tx, "three").await
        })
        .await?;
    assert_eq!(place.notes().await, ["one", "three"]);
    Ok(())
}

#[tokio::test]
async fn a_savepoint_dropped_after_a_failure_is_undone() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let mut tx = place.db.begin().await?;
    write(&tx, "one").await?;
    let savepoint = tx.begin().await?;
    write(&savepoint, "one").await.expect_err("written already");
    drop(savepoint);
    write(&tx, "two").await?;
    tx.commit().await?;
    assert_eq!(place.notes().await, ["one", "two"]);
    Ok(())
}

#[tokio::test]
async fn siblings_of_a_failed_prefetch_report_the_failure_itself() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    crate::loading::seed::shop(&place.db, 4).await?;
    place.db.batch_execute("ALTER TABLE products DROP COLUMN price").await?;
    let query = query!(tests::shop::Category.prefetch_related(.children, .products));
    let tx = place.db.begin().await?;
    let error = query.all(&tx).await.expect_err("no such column");
    assert_eq!(error.code(), Some("42703"), "not that the transaction is aborted: {error}");
    let error = query.all(&tx).await.expect_err("aborted");
    assert!(error.is_transaction_aborted() && error.to_string().contains("price"), "{error}");
    Ok(())
}

#[tokio::test]
async fn a_refused_value_leaves_transaction_and_connection_usable() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let error = write(&place.db, "a\0b").await.expect_err("no NUL in a text");
    assert_eq!(error.code(), Some("22021"));
    write(&place.db, "one").await?;
    let tx = place.db.begin().await?;
    write(&tx, "a\0b").await.expect_err("no NUL in a text");
    assert!(tx.commit().await.expect_err("aborted").is_transaction_aborted());
    assert_eq!(read(&place.db).await?, ["one"]);
    Ok(())
}
