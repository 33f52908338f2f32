//! Names that no other process uses.

use std::{
    fmt,
    hash::{BuildHasher, RandomState},
    process,
    sync::{
        LazyLock,
        atomic::{AtomicUsize, Ordering},
    },
};

/// The names of the databases of all processes, as a regular expression of PostgreSQL's.
pub(super) const DATABASE_PATTERN: &str = "^(orm_test_[0-9a-f]{12})_[0-9]+$";

/// The start of the names of this process's databases, and the name of its connections.
pub(super) fn run() -> &'static str {
    static RUN: LazyLock<String> = LazyLock::new(|| format!("orm_test_{}", unique()));
    &RUN
}

/// The name of a database of this process. It needs no quotes in SQL and no escapes in a URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct DatabaseName(usize);

impl DatabaseName {
    /// A name not used before.
    pub(super) fn next() -> DatabaseName {
        static NEXT: AtomicUsize = AtomicUsize::new(1);
        DatabaseName(NEXT.fetch_add(1, Ordering::Relaxed))
    }

    /// Counts the names of this process.
    pub(super) fn number(self) -> usize {
        self.0
    }
}

impl fmt::Display for DatabaseName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_{}", run(), self.0)
    }
}

/// Twelve random hexadecimal digits.
pub(super) fn unique() -> String {
    // The seeds of `RandomState` are the one source of random bits in the standard library.
    let bits = RandomState::new().hash_one(process::id());
    format!("{:012x}", bits >> 16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn database_names_differ_and_need_no_quotes() {
        let (one, two) = (DatabaseName::next(), DatabaseName::next());
        assert_ne!(one, two);
        let one = one.to_string();
        let rest = one.strip_prefix("orm_test_").unwrap();
        let (digits, number) = rest.split_once('_').unwrap();
        assert!(digits.len() == 12 && digits.chars().all(|c| matches!(c, '0'..='9' | 'a'..='f')), "{one}");
        assert!(number.parse::<usize>().is_ok(), "{one}");
    }

    #[test]
    fn unique_digits_differ() {
        assert_ne!(unique(), unique());
    }
}
