//! What a commit can answer.

use orm::prelude::*;

use super::{read, write};
use crate::support::{Place, session};

#[tokio::test]
async fn a_deferred_constraint_fails_the_commit() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let script = "ALTER TABLE notes DROP CONSTRAINT notes_text_key;
        ALTER TABLE notes ADD CONSTRAINT late UNIQUE (text) DEFERRABLE INITIALLY DEFERRED";
    place.db.batch_execute(script).await?;
    let error = place
        .db
        .transaction(async |tx| {
            write(tx, "one").await?;
            write(tx, "one").await
        })
        .await
        .expect_err("two of one text");
    assert!(error.is_unique_violation() && !error.is_transaction_aborted(), "{error}");
    assert_eq!(error.constraint(), Some("late"));
    assert!(read(&place.db).await?.is_empty());
    write(&place.db, "two").await?;
    assert_eq!(place.notes().await, ["two"], "the connection is in no transaction");
    Ok(())
}

/// Makes every commit that wrote a note take 20 seconds.
async fn slow_commits(db: &Db) -> orm::Result<()> {
    db.batch_execute(
        "CREATE FUNCTION nap() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN PERFORM pg_sleep(20); RETURN NULL; END $$;
         CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON notes DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION nap()",
    )
    .await
}

#[tokio::test]
async fn a_connection_lost_during_the_commit_leaves_it_unknown() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    slow_commits(&place.db).await?;
    let tx = place.db.begin().await?;
    let pid = session(&tx).await?.pid;
    write(&tx, "one").await?;
    let (committed, ()) = tokio::join!(tx.commit(), async {
        place.outside.until_napping(pid).await;
        place.outside.kill(pid).await;
    });
    let error = committed.expect_err("the connection was lost");
    assert!(
        error.is_commit_unknown() && !error.is_connection() && !error.is_transaction_aborted(),
        "{error}"
    );
    assert!(error.to_string().contains("may or may not"), "{error}");
    assert_ne!(session(&place.db).await?.pid, pid, "the next borrower has a new connection");
    Ok(())
}

#[tokio::test]
async fn a_connection_lost_before_the_commit_committed_nothing() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let tx = place.db.begin().await?;
    let pid = session(&tx).await?.pid;
    write(&tx, "one").await?;
    place.outside.kill(pid).await;
    let error = read(&tx).await.expect_err("the connection is gone");
    assert!(error.is_connection(), "{error}");
    let error = tx.commit().await.expect_err("the connection is gone");
    assert!(error.is_connection() && !error.is_commit_unknown(), "{error}");
    assert!(read(&place.db).await?.is_empty());
    Ok(())
}

#[tokio::test]
async fn a_commit_cancelled_by_the_server_is_an_error_and_undone() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    slow_commits(&place.db).await?;
    let tx = place.db.begin().await?;
    let pid = session(&tx).await?.pid;
    write(&tx, "one").await?;
    let (committed, ()) = tokio::join!(tx.commit(), async {
        place.outside.until_napping(pid).await;
        place.outside.texts(&format!("SELECT pg_cancel_backend({pid})")).await;
    });
    assert!(committed.expect_err("cancelled").is_cancelled());
    assert!(read(&place.db).await?.is_empty());
    assert!(place.db.transaction(async |tx| read(tx).await).await?.is_empty());
    Ok(())
}
