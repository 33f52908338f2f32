//! What queries run on.

use std::{fmt, future::Future, sync::Arc};

use super::{
    conn::Conn, db::Db, gate::Pass, lease::Lease, observe::Observer, rows::Rows, transaction::Transaction,
};
use crate::{
    error::Result,
    queryset::{Sliced, State, Unlocked, Whole},
    sql::Statement,
};

/// Whatever a query can run on: a [`Db`], for a statement by itself, or a [`Transaction`].
///
/// A function that takes `db: &impl Executor` runs on either.
#[diagnostic::on_unimplemented(
    message = "queries cannot run on `{Self}`",
    label = "neither a `Db` nor a `Transaction`",
    note = "pass `&db`, or inside a transaction `tx`"
)]
pub trait Executor: Runs<Whole> + Runs<Sliced> {}

#[diagnostic::do_not_recommend]
impl Executor for Db {}
#[diagnostic::do_not_recommend]
impl Executor for Transaction<'_> {}

/// Whatever a query set in the state `St` can run on: a [`Transaction`] for any, a [`Db`] for those that lock no rows.
///
/// An [`Executor`] runs query sets that are whole or sliced. Code for query sets in any state `St`, or for more of
/// them, asks for `db: &impl Runs<St>`.
///
/// - `St`: the [`State`] of the query set.
#[diagnostic::on_unimplemented(
    message = "queries cannot run on `{Self}`",
    label = "neither a `Db` nor a `Transaction`",
    note = "pass `&db`, or inside a transaction `tx`",
    note = "a query set that locks rows runs on a `&Transaction` only"
)]
pub trait Runs<St>: Acquire {}

// Of a query set that locks rows the compiler says what `Unlocked` says of it.
impl<St: Unlocked> Runs<St> for Db {}
#[diagnostic::do_not_recommend]
impl<St: State> Runs<St> for Transaction<'_> {}

/// Where terminals get their connection from, whatever they run.
#[doc(hidden)]
pub trait Acquire: Sync {
    /// A connection for the statements of one terminal.
    fn acquire(&self) -> impl Future<Output = Result<Connection<'_>>> + Send;
}

impl Acquire for Db {
    async fn acquire(&self) -> Result<Connection<'_>> {
        let lease = self.lease().await?;
        Ok(Connection { source: Source::Pool(lease), observer: self.observer.clone() })
    }
}

impl Acquire for Transaction<'_> {
    async fn acquire(&self) -> Result<Connection<'_>> {
        let session = self.session();
        let pass = session.ready().await?;
        Ok(Connection {
            source: Source::Transaction(session.conn(), pass),
            observer: session.observer.clone(),
        })
    }
}

/// A connection held for the length of one operation.
///
/// Statements may be sent together, by polling their futures together, as long as each reads its own rows meanwhile.
pub struct Connection<'a> {
    source: Source<'a>,
    observer: Option<Observer>,
}

enum Source<'a> {
    Pool(Lease),
    Transaction(&'a Arc<Conn>, #[expect(dead_code, reason = "kept, not read")] Pass<'a>),
}

impl Connection<'_> {
    /// Sends a query and returns its rows, which have to be read to the end.
    pub(crate) async fn query<'q>(&'q self, statement: &'q Statement) -> Result<Rows<'q>> {
        self.conn().query(statement, self.observer.as_ref()).await
    }

    /// Runs `sql`, a `BEGIN` of whatever kind, on a connection from a [`Db`]. If the connection is dropped before
    /// [`end`](Connection::end), the transaction is rolled back.
    pub(crate) async fn begin(&self, sql: &str) -> Result<()> {
        self.conn().transaction_opening();
        self.conn().control(sql, self.observer.as_ref()).await
    }

    /// Runs `sql`, a `COMMIT` or `ROLLBACK`, after [`begin`](Connection::begin).
    pub(crate) async fn end(&self, sql: &str) -> Result<()> {
        self.conn().control(sql, self.observer.as_ref()).await?;
        self.conn().transaction_ended();
        Ok(())
    }

    /// Whether a transaction surrounds the operation, so that a cursor may be opened as it is.
    pub(crate) fn in_transaction(&self) -> bool {
        self.conn().in_transaction()
    }

    fn conn(&self) -> &Arc<Conn> {
        match &self.source {
            Source::Pool(lease) => lease,
            Source::Transaction(conn, _) => conn,
        }
    }
}

impl fmt::Debug for Connection<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection").field("in_transaction", &self.in_transaction()).finish_non_exhaustive()
    }
}
