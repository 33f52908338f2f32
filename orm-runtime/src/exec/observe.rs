//! Watching the statements that run.

use std::{sync::Arc, time::Duration};

use crate::error::Error;
use crate::types::Param;

/// Whoever is told about each statement.
pub(super) type Observer = Arc<dyn Fn(&QueryEvent<'_>) + Send + Sync>;

/// A statement that the server has finished, as told to [`Db::on_query`](super::Db::on_query).
#[derive(Debug)]
pub struct QueryEvent<'a> {
    pub(super) sql: &'a str,
    pub(super) params: &'a [Param],
    pub(super) elapsed: Duration,
    pub(super) rows: u64,
    pub(super) error: Option<&'a Error>,
    pub(super) transaction_control: bool,
}

impl<'a> QueryEvent<'a> {
    /// The statement's text.
    pub fn sql(&self) -> &'a str {
        self.sql
    }

    /// The values of its placeholders, `$1` first.
    pub fn params(&self) -> &'a [Param] {
        self.params
    }

    /// The time from sending the statement to having its last row. Reading the rows is part of it.
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }

    /// How many rows were returned or, by a statement that returns none, affected.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Why it failed, if it did.
    pub fn error(&self) -> Option<&'a Error> {
        self.error
    }

    /// Whether it is one of the statements that delimit transactions (`BEGIN`, `COMMIT`, `SAVEPOINT`, ..), which no
    /// query asked for.
    pub fn is_transaction_control(&self) -> bool {
        self.transaction_control
    }
}
