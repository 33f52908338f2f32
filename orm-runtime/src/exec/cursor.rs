//! Cursors on the server: a query's rows in chunks, between which other statements may run.

use super::{
    executor::{Connection, Source},
    session::Session,
};
use crate::{
    error::Result,
    sql::{self, Statement},
};

/// What an open cursor does on a connection from a pool: all it loads is of one moment.
const BEGIN: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ";

/// A cursor, open until [`close`](ServerCursor::close) or until it is dropped.
///
/// On a connection from a pool it has a transaction of its own, which ends with it: by `COMMIT` when closed, by
/// `ROLLBACK`, with all that a dropped connection is cleaned of, when dropped. In a transaction a dropped cursor is
/// closed before the next statement.
pub(crate) struct ServerCursor<'c> {
    connection: &'c Connection<'c>,
    number: u32,
    /// The transaction around it, and how deep in its savepoints it was opened.
    within: Option<(&'c Session, u32)>,
    open: bool,
}

impl Connection<'_> {
    /// Opens a cursor on a query. Sends `BEGIN` on a connection from a pool, then `DECLARE`.
    pub(crate) async fn open_cursor(&self, query: &Statement) -> Result<ServerCursor<'_>> {
        let within = match &self.source {
            Source::Pool(_) => None,
            Source::Transaction { session, depth, .. } => Some((*session, *depth)),
        };
        let number = within.map_or(0, |(session, _)| session.next_cursor());
        if within.is_none() {
            self.begin(BEGIN).await?;
        }
        // What a cursor's rows are is not told when it is opened, but with the first of them.
        self.conn().meet_types(query).await.map_err(|error| error.with_sql(query.text()))?;
        let declare = sql::declare(number, query);
        // Made before the statement is sent, which happens at the first poll: if this future is dropped after that,
        // there is a cursor to close.
        let mut cursor = ServerCursor { connection: self, number, within, open: true };
        let declared = cursor.run(&declare).await;
        cursor.open = declared.is_ok();
        declared.map(|()| cursor)
    }
}

impl ServerCursor<'_> {
    /// The statement for the next `rows` rows. Fewer are there only at the end.
    pub(crate) fn fetch(&self, rows: usize) -> Statement {
        sql::fetch(self.number, rows)
    }

    /// Closes the cursor. Sends `COMMIT` on a connection from a pool, and `CLOSE` in a transaction.
    pub(crate) async fn close(mut self) -> Result<()> {
        self.open = false;
        match self.within {
            None => self.connection.end("COMMIT").await,
            Some((session, _)) => session.close_cursors([self.number]).await,
        }
    }

    async fn run(&self, statement: &Statement) -> Result<()> {
        let mut rows = self.connection.query(statement).await?;
        while rows.next().await?.is_some() {}
        Ok(())
    }
}

impl Drop for ServerCursor<'_> {
    fn drop(&mut self) {
        if let (true, Some((session, depth))) = (self.open, self.within) {
            session.abandon_cursor(depth, self.number);
        }
    }
}
