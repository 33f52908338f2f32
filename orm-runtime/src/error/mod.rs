//! The one error type of the crate.

mod display;
mod kind;
mod predicates;

use std::{error, fmt};

use tokio_postgres::error::DbError;

use kind::Kind;
pub(crate) use kind::{BoxError, Failure};

/// A `Result` whose error is an [`Error`] unless another is named.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Anything that can go wrong between a query set and the database.
///
/// What went wrong is asked by predicate ([`is_not_found`](Error::is_not_found),
/// [`is_unique_violation`](Error::is_unique_violation), ..); what the server said about it is read from
/// [`code`](Error::code), [`constraint`](Error::constraint), [`detail`](Error::detail) and their siblings.
///
/// `Display` is one line that says what happened, followed, where a statement was involved, by a line with its
/// text. Parameters are never part of it.
pub struct Error(Box<Inner>);

struct Inner {
    kind: Kind,
    sql: Option<Box<str>>,
}

impl Error {
    fn new(kind: Kind) -> Self {
        Self(Box::new(Inner { kind, sql: None }))
    }

    /// Adds the statement that was running, unless one is already named.
    pub(crate) fn with_sql(mut self, sql: &str) -> Self {
        if self.0.sql.is_none() {
            self.0.sql = Some(sql.into());
        }
        self
    }

    /// Names the statement that this one was a part of, unless the error came from an earlier one.
    pub(crate) fn in_statement(mut self, sql: &str) -> Self {
        if !self.is_transaction_aborted() {
            self.0.sql = Some(sql.into());
        }
        self
    }

    /// The text of the statement that failed, when there was one.
    pub fn sql(&self) -> Option<&str> {
        self.0.sql.as_deref()
    }

    /// The five characters of the SQLSTATE code that the server reported, such as `"23505"`.
    pub fn code(&self) -> Option<&str> {
        self.db_error().map(|e| e.code().code())
    }

    /// The name of the constraint that was violated.
    pub fn constraint(&self) -> Option<&str> {
        self.db_error().and_then(DbError::constraint)
    }

    /// The table the server blamed. PostgreSQL reports it for constraint violations only.
    pub fn table(&self) -> Option<&str> {
        self.db_error().and_then(DbError::table)
    }

    /// The column the server blamed. PostgreSQL reports it for `NOT NULL` violations and a few more.
    pub fn column(&self) -> Option<&str> {
        self.db_error().and_then(DbError::column)
    }

    /// The server's second line, such as `Key (email)=(a@b.c) already exists.` It may hold values of rows.
    pub fn detail(&self) -> Option<&str> {
        self.db_error().and_then(DbError::detail)
    }

    /// The server's suggestion of what to do about it.
    pub fn hint(&self) -> Option<&str> {
        self.db_error().and_then(DbError::hint)
    }

    /// Everything the server said, when it was the server that failed the statement.
    pub(crate) fn db_error(&self) -> Option<&DbError> {
        match &self.0.kind {
            Kind::Driver(e) => e.as_db_error(),
            Kind::CommitUnknown(e) => e.db_error(),
            _ => None,
        }
    }
}

impl error::Error for Error {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        self.0.kind.source()
    }
}

/// `{:?}` is what a `main` that fails and an `unwrap` print: the same as `{}`. `{:#?}` shows the parts.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.alternate() {
            return f.debug_struct("Error").field("kind", &self.0.kind).field("sql", &self.0.sql).finish();
        }
        fmt::Display::fmt(self, f)
    }
}
