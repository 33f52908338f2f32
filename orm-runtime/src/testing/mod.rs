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
//!
//! Standard error says, once a process, which one was chosen. Without any, the error tells what to do.
//!
//! `cargo nextest` runs each test in a process of its own, hence with a private server of its own, which takes
//! most of a second to start: with many tests, give it a `DATABASE_URL`.
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
