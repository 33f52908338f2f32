//! How the pool opens connections and takes them back.

use std::sync::Arc;

use deadpool::managed::{self, Metrics, RecycleError, RecycleResult};
use tokio_postgres::config::Host;

use super::{conn::Conn, connect::Server};
use crate::error::{Error, Result};

/// deadpool's manager. The one of `deadpool-postgres` is not used because it can neither bound its statement cache nor
/// recover a connection from a dropped future.
pub(super) struct Manager {
    pub(super) server: Arc<Server>,
    pub(super) statement_cache_size: usize,
}

impl managed::Manager for Manager {
    type Type = Arc<Conn>;
    type Error = Error;

    async fn create(&self) -> Result<Arc<Conn>> {
        // Boxed, as all that is seldom awaited on the way of a query: its future would be as large as the largest.
        let connected = Box::pin(self.server.connect()).await;
        let (client, driver) = connected.map_err(|e| Error::connect(&self.address(), e))?;
        Ok(Arc::new(Conn::new(client, driver, Arc::clone(&self.server), self.statement_cache_size)))
    }

    async fn recycle(&self, conn: &mut Arc<Conn>, _: &Metrics) -> RecycleResult<Error> {
        if conn.is_unusable() {
            return Err(RecycleError::message("the connection is closed or broken"));
        }
        if conn.is_dirty() {
            Box::pin(conn.clean()).await.map_err(RecycleError::Backend)?;
        }
        Ok(())
    }
}

impl Manager {
    /// Where the server is looked for, as said in errors.
    pub(super) fn address(&self) -> String {
        let ports = self.server.config.get_ports();
        let port = |n: usize| ports.get(n).or(ports.first()).copied().unwrap_or(5432);
        let hosts = self.server.config.get_hosts().iter().enumerate().map(|(n, host)| match host {
            // What stands before an `@` is a part of a password that was not encoded.
            Host::Tcp(name) => format!("`{}:{}`", name.rsplit('@').next().unwrap_or(name), port(n)),
            #[cfg(unix)]
            Host::Unix(path) => format!("`{}/.s.PGSQL.{}`", path.display(), port(n)),
        });
        hosts.collect::<Vec<_>>().join(" or ")
    }
}
