//! Rows locked until the end of a transaction.

mod jobs;
mod sql;
mod tables;
mod waiting;

use std::time::Duration;

use orm::prelude::*;
use tests::shop::{Order, User};
use tokio::time::timeout;

use crate::support::Place;

/// How long something is watched that is expected not to happen.
const MOMENT: Duration = Duration::from_millis(100);

/// A shop with a pool of four connections.
async fn shop() -> orm::Result<Place> {
    let place = Place::with_pool(4).await?;
    crate::loading::seed::shop(&place.db, 4).await?;
    Ok(place)
}

/// Whether somebody else could lock a user's row now.
async fn is_free(db: &Db, user: i64) -> orm::Result<bool> {
    free(
        db.transaction(async |tx| {
            query!(User.filter(.id == user).select_for_update().nowait()).get(tx).await
        })
        .await,
    )
}

/// Whether somebody else could lock an order's row now.
async fn is_order_free(db: &Db, order: i64) -> orm::Result<bool> {
    free(
        db.transaction(async |tx| {
            query!(Order.filter(.id == order).select_for_update().nowait()).get(tx).await
        })
        .await,
    )
}

fn free<T>(locked: orm::Result<T>) -> orm::Result<bool> {
    match locked {
        Ok(_) => Ok(true),
        Err(error) if error.is_lock_not_available() => Ok(false),
        Err(error) => Err(error),
    }
}

/// Asserts that a future waits for something.
async fn assert_waits<F: Future + Unpin>(future: &mut F) {
    assert!(timeout(MOMENT, future).await.is_err(), "it did not wait");
}
