//! The choice of a server, once a process.

use std::{
    env::{self, VarError},
    ffi::OsStr,
    io::{self, Write},
    sync::OnceLock,
};

use tokio::task;
use tokio_postgres::Config;

#[cfg(all(unix, feature = "embedded"))]
use super::embedded::Embedded;
#[cfg(unix)]
use super::private::{self, PrivateServer};
use super::{
    admin::Admin,
    missing,
    names::{self, DatabaseName},
    session::{Session, Target, Task},
    url,
};
use crate::{DbBuilder, Error, Result};

/// The variable that overrides the order of choice.
const FORCE: &str = "ORM_TESTING";

/// The server that holds this process's databases.
pub(super) struct Server {
    admin: Admin,
    origin: Origin,
}

enum Origin {
    /// The server of `DATABASE_URL`.
    Given(String),
    #[cfg(unix)]
    Private(PrivateServer),
    #[cfg(all(unix, feature = "embedded"))]
    Embedded(Embedded),
}

impl Server {
    /// The server, chosen and started by whoever asks first.
    pub(super) async fn shared() -> Result<&'static Self> {
        // A failure is kept as well, as text: later tests need not wait for it again.
        static SERVER: OnceLock<Result<Server, String>> = OnceLock::new();

        // The lock lets one thread start the server while the others wait, whatever runtimes they belong to.
        let server = match SERVER.get() {
            Some(server) => server,
            None => task::spawn_blocking(|| SERVER.get_or_init(Server::choose))
                .await
                .map_err(|e| Error::config_from("the start of a PostgreSQL server was interrupted", e))?,
        };
        server.as_ref().map_err(|text| Error::config(text.as_str()))
    }

    /// Performs a task.
    pub(super) async fn perform(&self, task: Task) -> Result<()> {
        self.admin.perform(task).await
    }

    /// Has a task performed; `done` is called afterwards, or dropped.
    pub(super) fn submit(&self, task: Task, done: impl FnOnce() + Send + 'static) {
        self.admin.submit(task, |_| done());
    }

    /// Whether databases that nobody removes stay behind.
    pub(super) fn outlives_process(&self) -> bool {
        matches!(self.origin, Origin::Given(_))
    }

    /// The connection string of a database.
    pub(super) fn url(&self, database: DatabaseName) -> String {
        match &self.origin {
            Origin::Given(url) => url::with_database(url, &database.to_string()),
            #[cfg(unix)]
            Origin::Private(server) => server.url(&database.to_string()),
            #[cfg(all(unix, feature = "embedded"))]
            Origin::Embedded(server) => server.url(database),
        }
    }

    /// Fits a pool to what the server can do.
    pub(super) fn fit(&self, pool: DbBuilder) -> DbBuilder {
        match &self.origin {
            #[cfg(all(unix, feature = "embedded"))]
            Origin::Embedded(server) => server.fit(pool),
            _ => pool,
        }
    }

    fn choose() -> Result<Self, String> {
        if forces_embedded(env::var_os(FORCE).as_deref())? {
            return Self::embedded()?.ok_or_else(|| {
                format!(
                    "{FORCE} is `embedded`, which takes the feature `embedded` of `orm`, and a Unix system"
                )
            });
        }
        if let Some(url) = given_url()? {
            return Self::given(url);
        }
        let server = match Self::private()? {
            Some(server) => Some(server),
            None => Self::embedded()?,
        };
        server.ok_or_else(missing::explanation)
    }

    fn given(url: String) -> Result<Self, String> {
        let config = parse(&url, "DATABASE_URL")?;
        announce(&format!("databases {}_* on the server of DATABASE_URL", names::run()));
        let target = Target { config, called: "the server of DATABASE_URL", durable: true };
        let admin = Admin::start(Session::several(&target))?;
        // Should it fail, so does what comes next, and there is somebody to tell.
        admin.submit(Task::Sweep, |_| ());
        Ok(Self { admin, origin: Origin::Given(url) })
    }

    #[cfg(unix)]
    fn private() -> Result<Option<Self>, String> {
        let Some(binaries) = private::find_binaries()? else {
            return Ok(None);
        };
        let server = PrivateServer::start(&binaries)?;
        announce(&format!("a private server in {}, from {}", server.folder().display(), binaries.display()));
        let config = parse(&server.url("postgres"), "the private server's URL")?;
        let target = Target { config, called: "the private server", durable: false };
        Ok(Some(Self { admin: Admin::start(Session::several(&target))?, origin: Origin::Private(server) }))
    }

    #[cfg(not(unix))]
    fn private() -> Result<Option<Self>, String> {
        Ok(None)
    }

    #[cfg(all(unix, feature = "embedded"))]
    fn embedded() -> Result<Option<Self>, String> {
        let server = Embedded::start()?;
        announce(&format!(
            "the embedded server (PGlite) in {}, one connection to each database",
            server.folder().display()
        ));
        Ok(Some(Self { admin: Admin::start(vec![server.instances()])?, origin: Origin::Embedded(server) }))
    }

    #[cfg(not(all(unix, feature = "embedded")))]
    fn embedded() -> Result<Option<Self>, String> {
        Ok(None)
    }
}

/// Whether the embedded server is to be used although there are others.
fn forces_embedded(choice: Option<&OsStr>) -> Result<bool, String> {
    match choice {
        Some(choice) if choice == "embedded" => Ok(true),
        Some(choice) if !choice.is_empty() => {
            Err(format!("{FORCE} is `{}`, but all that can be chosen by it is `embedded`", choice.display()))
        }
        _ => Ok(false),
    }
}

/// `DATABASE_URL`, unless it is empty.
pub(super) fn given_url() -> Result<Option<String>, String> {
    match env::var("DATABASE_URL") {
        Ok(url) => Ok(Some(url).filter(|url| !url.is_empty())),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err("DATABASE_URL cannot be read: it is not UTF-8".into()),
    }
}

fn parse(url: &str, called: &str) -> Result<Config, String> {
    url.parse().map_err(|error| format!("{called} cannot be read: {error}"))
}

/// Says what was chosen. Not by `eprintln!`, which the test harness captures.
fn announce(choice: &str) {
    let _ = writeln!(io::stderr(), "orm::testing: {choice}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_forces_the_embedded_server() {
        let forces = |choice: Option<&str>| forces_embedded(choice.map(OsStr::new));
        assert_eq!(forces(None), Ok(false));
        assert_eq!(forces(Some("")), Ok(false));
        assert_eq!(forces(Some("embedded")), Ok(true));
        assert!(forces(Some("pglite")).unwrap_err().starts_with("ORM_TESTING is `pglite`, "));
    }
}
