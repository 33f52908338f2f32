//! What can go wrong, and how each case is made.

use std::{error, fmt, io, time::Duration};

use super::{Error, Inner};

/// The error type of code that is not ours.
pub(crate) type BoxError = Box<dyn error::Error + Send + Sync>;

#[derive(Debug)]
pub(super) enum Kind {
    /// `get` found no row.
    NotFound { model: Box<str> },
    /// `get` found more than one row.
    MultipleRows { model: Box<str> },
    /// The driver's error; usually it carries what the server said.
    Driver(tokio_postgres::Error),
    /// There is no connection, or no longer.
    Connection { message: Box<str>, source: Option<BoxError> },
    /// Every connection of the pool stayed in use.
    PoolTimeout { waited: Duration, max_size: usize },
    /// The pool was closed.
    PoolClosed,
    /// A statement failed earlier, and with it the transaction.
    TransactionAborted { cause: Option<Box<str>> },
    /// The connection broke while the server was committing.
    CommitUnknown(Error),
    /// A column has another type than the Rust value it is read into.
    ColumnType { column: Box<str>, expected: Box<str>, found: Box<str> },
    /// A column's value does not fit the Rust value it is read into.
    ColumnValue { column: Box<str>, source: BoxError },
    /// A parameter cannot be written in the wire format of its type.
    Encode(BoxError),
    /// The cursor of a page is none, or one of another order.
    InvalidCursor(&'static str),
    /// The database was described wrongly, or not at all.
    Configuration { message: Box<str>, source: Option<BoxError> },
}

impl Kind {
    pub(super) fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Kind::Driver(e) => Some(e),
            Kind::CommitUnknown(e) => Some(e),
            Kind::ColumnValue { source, .. } | Kind::Encode(source) => Some(&**source),
            Kind::Connection { source, .. } | Kind::Configuration { source, .. } => {
                source.as_ref().map(|e| &**e as &(dyn error::Error + 'static))
            }
            Kind::NotFound { .. }
            | Kind::MultipleRows { .. }
            | Kind::PoolTimeout { .. }
            | Kind::PoolClosed
            | Kind::InvalidCursor(_)
            | Kind::TransactionAborted { .. }
            | Kind::ColumnType { .. } => None,
        }
    }
}

impl Error {
    /// No row of `model` was found by `sql` where exactly one was asked for.
    pub(crate) fn not_found(model: &str, sql: &str) -> Self {
        Self::new(Kind::NotFound { model: model.into() }).with_sql(sql)
    }

    /// Several rows of `model` were found by `sql` where exactly one was asked for.
    pub(crate) fn multiple_rows(model: &str, sql: &str) -> Self {
        Self::new(Kind::MultipleRows { model: model.into() }).with_sql(sql)
    }

    /// A column whose type cannot be read as the Rust type `expected`; `found` is the column's SQL type.
    pub(crate) fn decode(
        column: impl fmt::Display,
        expected: impl fmt::Display,
        found: impl fmt::Display,
    ) -> Self {
        Self::new(Kind::ColumnType {
            column: column.to_string().into(),
            expected: expected.to_string().into(),
            found: found.to_string().into(),
        })
    }

    /// A column of the right type whose value is not one: too long, out of range, NULL, not UTF-8.
    pub(crate) fn decode_value(column: impl fmt::Display, source: impl Into<BoxError>) -> Self {
        Self::new(Kind::ColumnValue { column: column.to_string().into(), source: source.into() })
    }

    /// A value that cannot be sent as a parameter.
    pub(crate) fn encode(source: impl Into<BoxError>) -> Self {
        Self::new(Kind::Encode(source.into()))
    }

    /// A cursor that no page of the query ended with; `message` says why.
    pub(crate) fn invalid_cursor(message: &'static str) -> Self {
        Self::new(Kind::InvalidCursor(message))
    }

    /// A mistake in how the database was described; `message` says what to do about it.
    pub(crate) fn config(message: impl Into<String>) -> Self {
        Self::new(Kind::Configuration { message: message.into().into(), source: None })
    }

    /// Like [`config`](Error::config), for a mistake that someone else found.
    pub(crate) fn config_from(message: impl Into<String>, source: impl Into<BoxError>) -> Self {
        Self::new(Kind::Configuration { message: message.into().into(), source: Some(source.into()) })
    }

    /// There is no connection to the server.
    pub(crate) fn connection(message: impl Into<String>) -> Self {
        Self::new(Kind::Connection { message: message.into().into(), source: None })
    }

    /// A connection to `address` could not be made. What the server itself said is kept as it is.
    pub(crate) fn connect(address: &str, error: tokio_postgres::Error) -> Self {
        if error.as_db_error().is_some() {
            return Self::new(Kind::Driver(error));
        }
        let message = format!("could not connect to {address}").into();
        Self::new(Kind::Connection { message, source: Some(error.into()) })
    }

    /// The driver failed to run `sql`.
    pub(crate) fn from_pg(error: tokio_postgres::Error, sql: Option<&str>) -> Self {
        let kind = if is_lost(&error) {
            Kind::Connection {
                message: "the connection to the server was lost".into(),
                source: Some(error.into()),
            }
        } else {
            Kind::Driver(error)
        };
        let error = Self::new(kind);
        match sql {
            Some(sql) => error.with_sql(sql),
            None => error,
        }
    }

    /// No connection became free within `waited`.
    pub(crate) fn pool_timeout(waited: Duration, max_size: usize) -> Self {
        Self::new(Kind::PoolTimeout { waited, max_size })
    }

    /// The pool has been closed.
    pub(crate) fn pool_closed() -> Self {
        Self::new(Kind::PoolClosed)
    }

    /// The transaction was aborted by `cause`, whose statement the new error names as its own.
    pub(crate) fn transaction_aborted(cause: Option<&Failure>) -> Self {
        let error = Self::new(Kind::TransactionAborted { cause: cause.map(|c| c.message.clone()) });
        match cause {
            Some(Failure { sql: Some(sql), .. }) => error.with_sql(sql),
            _ => error,
        }
    }

    /// The connection was lost, as `error` says, while a commit was on its way.
    pub(crate) fn commit_unknown(mut error: Error) -> Self {
        let sql = error.0.sql.take();
        Self(Box::new(Inner { kind: Kind::CommitUnknown(error), sql }))
    }

    /// What happened, on one line and without the statement: what [`Display`](std::fmt::Display) starts with.
    pub fn message(&self) -> String {
        self.0.kind.to_string()
    }

    /// What a later error of the same transaction says about this one.
    pub(crate) fn failure(&self) -> Failure {
        Failure { message: self.message().into(), sql: self.0.sql.clone() }
    }
}

/// An error as remembered by the transaction that it aborted.
#[derive(Debug)]
pub(crate) struct Failure {
    message: Box<str>,
    sql: Option<Box<str>>,
}

/// Whether the driver lost the server, rather than disliking what was asked of it (an `InvalidInput`, such as a zero
/// byte in a statement).
fn is_lost(error: &tokio_postgres::Error) -> bool {
    let io = error::Error::source(error).and_then(|e| e.downcast_ref::<io::Error>());
    error.is_closed() || io.is_some_and(|e| e.kind() != io::ErrorKind::InvalidInput)
}
