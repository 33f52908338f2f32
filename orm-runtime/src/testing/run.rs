//! What `#[orm::test]` expands to.

use std::future::Future;

use tokio::runtime::{self, Runtime};

use super::Database;
use crate::Db;

/// Runs one test with a fresh database, on a runtime of its own with two threads.
///
/// The database is removed afterwards, also when the test panics. `name` is the test's, for messages.
///
/// # Panics
///
/// When the test does, and when it cannot be given a database.
pub fn run<F, Fut, R>(name: &str, test: F) -> R
where
    F: FnOnce(Db) -> Fut,
    Fut: Future<Output = R>,
{
    // Declared first so as to be dropped last: the test's tasks end with the runtime, before their database.
    let database;
    let runtime = start(name);
    database = runtime.block_on(open(name));
    runtime.block_on(test(database.db().clone()))
}

fn start(name: &str) -> Runtime {
    let runtime =
        runtime::Builder::new_multi_thread().worker_threads(2).thread_name(name).enable_all().build();
    runtime.unwrap_or_else(|error| panic!("test `{name}` has no runtime: {error}"))
}

async fn open(name: &str) -> Database {
    Database::create().await.unwrap_or_else(|error| panic!("test `{name}` has no database: {error}"))
}
