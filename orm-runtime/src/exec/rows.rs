//! The rows of a running query.

use std::{
    future::poll_fn,
    pin::Pin,
    task::{Context, Poll, ready},
};

use futures_util::Stream;
use tokio_postgres::{Row, RowStream};

use super::running::Running;
use crate::error::{Error, Result};

/// The rows of a query as they arrive.
///
/// Read them to the end, also when the rest is of no interest: a connection left with rows unread has to be cleaned. And
/// run nothing else on the connection in between unless it is polled together with this: rows that nobody takes hold up
/// all that follows them.
pub(crate) struct Rows<'a> {
    stream: Pin<Box<RowStream>>,
    /// `None` when the server has finished.
    running: Option<Running<'a>>,
    received: u64,
    affected: u64,
}

impl<'a> Rows<'a> {
    pub(super) fn new(stream: RowStream, running: Running<'a>) -> Self {
        Self { stream: Box::pin(stream), running: Some(running), received: 0, affected: 0 }
    }

    /// The next row, or `None` after the last one and after an error.
    pub(crate) async fn next(&mut self) -> Result<Option<Row>> {
        poll_fn(|cx| self.poll_next(cx)).await
    }

    /// Whether the server has finished, so that no more rows come.
    pub(crate) fn is_finished(&self) -> bool {
        self.running.is_none()
    }

    /// How many rows the statement returned or, if it returns none, affected; known when all were read.
    pub(crate) fn affected(&self) -> u64 {
        self.affected
    }

    /// Passes over the rows and says how many the statement returned or, where it returns none, affected.
    pub(crate) async fn all_affected(mut self) -> Result<u64> {
        while self.next().await?.is_some() {}
        Ok(self.affected)
    }

    /// [`next`](Rows::next), for whoever polls by hand.
    pub(crate) fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Result<Option<Row>>> {
        if self.running.is_none() {
            return Poll::Ready(Ok(None));
        }
        let row = ready!(self.stream.as_mut().poll_next(cx));
        if let Some(Ok(row)) = row {
            self.received += 1;
            return Poll::Ready(Ok(Some(row)));
        }
        self.affected = self.stream.rows_affected().unwrap_or(self.received);
        let Some(running) = self.running.take() else {
            return Poll::Ready(Ok(None));
        };
        Poll::Ready(match row {
            Some(Err(e)) => Err(running.fail(Error::from_pg(e, None))),
            _ => {
                running.finish(self.affected);
                Ok(None)
            }
        })
    }
}
