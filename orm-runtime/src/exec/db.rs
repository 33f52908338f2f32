//! The database handle.

use std::{env, fmt, sync::Arc, time::Duration};

use deadpool::managed::{Pool, PoolError, TimeoutType, Timeouts};

use super::{
    builder::DbBuilder,
    lease::Lease,
    manager::Manager,
    observe::{Observer, QueryEvent},
    query_log::QueryLog,
};
use crate::error::{Error, Result};

/// How many connections a [`Db`] has, and how many are free.
pub use deadpool::Status as PoolStatus;

/// A database: a pool of connections, and optionally someone who watches the queries.
///
/// Clones are cheap and share the pool. A query given `&db` takes a connection for as long as it runs.
///
/// A future may be dropped at any time: what it left running is cancelled, what it left open is rolled back, and only
/// then is the connection used again. Settings made by `SET`, temporary tables and advisory locks of a session stay on
/// its connection; make them in a transaction (`SET LOCAL`, `ON COMMIT DROP`, `pg_advisory_xact_lock`).
#[derive(Clone)]
pub struct Db {
    pub(super) pool: Pool<Manager>,
    pub(super) observer: Option<Observer>,
}

impl Db {
    /// Connects to the database that a URL names: `postgres://user:password@host:5432/database`. Opens one connection
    /// and keeps it, so that a mistake shows here. [`builder`](Db::builder) sets more.
    ///
    /// # Errors
    ///
    /// A malformed URL, a server that cannot be reached, or one that refuses the user.
    pub async fn connect(url: &str) -> Result<Self> {
        Self::builder(url).connect().await
    }

    /// Settles the size of the pool, timeouts, TLS and more before connecting to a URL.
    pub fn builder(url: &str) -> DbBuilder {
        DbBuilder::new(url)
    }

    /// Connects to the database that the environment variable `DATABASE_URL` names, and to exactly that one. If it is
    /// not set, or empty, and the `testing` feature is on, the database is one of a private server that ends with the process.
    ///
    /// # Errors
    ///
    /// Those of [`connect`](Db::connect), and `DATABASE_URL` being unset without the `testing` feature.
    pub async fn from_env() -> Result<Self> {
        match env::var("DATABASE_URL") {
            Ok(url) if !url.is_empty() => Self::connect(&url).await,
            Ok(_) | Err(env::VarError::NotPresent) => without_database_url().await,
            Err(e) => Err(Error::config_from("DATABASE_URL cannot be read", e)),
        }
    }

    /// The size of the pool and how much of it is in use.
    pub fn status(&self) -> PoolStatus {
        self.pool.status()
    }

    /// Closes the pool, for all clones of this handle: idle connections are closed at once, those in use when they are
    /// no longer, and whoever asks for one from now on gets an error.
    pub fn close(&self) {
        self.pool.close();
    }

    /// Runs a script by the simple protocol: any number of statements separated by semicolons, no parameters. Outside an
    /// explicit `BEGIN` they form one transaction.
    ///
    /// A transaction that the script leaves open is rolled back.
    ///
    /// # Errors
    ///
    /// That of the first statement that fails; none after it is run.
    pub async fn batch_execute(&self, sql: &str) -> Result<()> {
        let lease = self.lease().await?;
        if may_open_transaction(sql) {
            lease.transaction_opening();
        }
        lease.batch(sql, self.observer.as_ref()).await
    }

    /// A handle on the same pool that reports every statement run through it, and through transactions begun on it, to
    /// `observer` when the server has finished it. A statement whose future was dropped is not reported. Observers of
    /// the present handle are told as well.
    pub fn on_query(&self, observer: impl Fn(&QueryEvent<'_>) + Send + Sync + 'static) -> Self {
        let observer: Observer = match self.observer.clone() {
            Some(earlier) => Arc::new(move |event| {
                earlier(event);
                observer(event);
            }),
            None => Arc::new(observer),
        };
        Self { pool: self.pool.clone(), observer: Some(observer) }
    }

    /// A handle on the same pool, with a record of the statements run through it.
    ///
    /// `log.count()` is the number of statements; printing the log shows them.
    pub fn logged(&self) -> (Self, QueryLog) {
        let log = QueryLog::default();
        let record = log.clone();
        (self.on_query(move |event| record.record(event)), log)
    }

    /// Takes a connection from the pool.
    pub(super) async fn lease(&self) -> Result<Lease> {
        // A connection that is free needs no timer, which is set up before it is known whether there is one.
        let at_once = Timeouts { wait: Some(Duration::ZERO), ..self.pool.timeouts() };
        let got = match self.pool.timeout_get(&at_once).await {
            Err(PoolError::Timeout(TimeoutType::Wait)) => Box::pin(self.pool.get()).await,
            got => got,
        };
        got.map(Lease::from).map_err(|error| self.pool_error(error))
    }

    fn pool_error(&self, error: PoolError<Error>) -> Error {
        let timeouts = self.pool.timeouts();
        match error {
            PoolError::Backend(error) => error,
            PoolError::Closed => Error::pool_closed(),
            PoolError::Timeout(TimeoutType::Wait) => {
                Error::pool_timeout(timeouts.wait.unwrap_or_default(), self.pool.status().max_size)
            }
            PoolError::Timeout(TimeoutType::Create | TimeoutType::Recycle) => {
                let address = self.pool.manager().address();
                let limit = timeouts.create.unwrap_or_default();
                Error::connection(format!("could not connect to {address} within {limit:?}"))
            }
            PoolError::NoRuntimeSpecified => Error::config("the pool was built without a runtime"),
            PoolError::PostCreateHook(e) => Error::config(e.to_string()),
        }
    }
}

/// Where a database comes from when `DATABASE_URL` names none.
#[cfg(feature = "testing")]
async fn without_database_url() -> Result<Db> {
    crate::testing::from_env().await
}

/// Where a database comes from when `DATABASE_URL` names none.
#[cfg(not(feature = "testing"))]
async fn without_database_url() -> Result<Db> {
    Err(Error::config(
        "DATABASE_URL is not set: set it to postgres://user:password@host/database, \
         or enable the `testing` feature of `orm` for a private server",
    ))
}

/// Whether a script may leave a transaction open, which the driver does not tell. Being wrong costs a `ROLLBACK`.
pub(super) fn may_open_transaction(script: &str) -> bool {
    let mut words = script.split(|c: char| !c.is_ascii_alphabetic());
    words.any(|w| w.eq_ignore_ascii_case("begin") || w.eq_ignore_ascii_case("start"))
}

impl fmt::Debug for Db {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Db").field("status", &self.status()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::may_open_transaction;

    #[test]
    fn scripts_that_may_open_a_transaction() {
        assert!(may_open_transaction("begin; UPDATE t SET a = 1"));
        assert!(may_open_transaction("START TRANSACTION READ ONLY"));
        assert!(!may_open_transaction("CREATE TABLE beginning (started_at date)"));
    }
}
