//! The choice of a server, once a process.

use std::{
    env::{self, VarError},
    io::{self, Write},
    sync::OnceLock,
};

use tokio::task;
use tokio_postgres::Config;

#[cfg(unix)]
use super::private::{self, PrivateServer};
use super::{
    admin::Admin,
    missing,
    names::{self, DatabaseName},
    session::{Target, Task},
    url,
};
use crate::{Error, Result};

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
        let database = database.to_string();
        match &self.origin {
            Origin::Given(url) => url::with_database(url, &database),
            #[cfg(unix)]
            Origin::Private(server) => server.url(&database),
        }
    }

    fn choose() -> Result<Self, String> {
        match given_url()? {
            Some(url) => Self::given(url),
            None => Self::private(),
        }
    }

    fn given(url: String) -> Result<Self, String> {
        let config = parse(&url, "DATABASE_URL")?;
        announce(&format!(
            "databases {}_* on the server of DATABASE_URL",
            names::run()
        ));
        let target = Target {
            config,
            called: "the server of DATABASE_URL",
            durable: true,
        };
        let admin = Admin::start(target)?;
        // Should it fail, so does what comes next, and there is somebody to tell.
        admin.submit(Task::Sweep, |_| ());
        Ok(Self {
            admin,
            origin: Origin::Given(url),
        })
    }

    #[cfg(unix)]
    fn private() -> Result<Self, String> {
        let Some(binaries) = private::find_binaries()? else {
            return Err(missing::explanation());
        };
        let server = PrivateServer::start(&binaries)?;
        announce(&format!(
            "a private server in {}, from {}",
            server.folder().display(),
            binaries.display()
        ));
        let config = parse(&server.url("postgres"), "the private server's URL")?;
        let admin = Admin::start(Target {
            config,
            called: "the private server",
            durable: false,
        })?;
        Ok(Self {
            admin,
            origin: Origin::Private(server),
        })
    }

    #[cfg(not(unix))]
    fn private() -> Result<Self, String> {
        Err(missing::explanation())
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
    url.parse()
        .map_err(|error| format!("{called} cannot be read: {error}"))
}

/// Says what was chosen. Not by `eprintln!`, which the test harness captures.
fn announce(choice: &str) {
    let _ = writeln!(io::stderr(), "orm::testing: {choice}");
}
