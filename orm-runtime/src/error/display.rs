//! How an error reads.

use std::{error, fmt, iter};

use tokio_postgres::error::DbError;

use super::{Error, kind::Kind};

/// Where a statement's text is cut: enough to recognise it by.
const SQL_LIMIT: usize = 1000;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.kind.fmt(f)?;
        match &self.0.sql {
            Some(sql) => write!(f, "\n  in: {}", Shortened(sql)),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Kind::NotFound { model } => write!(f, "no {model} matches the query"),
            Kind::MultipleRows { model } => write!(f, "more than one {model} matches the query"),
            Kind::Driver(e) => match e.as_db_error() {
                Some(e) => write_db_error(f, e),
                None => write_chain(f, e),
            },
            Kind::Connection { message, source } | Kind::Configuration { message, source } => {
                f.write_str(message)?;
                match source {
                    Some(source) => {
                        f.write_str(": ")?;
                        write_chain(f, &**source)
                    }
                    None => Ok(()),
                }
            }
            Kind::PoolTimeout { waited, max_size } => write!(
                f,
                "no connection became free within {waited:?}: all {max_size} of the pool are in use \
                 (a query on the pool inside a transaction needs a second one)"
            ),
            Kind::PoolClosed => f.write_str("the pool is closed"),
            Kind::TransactionAborted { cause: Some(cause) } => {
                write!(f, "the transaction was aborted by an earlier error: {cause}")
            }
            Kind::TransactionAborted { cause: None } => {
                f.write_str("the transaction was aborted by an earlier error")
            }
            Kind::CommitUnknown(e) => {
                write!(
                    f,
                    "the connection was lost during the commit, which may or may not have taken place: {e}"
                )
            }
            Kind::ColumnType { column, expected, found } => {
                write!(f, "cannot read column `{column}` as {expected}: its type is {found}")
            }
            Kind::ColumnValue { column, source } => {
                write!(f, "cannot read column `{column}`: ")?;
                write_chain(f, &**source)
            }
            Kind::InvalidCursor(message) => f.write_str(message),
            Kind::Encode(source) => write_chain(f, &**source),
        }
    }
}

/// The server's message; with the constraint, where the message (in whatever language) does not name it.
fn write_db_error(f: &mut fmt::Formatter<'_>, error: &DbError) -> fmt::Result {
    f.write_str(error.message())?;
    match error.constraint() {
        Some(name) if !error.message().contains(name) => write!(f, " (constraint {name})"),
        _ => Ok(()),
    }
}

/// An error with its causes, since the driver's own text ("error connecting to server") leaves the reason to them.
fn write_chain(f: &mut fmt::Formatter<'_>, error: &(dyn error::Error + 'static)) -> fmt::Result {
    write!(f, "{error}")?;
    iter::successors(error.source(), |e| e.source()).try_for_each(|e| write!(f, ": {e}"))
}

struct Shortened<'a>(&'a str);

impl fmt::Display for Shortened<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.char_indices().nth(SQL_LIMIT) {
            Some((end, _)) => write!(f, "{} .. ({} bytes)", &self.0[..end], self.0.len()),
            None => f.write_str(self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn the_statement_has_a_line_of_its_own() {
        let error = Error::not_found("User", "SELECT 1");
        assert_eq!(error.to_string(), "no User matches the query\n  in: SELECT 1");
        assert_eq!(error.sql(), Some("SELECT 1"));
        assert!(error.is_not_found() && !error.is_multiple_rows());
    }

    #[test]
    fn debug_is_for_readers_too_and_shows_the_parts_when_asked() {
        let error = Error::not_found("User", "SELECT 1");
        assert_eq!(format!("{error:?}"), error.to_string());
        assert!(format!("{error:#?}").contains("NotFound"));
    }

    #[test]
    fn the_first_statement_named_is_kept() {
        let error = Error::multiple_rows("User", "SELECT 1").with_sql("SELECT 2");
        assert_eq!(error.sql(), Some("SELECT 1"));
    }

    #[test]
    fn a_long_statement_is_cut_between_characters() {
        let text = Error::config("x").with_sql(&"é".repeat(1500)).to_string();
        assert!(text.ends_with("é .. (3000 bytes)"), "{text}");
        assert_eq!(text.matches('é').count(), SQL_LIMIT);
    }

    #[test]
    fn causes_are_part_of_the_line() {
        let error = Error::decode_value("total", "numeric out of range");
        assert_eq!(error.to_string(), "cannot read column `total`: numeric out of range");
        assert!(error.is_decode() && error::Error::source(&error).is_some());
        let error = Error::decode("total", "f64", "text");
        assert_eq!(error.to_string(), "cannot read column `total` as f64: its type is text");
        assert!(error.is_decode());
    }

    #[test]
    fn an_aborted_transaction_names_its_cause() {
        let cause = Error::config("division by zero").with_sql("SELECT 1/0").failure();
        let error = Error::transaction_aborted(Some(&cause)).with_sql("COMMIT");
        assert!(error.is_transaction_aborted());
        assert_eq!(
            error.to_string(),
            "the transaction was aborted by an earlier error: division by zero\n  in: SELECT 1/0"
        );
    }

    #[test]
    fn a_lost_commit_is_not_a_connection_error() {
        let error = Error::commit_unknown(Error::connection("gone"));
        assert!(error.is_commit_unknown() && !error.is_connection());
        assert!(Error::connection("gone").is_connection());
        assert!(Error::pool_timeout(Duration::from_secs(30), 4).is_pool_timeout());
    }
}
