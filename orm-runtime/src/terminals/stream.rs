use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_util::Stream;

use crate::error::Result;
use crate::exec::Runs;
use crate::load::Chunks;
use crate::model::{Model, Selects};
use crate::queryset::{QuerySet, State};

/// The rows of a query as they are needed, made by [`QuerySet::iterator`]: a [`Stream`] of results.
///
/// Without the extension traits of `futures` it is read by [`try_next`](Self::try_next). After the last row, and after
/// an error, it is at its end.
///
/// It can be dropped at any time: what it has open is closed before anything else runs on its connection. If only the
/// wait for a row is given up, say by a timeout, no row is lost; but a transaction answers no other query before the
/// stream is polled on, or dropped.
///
/// - `S`: the type of the rows.
#[must_use = "a stream sends nothing before it is polled"]
pub struct RowStream<'a, S> {
    chunks: Chunks<'a>,
    /// Those of the present chunk that are left.
    rows: vec::IntoIter<S>,
}

impl<M: Model, S: Selects<Model = M>, St: State> QuerySet<M, S, St> {
    /// The rows one after another, in constant memory: at most `chunk_size` of them, with what the query loads beside
    /// them, are there at once. Nothing is sent before the stream is polled.
    ///
    /// On a [`Db`](crate::Db) a query without to-many relations is one statement, whose rows wait on the server until
    /// they are asked for. Otherwise the rows come by a cursor on the server: `DECLARE`, a `FETCH` for each chunk, and
    /// for each chunk the statements for its to-many relations. On a `Db` that is in a transaction of its own, in which
    /// all statements see the same state of the database.
    ///
    /// On a `Db` the stream keeps a connection until its end. What runs in its loop takes another one, so that it
    /// waits for ever, or until the pool's timeout, where the pool has one connection only. On a transaction the loop
    /// may run other queries on the same transaction.
    ///
    /// A `chunk_size` of 2,000 serves well; 5,000 for a query that loads to-many relations.
    ///
    /// # Errors
    ///
    /// An item of the stream is an error, its last, when the database cannot be reached or refuses the statement,
    /// when a column's value does not fit its field, and when `chunk_size` is 0.
    pub fn iterator<'a, E: Runs<St>>(&self, db: &'a E, chunk_size: usize) -> RowStream<'a, S::Out> {
        let chunks = Chunks::new(db, Arc::clone(&self.select), S::SHAPE, chunk_size);
        RowStream { chunks, rows: Vec::new().into_iter() }
    }
}

impl<S: Send + 'static> RowStream<'_, S> {
    /// The next row; `None` after the last one, and after an error.
    ///
    /// # Errors
    ///
    /// Those of [`QuerySet::iterator`].
    pub async fn try_next(&mut self) -> Result<Option<S>> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await.transpose()
    }
}

impl<S: Send + 'static> Stream for RowStream<'_, S> {
    type Item = Result<S>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<S>>> {
        let this = self.get_mut();
        loop {
            if let Some(row) = this.rows.next() {
                return Poll::Ready(Some(Ok(row)));
            }
            match ready!(this.chunks.poll_next(cx)) {
                Some(Ok(level)) => this.rows = level.into_rows()?.into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

/// The rows are moved out, and never pinned.
impl<S> Unpin for RowStream<'_, S> {}

impl<S> fmt::Debug for RowStream<'_, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RowStream").finish_non_exhaustive()
    }
}
