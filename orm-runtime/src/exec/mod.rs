//! Running statements: a pool of connections, transactions, and what watches them.
//!
//! `Db` and `Transaction` are the two executors. A terminal [acquires](Executor::acquire) a [`Connection`] from either,
//! once, and runs its statements on that; nothing above this module knows which of the two it was.

mod backoff;
mod bound;
mod builder;
mod cancel;
mod conn;
mod connect;
mod copy;
mod cursor;
mod db;
mod executor;
mod gate;
mod hooks;
mod lease;
mod manager;
mod observe;
mod query_log;
mod raw;
mod retry;
mod rows;
mod running;
mod send;
mod session;
mod statement_cache;
mod transaction;
mod transaction_builder;

pub use backoff::Retry;
pub use builder::DbBuilder;
pub use db::{Db, PoolStatus};
pub(crate) use executor::Acquire;
pub use executor::{Connection, Executor, Runs};
pub use observe::QueryEvent;
pub use query_log::{LoggedQuery, QueryLog};
pub(crate) use rows::Rows;
pub use transaction::Transaction;
pub use transaction_builder::{IsolationLevel, TransactionBuilder};
