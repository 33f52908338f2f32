//! `db.transaction(async |tx| ..)`.

use std::fmt;

use orm::prelude::*;

use super::{read, write};
use crate::support::Place;

#[tokio::test]
async fn ok_commits_and_returns_the_value() -> orm::Result<()> {
    let place = Place::with_pool(2).await?;
    let note = place
        .db
        .transaction(async |tx| {
            let note = write(tx, "one").await?;
            assert_eq!(read(tx).await?, ["one"], "reads inside see own writes");
            assert!(place.notes().await.is_empty(), "and nobody else's do");
            Ok::<_, orm::Error>(note)
        })
        .await?;
    assert_eq!((note.text.as_str(), place.notes().await), ("one", vec!["one".into()]));
    Ok(())
}

#[tokio::test]
async fn err_rolls_back_and_is_returned() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let error = place
        .db
        .transaction(async |tx| {
            write(tx, "one").await?;
            query!(crate::support::Note.filter(.text == "none")).get(tx).await
        })
        .await
        .expect_err("no such note");
    assert!(error.is_not_found());
    assert!(place.notes().await.is_empty());
    write(&place.db, "two").await?;
    assert_eq!(place.notes().await, ["two"], "the connection is in no transaction");
    Ok(())
}

#[derive(Debug)]
enum Failure {
    Refused(&'static str),
    Database(orm::Error),
}

impl From<orm::Error> for Failure {
    fn from(error: orm::Error) -> Self {
        Failure::Database(error)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Refused(why) => f.write_str(why),
            Failure::Database(error) => error.fmt(f),
        }
    }
}

#[tokio::test]
async fn the_error_may_be_of_a_type_of_ones_own() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let refused = place.db.transaction(async |tx| {
        write(tx, "one").await?;
        if read(tx).await?.len() == 1 {
            return Err(Failure::Refused("enough"));
        }
        Ok(())
    });
    assert_eq!(refused.await.expect_err("refused").to_string(), "enough");
    let twice = place.db.transaction(async |tx| -> Result<(), Failure> {
        write(tx, "one").await?;
        write(tx, "one").await?;
        Ok(())
    });
    assert!(matches!(twice.await, Err(Failure::Database(error)) if error.is_unique_violation()));
    let swallowed = place.db.transaction(async |tx| -> Result<(), Failure> {
        write(tx, "one").await?;
        write(tx, "one").await.expect_err("written already");
        Ok(())
    });
    assert!(matches!(swallowed.await, Err(Failure::Database(error)) if error.is_transaction_aborted()));
    assert!(place.notes().await.is_empty());
    Ok(())
}

/// Compiles as long as nothing but the error itself converts into `orm::Error`.
#[tokio::test]
async fn the_error_type_is_inferred() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    place
        .db
        .transaction(async |tx| {
            write(tx, "one").await?;
            Ok(())
        })
        .await?;
    assert_eq!(place.notes().await, ["one"]);
    Ok(())
}

#[tokio::test]
async fn nested_ones_are_undone_alone() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    place
        .db
        .transaction(async |tx| {
            write(tx, "a").await?;
            let inner = tx.transaction(async |tx| {
                write(tx, "b").await?;
                tx.transaction(async |tx| write(tx, "c").await).await?;
                assert_eq!(read(tx).await?, ["a", "b", "c"]);
                Err::<(), _>(Failure::Refused("no"))
            });
            inner.await.expect_err("no");
            assert_eq!(read(tx).await?, ["a"], "the one released inside is gone as well");
            tx.transaction(async |tx| {
                write(tx, "d").await?;
                let inner = tx.transaction(async |tx| write(tx, "d").await);
                assert!(inner.await.expect_err("written already").is_unique_violation());
                write(tx, "e").await
            })
            .await
        })
        .await?;
    assert_eq!(place.notes().await, ["a", "d", "e"]);
    Ok(())
}

#[tokio::test]
async fn an_error_passed_on_through_all_levels_undoes_all() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let error = place
        .db
        .transaction(async |tx| {
            write(tx, "a").await?;
            tx.transaction(async |tx| {
                write(tx, "b").await?;
                tx.transaction(async |tx| write(tx, "a").await).await
            })
            .await
        })
        .await
        .expect_err("written already");
    assert!(error.is_unique_violation());
    assert!(place.notes().await.is_empty());
    Ok(())
}

#[tokio::test]
async fn a_panic_rolls_back() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let db = place.db.clone();
    let task = tokio::spawn(async move {
        db.transaction(async |tx| {
            write(tx, "one").await?;
            if read(tx).await?.len() == 1 {
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
