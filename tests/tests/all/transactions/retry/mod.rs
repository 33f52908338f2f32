//! `db.retry(|tx| async move { .. })`.

mod collisions;
mod ended;
mod errors;
mod interrupted;

use std::time::Duration;

use orm::Retry;
use orm::prelude::*;

use super::{read, write};
use crate::support::Place;

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
