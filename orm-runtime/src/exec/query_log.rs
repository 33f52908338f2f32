//! A record of the statements that ran.

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use super::observe::QueryEvent;
use crate::error::Error;

/// The statements that ran through a handle made by [`Db::logged`](super::Db::logged), in the order of completion.
///
/// Clones share one record. Printing it gives a line or two a statement:
///
/// ```text
/// 1. SELECT id, email FROM users WHERE id = $1
///    [42], 1 row, 180.4µs
/// ```
#[derive(Clone, Default)]
pub struct QueryLog {
    queries: Arc<Mutex<Vec<LoggedQuery>>>,
}

/// One statement of a [`QueryLog`].
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct LoggedQuery {
    /// The statement's text.
    pub sql: String,
    /// The values of its placeholders as printed by `Debug`, `$1` first.
    pub params: Vec<String>,
    /// How many rows were returned or, by a statement that returns none, affected.
    pub rows: u64,
    /// The time from sending the statement to having its last row.
    pub elapsed: Duration,
    /// Why it failed, if it did.
    pub error: Option<String>,
    /// Whether it is `BEGIN`, `COMMIT`, `SAVEPOINT` or one of their kind.
    pub is_transaction_control: bool,
}

impl QueryLog {
    /// How many statements ran, not counting those that delimit transactions.
    pub fn count(&self) -> usize {
        self.lock().iter().filter(|q| !q.is_transaction_control).count()
    }

    /// All statements so far, those that delimit transactions included.
    pub fn queries(&self) -> Vec<LoggedQuery> {
        self.lock().clone()
    }

    /// Forgets the statements so far.
    pub fn clear(&self) {
        self.lock().clear();
    }

    pub(super) fn record(&self, event: &QueryEvent<'_>) {
        self.lock().push(LoggedQuery {
            sql: event.sql().to_owned(),
            params: event.params().iter().map(|p| format!("{p:?}")).collect(),
            rows: event.rows(),
            elapsed: event.elapsed(),
            error: event.error().map(Error::message),
            is_transaction_control: event.is_transaction_control(),
        });
    }

    fn lock(&self) -> MutexGuard<'_, Vec<LoggedQuery>> {
        self.queries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Display for QueryLog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, query) in self.lock().iter().enumerate() {
            writeln!(f, "{}. {query}", n + 1)?;
        }
        Ok(())
    }
}

impl fmt::Display for LoggedQuery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n   ", self.sql)?;
        if !self.params.is_empty() {
            write!(f, "[{}], ", self.params.join(", "))?;
        }
        match &self.error {
            Some(error) => write!(f, "failed: {error}")?,
            None => write!(f, "{} {}", self.rows, if self.rows == 1 { "row" } else { "rows" })?,
        }
        write!(f, ", {:.1?}", self.elapsed)
    }
}

impl fmt::Debug for QueryLog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.lock().iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use tokio_postgres::types::Type;

    use super::*;
    use crate::types::Param;

    #[test]
    fn it_counts_queries_and_prints_all() {
        let log = QueryLog::default();
        let params = [Param::new(Type::INT8, 42i64), Param::new(Type::TEXT, "a")];
        let error = Error::config("no").with_sql("COMMIT");
        let event = |sql, params, error, transaction_control| QueryEvent {
            sql,
            params,
            elapsed: Duration::from_micros(180),
            rows: 1,
            error,
            transaction_control,
        };
        log.record(&event("SELECT $1, $2", &params, None, false));
        log.record(&event("COMMIT", &[], Some(&error), true));

        assert_eq!(log.count(), 1);
        assert_eq!(
            log.clone().to_string(),
            "1. SELECT $1, $2\n   [42, \"a\"], 1 row, 180.0µs\n2. COMMIT\n   failed: no, 180.0µs\n"
        );
        log.clear();
        assert!(log.queries().is_empty());
    }
}
