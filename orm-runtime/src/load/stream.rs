//! The rows of a query a chunk at a time, in constant memory.

use std::future::poll_fn;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use futures_util::future::BoxFuture;

use super::run::{Asked, Gather};
use crate::ast::Select;
use crate::error::{Error, Result};
use crate::exec::{Acquire, Connection};
use crate::model::{Level, Shape};
use crate::sql::{Columns, Statement};

/// The chunks of a query's rows, as one future that pauses after each.
pub(crate) struct Chunks<'a> {
    /// `None` when it has ended.
    running: Option<BoxFuture<'a, Result<()>>>,
    handed: Handed,
    failed: Option<Error>,
}

impl<'a> Chunks<'a> {
    /// Runs a query and loads all that `shape` names, at most `size` rows at a time. Sends nothing before it is polled.
    pub(crate) fn new<E: Acquire>(
        db: &'a E,
        select: Arc<Select>,
        shape: &'static Shape,
        size: usize,
    ) -> Chunks<'a> {
        let handed = Handed::default();
        let hand = handed.clone();
        let running: BoxFuture<'a, Result<()>> = Box::pin(async move {
            if size == 0 {
                return Err(Error::config("a stream has chunks of one row at least: its `chunk_size` is 0"));
            }
            if select.is_empty() {
                return Ok(());
            }
            run(db.acquire().await?, &select, shape, size, &hand).await
        });
        Chunks { running: Some(running), handed, failed: None }
    }

    /// The next chunk, of one row at least; after an error nothing more.
    pub(crate) fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Box<dyn Level>>>> {
        if let Some(running) = &mut self.running {
            let polled = running.as_mut().poll(cx);
            if let Poll::Ready(result) = polled {
                self.running = None;
                self.failed = result.err();
            }
            match self.handed.take() {
                Some(level) => return Poll::Ready(Some(Ok(level))),
                None if self.running.is_some() => return Poll::Pending,
                None => {}
            }
        }
        Poll::Ready(self.failed.take().map(Err))
    }
}

/// The place where a chunk is handed from the future to whoever polls it.
#[derive(Clone, Default)]
struct Handed(Arc<Mutex<Option<Box<dyn Level>>>>);

impl Handed {
    /// Hands a chunk over, if it has any row, and waits until it was taken.
    async fn put(&self, level: Box<dyn Level>) {
        self.put_last(level);
        // Whoever polls takes it, and then polls again for the next: there is nobody to wake.
        poll_fn(|_| if self.lock().is_some() { Poll::Pending } else { Poll::Ready(()) }).await;
    }

    /// Hands over the last chunk, if it has any row.
    fn put_last(&self, level: Box<dyn Level>) {
        if level.len() > 0 {
            *self.lock() = Some(level);
        }
    }

    fn take(&self) -> Option<Box<dyn Level>> {
        self.lock().take()
    }

    fn lock(&self) -> MutexGuard<'_, Option<Box<dyn Level>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn run(
    connection: Connection<'_>,
    select: &Arc<Select>,
    shape: &'static Shape,
    size: usize,
    handed: &Handed,
) -> Result<()> {
    let (statement, columns) = connection.rendered().rows(select, shape, None);
    if columns.children.is_empty() && !connection.in_transaction() {
        by_rows(connection, &statement, columns, shape, size, handed).await
    } else {
        by_cursor(connection, &statement, columns, select, shape, size, handed).await
    }
}

/// One statement, whose rows wait at the server until they are asked for. Nothing else can run on the connection
/// meanwhile. A chunk is what has arrived.
async fn by_rows(
    connection: Connection<'_>,
    statement: &Statement,
    columns: Arc<Columns>,
    shape: &'static Shape,
    size: usize,
    handed: &Handed,
) -> Result<()> {
    let mut gather = Gather::new(shape, columns);
    let mut rows = connection.query(statement).await?;
    let result = loop {
        let read = poll_fn(|cx| match gather.poll_read(&mut rows, size, statement.text(), cx) {
            Poll::Pending if gather.level.len() > 0 => Poll::Ready(Ok(())),
            read => read,
        });
        match read.await {
            Ok(()) if rows.is_finished() => break Ok(()),
            Ok(()) => handed.put(gather.take(shape)).await,
            Err(error) => break Err(error),
        }
    };
    drop(rows);
    drop(connection);
    handed.put_last(gather.take(shape));
    result
}

/// A cursor, fetched from chunk by chunk. Between two of them the connection is free for other statements: those that
/// load children, and in a transaction all that its owner runs.
async fn by_cursor(
    connection: Connection<'_>,
    statement: &Statement,
    columns: Arc<Columns>,
    select: &Arc<Select>,
    shape: &'static Shape,
    size: usize,
    handed: &Handed,
) -> Result<()> {
    let cursor = connection.open_cursor(statement).await?;
    let fetch = cursor.fetch(size);
    loop {
        let mut gather = Gather::new(shape, columns.clone());
        let mut rows = connection.query(&fetch).await?;
        gather
            .read(&mut rows, statement.text())
            .await
            .map_err(|error| error.in_statement(statement.text()))?;
        drop(rows);
        let level = gather.finish(&connection, &Asked::of(select)).await?.level;
        if level.len() == size {
            handed.put(level).await;
            continue;
        }
        cursor.close().await?;
        drop(connection);
        handed.put_last(level);
        return Ok(());
    }
}
