//! What queries run on.

use std::{fmt, future::Future, sync::Arc};

use futures_util::future::BoxFuture;
use tokio_postgres::types::ToSql;

use super::{
    conn::Conn,
    db::Db,
    gate::Pass,
    lease::Lease,
    observe::Observer,
    raw::{Raw, Reader},
    rows::Rows,
    session::Session,
    transaction::Transaction,
};
use crate::{
    error::{Error, Result},
    model::FromRow,
    queryset::{Aggregated, ReadOnly, Sliced, State, Unlocked, Whole},
    sql::{Rendered, Statement},
    types::Cursor,
};

/// Whatever a query can run on: a [`Db`], for a statement by itself, or a [`Transaction`].
///
/// A function that takes `db: &impl Executor` runs on either.
#[diagnostic::on_unimplemented(
    message = "queries cannot run on `{Self}`",
    label = "neither a `Db` nor a `Transaction`",
    note = "pass `&db`, or inside a transaction `tx`"
)]
pub trait Executor: Runs<Whole> + Runs<Sliced> + Runs<ReadOnly> + Runs<Aggregated> {
    /// Runs a query in SQL and reads its rows as `T`: a model, whose columns are found by their names, in any order and
    /// among others; or by position a value such as `i64` or `Option<String>`, or a tuple of up to six.
    ///
    /// `db.query_as::<User>("SELECT * FROM users WHERE email = $1", &[&"ada@example.com"])`
    ///
    /// Values are sent in the types that PostgreSQL gives their placeholders. The statement is prepared first: two
    /// round trips at first, one when it stays prepared.
    ///
    /// # Errors
    ///
    /// When the database cannot be reached or refuses the statement; when there are more or fewer values than
    /// placeholders, or a value is not of its placeholder's type; when a column of a model is missing, or there are more
    /// or fewer columns than in a tuple; [`is_decode`](crate::Error::is_decode) when a column has another type.
    fn query_as<'a, T: FromRow>(
        &'a self,
        sql: &'a str,
        params: &'a [&'a (dyn ToSql + Sync)],
    ) -> BoxFuture<'a, Result<Vec<T>>> {
        Box::pin(async move {
            let mut rows = Vec::new();
            let mut read = |cursor: &mut Cursor<'_>| {
                rows.push(T::from_row(cursor)?);
                Ok(())
            };
            let reader = Reader { columns: T::columns(), read: &mut read };
            self.acquire().await?.raw(Raw { sql, params }, Some(reader)).await?;
            Ok(rows)
        })
    }

    /// Runs a query in SQL as [`query_as`](Self::query_as) does, and returns its only row.
    ///
    /// # Errors
    ///
    /// [`is_not_found`](crate::Error::is_not_found) where there is none,
    /// [`is_multiple_rows`](crate::Error::is_multiple_rows) where there are several, and those of `query_as`.
    fn query_as_one<'a, T: FromRow>(
        &'a self,
        sql: &'a str,
        params: &'a [&'a (dyn ToSql + Sync)],
    ) -> BoxFuture<'a, Result<T>> {
        Box::pin(async move {
            self.query_as_optional(sql, params).await?.ok_or_else(|| Error::not_found("row", sql))
        })
    }

    /// Runs a query in SQL as [`query_as`](Self::query_as) does, and returns its row, if there is one.
    ///
    /// # Errors
    ///
    /// [`is_multiple_rows`](crate::Error::is_multiple_rows) where there are several, and those of `query_as`.
    fn query_as_optional<'a, T: FromRow>(
        &'a self,
        sql: &'a str,
        params: &'a [&'a (dyn ToSql + Sync)],
    ) -> BoxFuture<'a, Result<Option<T>>> {
        Box::pin(async move {
            let mut rows = self.query_as(sql, params).await?;
            match (rows.pop(), rows.is_empty()) {
                (row, true) => Ok(row),
                _ => Err(Error::multiple_rows("row", sql)),
            }
        })
    }

    /// Runs one statement in SQL and returns how many rows it affected. Its values are those of
    /// [`query_as`](Self::query_as).
    ///
    /// `db.execute("UPDATE users SET active = $1", &[&false])`
    ///
    /// A transaction that it opens on a [`Db`] is rolled back.
    ///
    /// # Errors
    ///
    /// When the database cannot be reached or refuses the statement; when there are more or fewer values than
    /// placeholders, or a value is not of its placeholder's type.
    fn execute<'a>(
        &'a self,
        sql: &'a str,
        params: &'a [&'a (dyn ToSql + Sync)],
    ) -> BoxFuture<'a, Result<u64>> {
        Box::pin(async move { self.acquire().await?.raw(Raw { sql, params }, None).await })
    }
}

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
            source: Source::Transaction { session, depth: self.depth(), pass },
            observer: session.observer.clone(),
        })
    }
}

/// A connection held for the length of one operation.
///
/// Statements may be sent together, by polling their futures together, as long as each reads its own rows meanwhile.
pub struct Connection<'a> {
    pub(super) source: Source<'a>,
    pub(super) observer: Option<Observer>,
}

pub(super) enum Source<'a> {
    Pool(Lease),
    Transaction {
        session: &'a Session,
        /// How deep in savepoints.
        depth: u32,
        #[expect(dead_code, reason = "kept, not read")]
        pass: Pass<'a>,
    },
}

impl Connection<'_> {
    /// Sends a query and returns its rows, which have to be read to the end.
    pub(crate) async fn query<'q>(&'q self, statement: &'q Statement) -> Result<Rows<'q>> {
        self.conn().query(statement, self.observer.as_ref()).await
    }

    /// The queries that were rendered for this connection.
    pub(crate) fn rendered(&self) -> &Rendered {
        &self.conn().rendered
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

    pub(super) fn conn(&self) -> &Arc<Conn> {
        match &self.source {
            Source::Pool(lease) => lease,
            Source::Transaction { session, .. } => session.conn(),
        }
    }
}

impl fmt::Debug for Connection<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection").field("in_transaction", &self.in_transaction()).finish_non_exhaustive()
    }
}
