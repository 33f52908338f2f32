//! The pool of connections and their prepared statements.

mod concurrency;
mod connecting;
mod killed;
mod schema_changes;
mod statements;
