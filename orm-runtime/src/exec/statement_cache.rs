//! The prepared statements of one connection.

use std::{
    collections::HashSet,
    hash::BuildHasher,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use foldhash::quality::RandomState;
use lru::LruCache;
use tokio_postgres::Statement;

use crate::schema::Table;

/// How many texts are remembered as seen once, for each one that may be prepared.
const SEEN_PER_STATEMENT: usize = 4;

/// Prepared statements by text, least recently used out first.
///
/// A text is admitted when it is seen for the second time, so that one-off statements (and pages, whose `LIMIT` and
/// `OFFSET` are literals) neither cost a prepare nor push out what is used often. What was seen once is remembered by
/// hash, in bounded space: mistaking one text for another costs a prepare and nothing else.
pub(super) struct StatementCache<S = Statement> {
    capacity: usize,
    hasher: RandomState,
    entries: Mutex<Entries<S>>,
}

struct Entries<S> {
    prepared: LruCache<Arc<str>, S, RandomState>,
    seen_once: LruCache<u64, (), RandomState>,
    /// The tables of statements that were prepared, by address.
    tables: HashSet<usize, RandomState>,
}

fn address(table: &'static Table) -> usize {
    std::ptr::from_ref(table).addr()
}

/// What the cache knows about a text.
#[derive(Debug, PartialEq)]
pub(super) enum Lookup<S> {
    /// It is prepared.
    Prepared(S),
    /// It was seen before: preparing it will pay.
    Recurring,
    /// It is new, or nothing is to be prepared.
    New,
}

impl<S: Clone> StatementCache<S> {
    /// A cache of at most `capacity` statements; one of 0 keeps none and admits none.
    pub(super) fn new(capacity: usize) -> Self {
        let entries = Entries {
            prepared: LruCache::unbounded_with_hasher(RandomState::default()),
            seen_once: LruCache::unbounded_with_hasher(RandomState::default()),
            tables: HashSet::default(),
        };
        Self { capacity, hasher: RandomState::default(), entries: Mutex::new(entries) }
    }

    /// Whether statements may be prepared at all.
    pub(super) fn is_enabled(&self) -> bool {
        self.capacity > 0
    }

    /// Whether the driver has met the types of all columns of these tables.
    pub(super) fn knows(&self, tables: &[&'static Table]) -> bool {
        let entries = self.entries();
        tables.iter().all(|table| entries.tables.contains(&address(table)))
    }

    /// Remembers that a statement on these tables was prepared.
    pub(super) fn learn(&self, tables: &[&'static Table]) {
        self.entries().tables.extend(tables.iter().map(|table| address(table)));
    }

    /// Looks a text up and remembers that it was seen.
    pub(super) fn lookup(&self, sql: &str) -> Lookup<S> {
        if !self.is_enabled() {
            return Lookup::New;
        }
        let mut entries = self.entries();
        if let Some(statement) = entries.prepared.get(sql) {
            return Lookup::Prepared(statement.clone());
        }
        if entries.seen_once.put(self.hasher.hash_one(sql), ()).is_some() {
            return Lookup::Recurring;
        }
        if entries.seen_once.len() > self.capacity.saturating_mul(SEEN_PER_STATEMENT) {
            entries.seen_once.pop_lru();
        }
        Lookup::New
    }

    /// Keeps a prepared statement and lets go of the one used longest ago, if there are too many.
    pub(super) fn insert(&self, sql: &str, statement: S) {
        if !self.is_enabled() {
            return;
        }
        let mut entries = self.entries();
        let replaced = entries.prepared.put(sql.into(), statement);
        let evicted = if entries.prepared.len() > self.capacity { entries.prepared.pop_lru() } else { None };
        // Dropping a statement writes to the connection: not under the lock.
        drop(entries);
        drop((replaced, evicted));
    }

    /// Lets go of the statement of this text, because the server no longer accepts it.
    pub(super) fn remove(&self, sql: &str) {
        let removed = self.entries().prepared.pop(sql);
        drop(removed);
    }

    fn entries(&self) -> MutexGuard<'_, Entries<S>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_admitted_at_second_sight() {
        let cache = StatementCache::new(2);
        assert_eq!(cache.lookup("a"), Lookup::New);
        assert_eq!(cache.lookup("a"), Lookup::Recurring);
        cache.insert("a", 1);
        assert_eq!(cache.lookup("a"), Lookup::Prepared(1));
        cache.remove("a");
        assert_eq!(cache.lookup("a"), Lookup::Recurring);
    }

    #[test]
    fn the_least_recently_used_goes_first() {
        let cache = StatementCache::new(2);
        cache.insert("a", 1);
        cache.insert("b", 2);
        assert_eq!(cache.lookup("a"), Lookup::Prepared(1));
        cache.insert("c", 3);
        assert_eq!(cache.lookup("a"), Lookup::Prepared(1));
        assert_eq!(cache.lookup("b"), Lookup::New);
        assert_eq!(cache.lookup("c"), Lookup::Prepared(3));
    }

    #[test]
    fn the_memory_of_what_was_seen_is_bounded() {
        let cache = StatementCache::<()>::new(1);
        for n in 0..=SEEN_PER_STATEMENT {
            assert_eq!(cache.lookup(&n.to_string()), Lookup::New);
        }
        assert_eq!(cache.lookup("0"), Lookup::New, "pushed out by the later texts");
        assert_eq!(cache.entries().seen_once.len(), SEEN_PER_STATEMENT);
    }

    #[test]
    fn a_cache_of_nothing_admits_nothing() {
        let cache = StatementCache::new(0);
        cache.insert("a", 1);
        assert_eq!(cache.lookup("a"), Lookup::New);
        assert_eq!(cache.lookup("a"), Lookup::New);
    }
}
