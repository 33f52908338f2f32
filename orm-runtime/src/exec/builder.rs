//! How a database handle is set up.

use std::{fmt, sync::Arc, time::Duration};

use deadpool::{
    Runtime,
    managed::{Pool, PoolConfig, QueueMode, Timeouts},
};
use deadpool_postgres::ConfigError;
use tokio::runtime::Handle;
use tokio_postgres::{
    Config, Socket,
    config::SslMode,
    tls::{MakeTlsConnect, TlsConnect},
};

use super::{
    connect::{Connect, Connector, Plain, Server},
    db::Db,
    manager::Manager,
};
use crate::error::{Error, Result};

const WAIT_TIMEOUT: Duration = Duration::from_secs(30);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const STATEMENT_CACHE_SIZE: usize = 128;

/// PostgreSQL's own limit.
const MOST_CONNECTIONS: usize = 262_143;

/// Turns off just-in-time compilation, which costs an ordinary query hundreds of milliseconds at its first use.
const JIT_OFF: &str = "-c jit=off";

/// A [`Db`] about to be connected, made by [`Db::builder`].
#[derive(Clone)]
#[must_use = "nothing is connected before `connect`"]
pub struct DbBuilder {
    url: String,
    max_size: usize,
    wait_timeout: Duration,
    connect_timeout: Option<Duration>,
    statement_cache_size: usize,
    pgbouncer: bool,
    tls: Option<Arc<dyn Connect>>,
}

impl DbBuilder {
    pub(super) fn new(url: &str) -> Self {
        Self {
            url: url.to_owned(),
            max_size: PoolConfig::default().max_size,
            wait_timeout: WAIT_TIMEOUT,
            connect_timeout: None,
            statement_cache_size: STATEMENT_CACHE_SIZE,
            pgbouncer: false,
            tls: None,
        }
    }

    /// Sets how many connections may be open at once. The default is two for each processor.
    pub fn max_size(mut self, connections: usize) -> Self {
        self.max_size = connections;
        self
    }

    /// Sets how long a query waits for a connection while all are in use. The default is 30 seconds.
    pub fn wait_timeout(mut self, timeout: Duration) -> Self {
        self.wait_timeout = timeout;
        self
    }

    /// Sets how long opening a connection may take. The default is the URL's `connect_timeout`, or else 10 seconds.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = Some(timeout);
        self
    }

    /// Sets how many statements each connection keeps prepared; 0 prepares none. The default is 128. A statement over
    /// three tables takes the server about 40 kB.
    pub fn statement_cache_size(mut self, statements: usize) -> Self {
        self.statement_cache_size = statements;
        self
    }

    /// Sets whether the server is a pooler that assigns connections by transaction, such as PgBouncer. No statement is
    /// prepared then, and no start-up option sent: `jit=off` is better set for the database's role.
    pub fn pgbouncer(mut self, pgbouncer: bool) -> Self {
        self.pgbouncer = pgbouncer;
        self
    }

    /// Encrypts connections by a connector of `postgres-native-tls`, `postgres-openssl` or `tokio-postgres-rustls`. The
    /// URL's `sslmode` says whether the server may refuse.
    pub fn tls<T>(mut self, connector: T) -> Self
    where
        T: MakeTlsConnect<Socket> + Clone + Send + Sync + 'static,
        T::Stream: Send + Sync,
        T::TlsConnect: Send + Sync,
        <T::TlsConnect as TlsConnect<Socket>>::Future: Send,
    {
        self.tls = Some(Arc::new(Connector(connector)));
        self
    }

    /// Opens the pool and its first connection.
    ///
    /// # Errors
    ///
    /// A malformed URL, one that asks for TLS where no connector was given, a pool of size 0 or of more connections than a
    /// server can have (262,143), no tokio runtime, a server that cannot be reached, or one that refuses the user.
    pub async fn connect(self) -> Result<Db> {
        if self.max_size == 0 {
            return Err(Error::config("a pool of no connections cannot run anything: `max_size` is 0"));
        }
        if self.max_size > MOST_CONNECTIONS {
            return Err(Error::config(format!(
                "`max_size` is {}, and PostgreSQL serves {MOST_CONNECTIONS} connections at most",
                self.max_size
            )));
        }
        if Handle::try_current().is_err() {
            return Err(Error::config("a pool is opened in a tokio runtime, as by `#[tokio::main]`"));
        }
        let config = self.config()?;
        if config.get_ssl_mode() == SslMode::Require && self.tls.is_none() {
            return Err(Error::config(
                "the URL asks for TLS (sslmode=require): pass a TLS connector to `Db::builder(url).tls(..)`",
            ));
        }
        let timeouts = Timeouts {
            wait: Some(self.wait_timeout),
            create: config.get_connect_timeout().copied(),
            recycle: None,
        };
        // The connection used last has the statements in use prepared.
        let pool_config = PoolConfig { max_size: self.max_size, timeouts, queue_mode: QueueMode::Lifo };
        let manager = Manager {
            server: Arc::new(Server { config, connector: self.tls.unwrap_or_else(|| Arc::new(Plain)) }),
            statement_cache_size: if self.pgbouncer { 0 } else { self.statement_cache_size },
        };
        let pool = Pool::builder(manager).config(pool_config).runtime(Runtime::Tokio1).build();
        let pool = pool.map_err(|e| Error::config_from("the pool could not be built", e))?;
        let db = Db { pool, observer: None };
        drop(db.lease().await?);
        Ok(db)
    }

    /// The URL with the settings that go beyond it.
    fn config(&self) -> Result<Config> {
        let url = deadpool_postgres::Config { url: Some(self.url.clone()), ..Default::default() };
        let mut config = url.get_pg_config().map_err(|e| match e {
            ConfigError::InvalidUrl(e) => Error::config_from("the database URL is malformed", e),
            ConfigError::DbnameMissing | ConfigError::DbnameEmpty => {
                Error::config("the database URL names no database: postgres://user:password@host/database")
            }
        })?;
        let url_timeout = config.get_connect_timeout().copied();
        config.connect_timeout(self.connect_timeout.or(url_timeout).unwrap_or(CONNECT_TIMEOUT));
        if !self.pgbouncer {
            // The last setting of an option holds: the user's own.
            let options = config.get_options().map_or(JIT_OFF.to_owned(), |own| format!("{JIT_OFF} {own}"));
            config.options(options);
        }
        Ok(config)
    }
}

impl fmt::Debug for DbBuilder {
    /// Leaves out the URL, which may hold a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DbBuilder")
            .field("max_size", &self.max_size)
            .field("wait_timeout", &self.wait_timeout)
            .field("connect_timeout", &self.connect_timeout)
            .field("statement_cache_size", &self.statement_cache_size)
            .field("pgbouncer", &self.pgbouncer)
            .field("tls", &self.tls.is_some())
            .finish_non_exhaustive()
    }
}
