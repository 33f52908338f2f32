//! A database with a name of its own.

use std::{fmt, sync::mpsc, time::Duration};

use super::{
    names::DatabaseName,
    server::{self, Server},
    session::Task,
};
use crate::{Db, Error, Result};

/// How long `Drop` waits for a server that does not answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// A database of one's own: made for this value, and removed with it.
///
/// Dropping the value removes the database and disconnects whoever uses it, also when a test panics. On the
/// server of `DATABASE_URL` this blocks the thread until it is done; what a killed process leaves there is
/// removed by the next one.
pub struct Database {
    db: Db,
    url: String,
    removal: Removal,
}

impl Database {
    /// Makes an empty database, and connects to it.
    ///
    /// The first call in a process chooses the server, and starts it if it is a private one.
    ///
    /// # Errors
    ///
    /// When no server can be had: the error names every way to provide one. When `DATABASE_URL` cannot be
    /// connected to, or its role may not create databases.
    pub async fn create() -> Result<Self> {
        Self::make(None).await
    }

    /// Makes a copy of another database, with its tables and rows, and connects to the copy.
    ///
    /// PostgreSQL copies only a database that nobody is connected to, so all connections to the template are
    /// ended first: do this when its statements are done. Its pool connects again when it is next used.
    ///
    /// # Errors
    ///
    /// As [`create`](Database::create), and when somebody connects to the template in the meantime.
    pub async fn clone_of(template: &Database) -> Result<Self> {
        Self::make(Some(template.removal.name)).await
    }

    /// The pool of connections to the database.
    pub fn db(&self) -> &Db {
        &self.db
    }

    /// The connection string of the database, for other clients.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Removes the database, and waits until it is gone.
    ///
    /// # Errors
    ///
    /// When the server does not remove it; dropping the value would hide that.
    pub async fn drop(self) -> Result<()> {
        self.db.close();
        self.removal.perform().await
    }

    async fn make(template: Option<DatabaseName>) -> Result<Self> {
        let server = Server::shared().await?;
        let name = DatabaseName::next();
        // Owed before the database is there: if this future is dropped meanwhile, the database goes as well.
        let removal = Removal { name, server, owed: true };
        server.perform(Task::Create { name, template }).await?;
        let url = server.url(name);
        Ok(Self { db: server.fit(Db::builder(&url)).connect().await?, url, removal })
    }

    /// Leaves the database in place for as long as there is its server.
    fn keep(mut self) -> Db {
        self.removal.owed = false;
        self.db
    }
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Without the URL, which may hold a password.
        f.debug_tuple("Database").field(&format_args!("{}", self.removal.name)).finish()
    }
}

/// Connects to the database that `DATABASE_URL` names, or if that is not set, to a fresh one on a server of this
/// process's own, which lasts as long as the process.
///
/// # Errors
///
/// When the database cannot be connected to, and when no server can be had: the error names every way to
/// provide one.
pub async fn from_env() -> Result<Db> {
    match server::given_url().map_err(Error::config)? {
        Some(url) => Db::connect(&url).await,
        None => Ok(Database::create().await?.keep()),
    }
}

/// The removal of a database, while it is owed to the server.
struct Removal {
    name: DatabaseName,
    server: &'static Server,
    owed: bool,
}

impl Removal {
    async fn perform(mut self) -> Result<()> {
        self.owed = false;
        self.server.perform(Task::Drop { name: self.name }).await
    }
}

impl Drop for Removal {
    fn drop(&mut self) {
        if !self.owed {
            return;
        }
        let (done, wait) = mpsc::channel::<()>();
        self.server.submit(Task::Drop { name: self.name }, move || drop(done));
        // A private server takes what is left with it. From others, it must be gone before the process is.
        if self.server.outlives_process() {
            let _ = wait.recv_timeout(PATIENCE);
        }
    }
}
