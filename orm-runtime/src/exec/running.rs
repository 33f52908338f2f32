//! A statement on its way.

use std::time::Instant;

use super::{
    conn::Conn,
    observe::{Observer, QueryEvent},
};
use crate::error::Error;
use crate::types::Param;

/// A statement that the server may be working on.
///
/// Dropped before [`finish`](Running::finish) or [`fail`](Running::fail), it stays counted as in flight: that is how the
/// connection knows that its borrower walked away.
pub(super) struct Running<'a> {
    conn: &'a Conn,
    sql: &'a str,
    params: &'a [Param],
    kind: Kind,
    observed: Option<(&'a Observer, Instant)>,
}

/// Who asked for a statement.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    /// A query. It is counted, and cancelled when abandoned.
    Query,
    /// A transaction's own bookkeeping: so short that it is waited for instead.
    TransactionControl,
}

impl<'a> Running<'a> {
    /// To be called right before the statement is sent.
    pub(super) fn start(
        conn: &'a Conn,
        sql: &'a str,
        params: &'a [Param],
        kind: Kind,
        observer: Option<&'a Observer>,
    ) -> Self {
        if kind == Kind::Query {
            conn.statement_started();
        }
        Self { conn, sql, params, kind, observed: observer.map(|o| (o, Instant::now())) }
    }

    /// The server has answered in full, with so many rows.
    pub(super) fn finish(self, rows: u64) {
        if self.kind == Kind::Query {
            self.conn.transaction_goes_on();
        }
        self.settle(rows, None);
    }

    /// The statement was not run after all: nobody is told.
    pub(super) fn withdraw(self) {
        if self.kind == Kind::Query {
            self.conn.statement_finished();
        }
    }

    /// The statement failed, or could not be sent. Returns the error as the caller is to see it.
    pub(super) fn fail(self, error: Error) -> Error {
        let error = self.explain(error.with_sql(self.sql));
        if must_not_be_reused(&error) {
            self.conn.mark_broken();
        }
        self.settle(0, Some(&error));
        error
    }

    /// Notes the error that aborts a transaction, and names it in those that follow from it.
    fn explain(&self, error: Error) -> Error {
        if !self.conn.in_transaction() || error.db_error().is_none() {
            return error;
        }
        if error.is_transaction_aborted() {
            return Error::transaction_aborted(self.conn.failure().as_ref());
        }
        self.conn.transaction_failed(&error);
        error
    }

    fn settle(self, rows: u64, error: Option<&Error>) {
        if self.kind == Kind::Query {
            self.conn.statement_finished();
        }
        if let Some((observer, started)) = self.observed {
            observer(&QueryEvent {
                sql: self.sql,
                params: self.params,
                elapsed: started.elapsed(),
                rows,
                error,
                transaction_control: self.kind == Kind::TransactionControl,
            });
        }
    }
}

/// Whether the connection's state is no longer known: it was lost, or the driver's idea of what the server holds is
/// wrong. `26000` says that the server dropped prepared statements (`DISCARD ALL`), the driver's own among them.
fn must_not_be_reused(error: &Error) -> bool {
    match error.code() {
        Some(code) => code == "26000" || error.is_connection(),
        None => !error.is_encode() && !error.is_transaction_aborted(),
    }
}
