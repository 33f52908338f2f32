//! A fresh PostgreSQL database for each test and each example, with nothing to set up.
//!
//! Databases are made on the first of these servers that is there:
//!
//! 1. The server of `DATABASE_URL`. Only databases with names of our own (`orm_test_...`) are made and removed
//!    there; the one that the URL names is never touched.
//! 2. A private server, started from the PostgreSQL installed on this machine: the binaries in `PG_BIN_DIR`, in
//!    `PATH`, where `pg_config --bindir` says, or in the usual folders. It listens on a Unix socket in a folder
//!    of its own, works for root too, and serves all tests of the process. It is gone when the process is,
//!    however that ends.
//! 3. With the feature `embedded`, on Unix: PGlite, a PostgreSQL within the process, for machines on which nothing is
//!    installed.
//!
//! Standard error says, once a process, which one was chosen. Without any, the error tells what to do.
//! `ORM_TESTING=embedded` chooses PGlite although there are others.
//!
//! `cargo nextest` runs each test in a process of its own, hence with a private server of its own, which takes
//! most of a second to start: with many tests, give it a `DATABASE_URL`.
//!
//! # PGlite
//!
//! Enough for most tests and examples, but not all that a server is:
//!
//! - A database takes one connection at a time, so its pool has one. Whatever needs two at once fails with the error of
//!   a pool in which no connection becomes free; another client is refused.
//! - Statements are not interrupted, neither by `statement_timeout` nor by dropping a future: what runs is waited for.
//! - There are no extensions, `pg_stat_statements` among them, and values of the types `inet` and `cidr` are refused.
//!
//! It is PostgreSQL 17 in WebAssembly, for Linux and for macOS on ARM. Building it takes minutes. It unpacks itself, about
//! 100 MB, into the folder for caches of the user, once; the databases, 20 MB each, go with the process.
//!
//! # Templates
//!
//! Tables and rows that many tests need are made once, in a database that each test clones. A clone takes
//! little longer than an empty database:
//!
//! ```no_run
//! # use orm_runtime::testing::Database;
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let template = Database::create().await?;
//! template.db().batch_execute("CREATE TABLE users (id bigint PRIMARY KEY)").await?;
//!
//! let database = Database::clone_of(&template).await?;
//! database.db().batch_execute("INSERT INTO users VALUES (1)").await?;
//! # Ok(())
//! # }
//! ```

mod admin;
mod database;
#[cfg(all(unix, feature = "embedded"))]
mod embedded;
mod missing;
mod names;
#[cfg(unix)]
mod private;
mod run;
mod server;
mod session;
mod url;

pub use database::{Database, from_env};
pub use run::run;
