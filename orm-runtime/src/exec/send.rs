//! Sending statements over a connection.

use std::{future::poll_fn, pin::pin, sync::Arc, task::Poll};

use futures_util::StreamExt;
use tokio_postgres::{RowStream, Statement, types::Type};

use super::{
    bound::{Bound, driver_error},
    conn::Conn,
    observe::Observer,
    rows::Rows,
    running::{Kind, Running},
    statement_cache::Lookup,
};
use crate::{
    error::{Error, Result},
    sql::{self, Prepare},
    types::Param,
};

/// How many parameters a statement can have: they are counted in 16 bits.
const MOST_PARAMS: usize = u16::MAX as usize;

impl Conn {
    /// Sends a query and returns its rows, which must be read to the end.
    ///
    /// A text seen for the first time travels in one round trip, unnamed; at second sight it is prepared, from then on
    /// it is found prepared. The first statement on a table is prepared too, and one that returns values of SQL of the user's own: if
    /// a column has a type that the driver does not know, it asks the server, which on the unprepared path waits for ever once the
    /// rows have filled the socket. Where nothing is to be prepared, a query for no rows goes before.
    /// A prepared statement that a change of schema made invalid is prepared anew, once, outside
    /// a transaction; inside, the error has already aborted it.
    pub(super) async fn query<'a>(
        self: &'a Arc<Self>,
        statement: &'a sql::Statement,
        observer: Option<&'a Observer>,
    ) -> Result<Rows<'a>> {
        if let Some(mistake) = statement.mistake() {
            return Err(Error::config(mistake).with_sql(statement.text()));
        }
        check_count(statement.params().len()).map_err(|error| error.with_sql(statement.text()))?;
        let running = Running::start(self, statement.text(), statement.params(), Kind::Query, observer);
        match self.send(statement).await {
            Ok(stream) => Ok(Rows::new(stream, running)),
            Err(e) => Err(running.fail(e)),
        }
    }

    /// Runs a script by the simple protocol: any number of statements, no parameters.
    pub(super) async fn batch(&self, sql: &str, observer: Option<&Observer>) -> Result<()> {
        self.simple(sql, Kind::Query, observer).await
    }

    /// Runs a statement that begins, ends or divides a transaction. It is sent as soon as the future is polled.
    pub(super) async fn control(&self, sql: &str, observer: Option<&Observer>) -> Result<()> {
        self.simple(sql, Kind::TransactionControl, observer).await
    }

    async fn simple(&self, sql: &str, kind: Kind, observer: Option<&Observer>) -> Result<()> {
        let running = Running::start(self, sql, &[], kind, observer);
        match self.client.batch_execute(sql).await {
            Ok(()) => {
                running.finish(0);
                Ok(())
            }
            Err(e) => Err(running.fail(driver_error(e))),
        }
    }

    async fn send(self: &Arc<Self>, statement: &sql::Statement) -> Result<RowStream> {
        let (sql, params) = (statement.text(), statement.params());
        let Some(statement) = self.statement(statement).await? else {
            if !self.statements.is_enabled() {
                Box::pin(self.meet_types(statement)).await?;
            }
            return Box::pin(self.send_unprepared(sql, params)).await;
        };
        match self.send_prepared(&statement, params).await {
            Err(e) if e.is_stale_plan() => {
                self.statements.remove(sql);
                if self.in_transaction() {
                    return Err(e);
                }
                let statement = Box::pin(self.prepare(sql, params)).await?;
                self.statements.insert(sql, statement.clone());
                Box::pin(self.send_prepared(&statement, params)).await
            }
            sent => sent,
        }
    }

    pub(super) async fn send_prepared(&self, statement: &Statement, params: &[Param]) -> Result<RowStream> {
        // Boxed, since it is half of the future of a query: allocators are quick with a kilobyte, and slow with more.
        Box::pin(self.client.query_raw(statement, params.iter().map(Bound))).await.map_err(driver_error)
    }

    async fn send_unprepared(&self, sql: &str, params: &[Param]) -> Result<RowStream> {
        let typed = params.iter().map(|p| (Bound(p), p.ty.clone()));
        self.client.query_typed_raw(sql, typed).await.map_err(driver_error)
    }

    /// Has the driver ask about the types of a query's columns that it does not know, while no rows are on their way.
    pub(super) async fn meet_types(self: &Arc<Self>, statement: &sql::Statement) -> Result<()> {
        if !self.is_met(statement) {
            if self.statements.is_enabled() {
                drop(self.prepare(statement.text(), statement.params()).await?);
            } else if let Some(none) = statement.without_rows() {
                let mut rows = pin!(self.send_unprepared(none.text(), none.params()).await?);
                while let Some(row) = rows.next().await {
                    row.map_err(driver_error)?;
                }
            }
            self.statements.learn(statement.tables());
        }
        Ok(())
    }

    /// Whether the driver knows the types of all columns.
    fn is_met(&self, statement: &sql::Statement) -> bool {
        statement.prepare() != Prepare::First && self.statements.knows(statement.tables())
    }

    /// The prepared statement to use, if one is to be used.
    async fn statement(self: &Arc<Self>, statement: &sql::Statement) -> Result<Option<Statement>> {
        if !self.statements.is_enabled() || statement.prepare() == Prepare::Never {
            return Ok(None);
        }
        let (sql, params) = (statement.text(), statement.params());
        let recurring = match self.statements.lookup(sql) {
            Lookup::Prepared(statement) if takes(&statement, params) => return Ok(Some(statement)),
            // One text with parameters of two types: the first keeps the name.
            Lookup::Prepared(_) | Lookup::New => false,
            Lookup::Recurring => true,
        };
        if !recurring && self.is_met(statement) {
            return Ok(None);
        }
        let prepared = Box::pin(self.prepare(sql, params)).await?;
        self.statements.learn(statement.tables());
        if recurring {
            self.statements.insert(sql, prepared.clone());
        }
        Ok(Some(prepared))
    }

    /// Prepares a statement. If this is dropped half-way the rest happens in a task, since only who hears the answer
    /// can close the statement again. The first poll is here, so that nothing overtakes it.
    pub(super) async fn prepare(self: &Arc<Self>, sql: &str, params: &[Param]) -> Result<Statement> {
        let conn = Arc::clone(self);
        let sql = sql.to_owned();
        let types = params.iter().map(|p| p.ty.clone()).collect::<Vec<Type>>();
        let mut preparing = Box::pin(async move { conn.client.prepare_typed(&sql, &types).await });
        let prepared = match poll_fn(|cx| Poll::Ready(preparing.as_mut().poll(cx))).await {
            Poll::Ready(prepared) => prepared,
            Poll::Pending => match self.runtime.spawn(preparing).await {
                Ok(prepared) => prepared,
                Err(_) => return Err(Error::connection("the runtime of the connection has shut down")),
            },
        };
        prepared.map_err(driver_error)
    }
}

/// Whether the statement was prepared for parameters of these types.
fn takes(statement: &Statement, params: &[Param]) -> bool {
    statement.params().iter().eq(params.iter().map(|p| &p.ty))
}

/// Checks that a statement has no more parameters than it can have.
pub(super) fn check_count(params: usize) -> Result<()> {
    if params <= MOST_PARAMS {
        return Ok(());
    }
    Err(Error::encode(format!(
        "the statement has {params} parameters, and {MOST_PARAMS} is the most: `is_in` and `bulk_create` send many values as one"
    )))
}
