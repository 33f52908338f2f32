//! Sending rows by `COPY`.

use std::pin::pin;

use bytes::{Bytes, BytesMut};
use futures_util::SinkExt;

use super::{
    bound::driver_error,
    executor::Connection,
    running::{Kind, Running},
};
use crate::error::{Error, Result};

/// Appends the next part of the data; says whether there is more.
pub(crate) type NextPart<'a> = dyn FnMut(&mut BytesMut) -> Result<bool> + Send + 'a;

impl Connection<'_> {
    /// Runs `sql`, a `COPY .. FROM STDIN`, with the data that `next` gives, and says how many rows were copied. If this
    /// is dropped half-way, or `next` fails, no row is.
    ///
    /// Behind a pooler that moves a connection between servers the statement needs a transaction to be prepared and
    /// executed by the same one.
    pub(crate) async fn copy_in(&self, sql: &str, next: &mut NextPart<'_>) -> Result<u64> {
        let wrapped = !self.conn().statements.is_enabled() && !self.in_transaction();
        if !wrapped {
            return self.send_copy(sql, next).await;
        }
        self.begin("BEGIN").await?;
        let rows = self.send_copy(sql, next).await?;
        self.end("COMMIT").await?;
        Ok(rows)
    }

    async fn send_copy(&self, sql: &str, next: &mut NextPart<'_>) -> Result<u64> {
        let conn = self.conn();
        let running = Running::start(conn, sql, &[], Kind::Query, self.observer.as_ref());
        let sink = match conn.client.copy_in::<str, Bytes>(sql).await {
            Ok(sink) => sink,
            Err(e) => return Err(running.fail(driver_error(e))),
        };
        let mut sink = pin!(sink);
        loop {
            let mut part = BytesMut::new();
            match next(&mut part) {
                Ok(more) => {
                    if let Err(e) = sink.send(part.freeze()).await {
                        return Err(running.fail(driver_error(e)));
                    }
                    if !more {
                        break;
                    }
                }
                Err(error) => {
                    // The sink is dropped with the copy unfinished, which the server answers by aborting it, and with
                    // it the transaction.
                    if self.in_transaction() {
                        conn.failure().get_or_insert_with(|| error.failure());
                    }
                    return Err(running.fail(error));
                }
            }
        }
        match sink.finish().await {
            Ok(rows) => {
                running.finish(rows);
                Ok(rows)
            }
            Err(e) => Err(running.fail(Error::from_pg(e, None))),
        }
    }
}
