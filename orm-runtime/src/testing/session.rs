//! The statements that make and remove databases.

use std::time::Duration;

use tokio_postgres::{Client, Config, NoTls, SimpleQueryMessage, error::SqlState};

use super::{
    admin::Performer,
    names::{self, DatabaseName},
};
use crate::{Error, Result};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// How many work on a server at once. More were hardly faster.
const SESSIONS: usize = 4;

/// What is to be done on a server.
pub(super) enum Task {
    /// Makes a database: an empty one, or a clone.
    Create { name: DatabaseName, template: Option<DatabaseName> },
    /// Removes a database, and disconnects whoever uses it.
    Drop { name: DatabaseName },
    /// Removes the databases of processes that ended without doing so.
    Sweep,
}

/// A server on which databases are made.
#[derive(Clone)]
pub(super) struct Target {
    pub(super) config: Config,
    /// What errors call it.
    pub(super) called: &'static str,
    /// Whether it waits for its files to reach the disk.
    pub(super) durable: bool,
}

/// A connection that is made when it is first needed, and again when it was lost.
pub(super) struct Session {
    target: Target,
    connected: Option<Connected>,
}

struct Connected {
    client: Client,
    /// What `CREATE DATABASE` ends with.
    strategy: &'static str,
}

impl Session {
    /// Sessions that connect when there is something to do.
    pub(super) fn several(target: &Target) -> Vec<Self> {
        (0..SESSIONS).map(|_| Self::new(target.clone())).collect()
    }

    fn new(mut target: Target) -> Self {
        // Whoever sweeps sees by this name that the process is still there.
        target.config.application_name(names::run());
        if target.config.get_connect_timeout().is_none() {
            target.config.connect_timeout(CONNECT_TIMEOUT);
        }
        Self { target, connected: None }
    }
}

impl Performer for Session {
    async fn perform(&mut self, task: Task) -> Result<()> {
        let connected = match self.connected.take() {
            Some(connected) if !connected.client.is_closed() => connected,
            _ => Connected::open(&self.target).await?,
        };
        self.connected.insert(connected).perform(task).await
    }
}

impl Connected {
    async fn open(target: &Target) -> Result<Self> {
        let connected = target.config.connect(NoTls).await;
        let (client, connection) = connected.map_err(|e| Error::connect(target.called, e))?;
        let version = connection.parameter("server_version").map_or(0, major);
        tokio::spawn(connection);
        // File by file is the fastest way where nothing is synced; elsewhere the server knows better.
        let strategy = if !target.durable && version >= 15 { " STRATEGY file_copy" } else { "" };
        Ok(Self { client, strategy })
    }

    async fn perform(&self, task: Task) -> Result<()> {
        match task {
            // Not from `template1`: somebody may be connected to that.
            Task::Create { name, template: None } => self.create(name, "template0").await,
            Task::Create { name, template: Some(template) } => {
                self.disconnect_users(template).await?;
                self.create(name, &template.to_string()).await
            }
            Task::Drop { name } => {
                self.execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await
            }
            Task::Sweep => self.sweep().await,
        }
    }

    async fn create(&self, name: DatabaseName, template: &str) -> Result<()> {
        let sql = format!("CREATE DATABASE {name} TEMPLATE {template}{}", self.strategy);
        self.client.batch_execute(&sql).await.map_err(|e| match e.code() {
            Some(&SqlState::INSUFFICIENT_PRIVILEGE) => Error::config_from(
                "the role of DATABASE_URL needs the right to create databases (CREATEDB)",
                e,
            ),
            _ => Error::from_pg(e, Some(&sql)),
        })
    }

    /// Ends what connections it may, because PostgreSQL copies only a database that nobody is connected to.
    async fn disconnect_users(&self, database: DatabaseName) -> Result<()> {
        let sql = format!(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
             WHERE datname = '{database}' AND usename = current_user AND backend_type = 'client backend'"
        );
        self.execute(&sql).await
    }

    async fn sweep(&self) -> Result<()> {
        let pattern = names::DATABASE_PATTERN;
        let sql = format!(
            "SELECT datname FROM pg_database \
             WHERE datname ~ '{pattern}' AND pg_get_userbyid(datdba) = current_user \
             AND NOT EXISTS (SELECT FROM pg_stat_activity \
                             WHERE application_name = substring(datname::text, '{pattern}'))"
        );
        let found = self.client.simple_query(&sql).await.map_err(|e| Error::from_pg(e, Some(&sql)))?;
        for message in found {
            if let SimpleQueryMessage::Row(row) = message
                && let Some(name) = row.get(0)
            {
                // Somebody may be looking at it, or sweep at the same time.
                let _ = self.execute(&format!("DROP DATABASE IF EXISTS {name}")).await;
            }
        }
        Ok(())
    }

    async fn execute(&self, sql: &str) -> Result<()> {
        self.client.batch_execute(sql).await.map_err(|e| Error::from_pg(e, Some(sql)))
    }
}

/// The first number of a version, as in `18.1 (Debian 18.1-1)` or `19beta2`.
fn major(version: &str) -> u32 {
    let end = version.find(|c: char| !c.is_ascii_digit()).unwrap_or(version.len());
    version[..end].parse().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn major_versions() {
        assert_eq!(major("15.18 (Debian 15.18-0+deb12u1)"), 15);
        assert_eq!(major("19beta2"), 19);
        assert_eq!(major("18"), 18);
        assert_eq!(major("unknown"), 0);
    }
}
