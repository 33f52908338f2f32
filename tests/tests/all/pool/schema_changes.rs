//! A column that changes its type under a prepared statement.

use orm::prelude::*;

use crate::support::{NewNote, Note, Place, session};

async fn notes(db: &impl Executor) -> orm::Result<usize> {
    Ok(query!(Note.filter(.text != "none")).all(db).await?.len())
}

/// A pool in which the query above is prepared, and then its result changed.
async fn changed() -> orm::Result<Place> {
    let place = Place::with_pool(1).await?;
    for _ in 0..2 {
        notes(&place.db).await?;
    }
    assert_eq!(session(&place.db).await?.prepared, 1);
    place
        .outside
        .texts("ALTER TABLE notes ALTER text TYPE varchar(20); INSERT INTO notes (text) VALUES ('a')")
        .await;
    Ok(place)
}

#[tokio::test]
async fn outside_a_transaction_the_statement_is_prepared_anew() -> orm::Result<()> {
    let place = changed().await?;
    let (db, log) = place.db.logged();
    assert_eq!(notes(&db).await?, 1);
    assert_eq!((log.count(), log.queries()[0].error.clone()), (1, None), "{log}");
    assert_eq!(session(&db).await?.prepared, 1);
    Ok(())
}

#[tokio::test]
async fn so_is_a_write_and_it_happens_once() -> orm::Result<()> {
    let place = changed().await?;
    let write =
        async |text: &str| Note::objects().create(NewNote { text: text.into() }).execute(&place.db).await;
    write("b").await?;
    write("c").await?;
    place.outside.texts("ALTER TABLE notes ALTER text TYPE text").await;
    write("d").await?;
    assert_eq!(place.notes().await, ["a", "b", "c", "d"]);
    Ok(())
}

#[tokio::test]
async fn inside_a_transaction_it_is_an_error_once() -> orm::Result<()> {
    let place = changed().await?;
    let tx = place.db.begin().await?;
    let error = notes(&tx).await.expect_err("the transaction is lost");
    assert_eq!(error.code(), Some("0A000"));
    assert!(notes(&tx).await.expect_err("aborted").is_transaction_aborted());
    tx.rollback().await?;
    assert_eq!(place.db.transaction(async |tx| notes(tx).await).await?, 1, "the next one finds it evicted");
    Ok(())
}

#[tokio::test]
async fn a_transaction_that_is_run_again_gets_over_it() -> orm::Result<()> {
    let place = changed().await?;
    assert_eq!(place.db.retry(async |tx| notes(&tx).await).await?, 1);
    Ok(())
}

#[tokio::test]
async fn a_column_that_no_longer_fits_its_field_is_an_error_that_names_it() -> orm::Result<()> {
    let place = changed().await?;
    place.outside.texts("ALTER TABLE notes ALTER id TYPE integer").await;
    let error = notes(&place.db).await.expect_err("another type");
    assert!(error.is_decode(), "{error}");
    assert!(error.to_string().contains("`id`") && error.to_string().contains("int4"), "{error}");
    Ok(())
}

#[tokio::test]
async fn a_column_added_does_not_matter() -> orm::Result<()> {
    let place = changed().await?;
    place.outside.texts("ALTER TABLE notes ADD extra int DEFAULT 1").await;
    let tx = place.db.begin().await?;
    assert_eq!(query!(Note.order_by(.id)).all(&tx).await?[0].text, "a");
    tx.commit().await
}
