//! SQL text and parameters against literal strings, without a server.

mod arithmetic;
mod conditions;
mod exists;
mod joins;
mod paging;
mod tables;

const AUTHORS: &str = r#"SELECT t0."id", t0."name", t0."born" FROM "authors" t0"#;
const BOOKS: &str = r#"SELECT t0."id", t0."author_id", t0."title", t0."year", t0."rating" FROM "books" t0"#;
const CATEGORIES: &str = r#"SELECT t0."id", t0."name", t0."parent_id" FROM "categories" t0"#;

/// Asserts the text of queries after what they select, and their parameters.
macro_rules! assert_after {
    ($prefix:expr, $($query:expr => $expected:literal;)*) => {$(
        let sql = $query.to_sql().to_string();
        let after = sql.strip_prefix($prefix).unwrap_or_else(|| panic!("{sql}")).trim_start();
        assert_eq!(after, $expected, "{}", stringify!($query));
    )*};
}
use assert_after;
