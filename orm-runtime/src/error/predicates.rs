//! The questions that callers ask of an error.

use super::{Error, kind::Kind};

impl Error {
    /// Whether exactly one row was asked for and none was there.
    pub fn is_not_found(&self) -> bool {
        matches!(self.0.kind, Kind::NotFound { .. })
    }

    /// Whether exactly one row was asked for and several were there.
    pub fn is_multiple_rows(&self) -> bool {
        matches!(self.0.kind, Kind::MultipleRows { .. })
    }

    /// Whether a unique constraint or index was violated (23505).
    pub fn is_unique_violation(&self) -> bool {
        self.has_code("23505")
    }

    /// Whether a foreign key was violated (23503, and 23001 for `ON DELETE RESTRICT`).
    pub fn is_foreign_key_violation(&self) -> bool {
        self.has_code("23503") || self.has_code("23001")
    }

    /// Whether NULL was written to a `NOT NULL` column (23502).
    pub fn is_not_null_violation(&self) -> bool {
        self.has_code("23502")
    }

    /// Whether a check constraint was violated (23514).
    pub fn is_check_violation(&self) -> bool {
        self.has_code("23514")
    }

    /// Whether an exclusion constraint was violated (23P01).
    pub fn is_exclusion_violation(&self) -> bool {
        self.has_code("23P01")
    }

    /// Whether the transaction could not be serialized (40001). Run it again.
    pub fn is_serialization_failure(&self) -> bool {
        self.has_code("40001")
    }

    /// Whether the transaction was chosen to end a deadlock (40P01). Run it again.
    pub fn is_deadlock(&self) -> bool {
        self.has_code("40P01")
    }

    /// Whether rows that were to be locked without waiting, by [`nowait`](crate::queryset::QuerySet::nowait), are locked by
    /// others, or not free within `lock_timeout` (55P03).
    pub fn is_lock_not_available(&self) -> bool {
        self.has_code("55P03")
    }

    /// Whether the transaction failed because of others, so that running it again can help.
    pub(crate) fn is_collision(&self) -> bool {
        self.is_serialization_failure() || self.is_deadlock() || self.is_stale_plan()
    }

    /// Whether the server refused a prepared statement because its columns have changed since. It says so before it does
    /// anything, so that sending it again is safe.
    pub(crate) fn is_stale_plan(&self) -> bool {
        self.db_error()
            .is_some_and(|e| e.code().code() == "0A000" && e.routine() == Some("RevalidateCachedQuery"))
    }

    /// Whether the statement was cancelled, by request or by `statement_timeout` (57014).
    pub fn is_cancelled(&self) -> bool {
        self.has_code("57014")
    }

    /// Whether the server could not be reached, went away, or ended the session.
    ///
    /// A connection lost while committing is [`is_commit_unknown`](Error::is_commit_unknown) instead, because running
    /// the transaction again could then apply it twice.
    pub fn is_connection(&self) -> bool {
        match &self.0.kind {
            Kind::Connection { .. } => true,
            Kind::Driver(_) => self.code().is_some_and(ends_session),
            _ => false,
        }
    }

    /// Whether no connection of the pool became free in time.
    pub fn is_pool_timeout(&self) -> bool {
        matches!(self.0.kind, Kind::PoolTimeout { .. })
    }

    /// Whether the statement (or the commit) was refused because an earlier one had failed in the same transaction.
    pub fn is_transaction_aborted(&self) -> bool {
        matches!(self.0.kind, Kind::TransactionAborted { .. }) || self.has_code("25P02")
    }

    /// Whether the connection was lost during a commit, so that nobody can say whether it took place.
    pub fn is_commit_unknown(&self) -> bool {
        matches!(self.0.kind, Kind::CommitUnknown(_))
    }

    /// Whether a row's value could not be read as the Rust type it was meant for.
    pub fn is_decode(&self) -> bool {
        matches!(self.0.kind, Kind::ColumnType { .. } | Kind::ColumnValue { .. })
    }

    /// Whether the cursor of a page was refused: it is none, or one of another order.
    pub fn is_invalid_cursor(&self) -> bool {
        matches!(self.0.kind, Kind::InvalidCursor(_))
    }

    /// Whether a value could not be sent as the parameter it was meant for.
    pub(crate) fn is_encode(&self) -> bool {
        matches!(self.0.kind, Kind::Encode(_))
    }

    fn has_code(&self, code: &str) -> bool {
        self.code() == Some(code)
    }
}

/// Codes after which the server closes the connection: class 08, shutdown and crash, idle timeouts.
fn ends_session(code: &str) -> bool {
    code.starts_with("08") || matches!(code, "57P01" | "57P02" | "57P03" | "57P05" | "25P03")
}
