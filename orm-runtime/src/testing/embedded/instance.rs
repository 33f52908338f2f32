//! One PGlite, for one database.

use std::{
    fs,
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use pglite_oxide::PgliteServer;

use super::{copy, relay::Relay};
use crate::{Error, Result};

/// How long whoever uses a database has for leaving it. Statements cannot be interrupted.
const PATIENCE: Duration = Duration::from_secs(10);

/// The settings of a server whose data nobody wants back, with less memory than the default takes.
const SETTINGS: [(&str, &str); 3] =
    [("synchronous_commit", "off"), ("full_page_writes", "off"), ("shared_buffers", "16MB")];

/// A running PGlite with the relay in front of it.
pub(super) struct Instance {
    folder: PathBuf,
    relay: Relay,
    server: PgliteServer,
}

impl Instance {
    /// Starts an instance in a folder that does not exist yet, with the files of another one if there is a template.
    pub(super) fn start(folder: PathBuf, template: Option<&Instance>) -> Result<Self> {
        let started = prepare(&folder, template).and_then(|()| {
            let socket = folder.join("pglite");
            let server = serve(data(&folder), socket.clone()).map_err(|error| failure(&error))?;
            let relay = Relay::start(&folder.join(".s.PGSQL.5432"), socket)
                .map_err(|error| failure(&error.to_string()))?;
            Ok((server, relay))
        });
        match started {
            Ok((server, relay)) => Ok(Self { folder, relay, server }),
            Err(error) => {
                // Whatever keeps it from being removed, the watchdog tries again.
                let _ = fs::remove_dir_all(folder);
                Err(error)
            }
        }
    }

    /// Disconnects whoever uses the instance, ends it and removes its files.
    pub(super) fn remove(self) -> Result<()> {
        let Self { folder, relay, server } = self;
        let idle = relay.end(PATIENCE);
        let end = move || {
            // It waits for the statement that runs, if one does.
            drop(server);
            let _ = fs::remove_dir_all(folder);
        };
        if idle {
            end();
            return Ok(());
        }
        thread::spawn(end);
        Err(busy("removed"))
    }
}

/// Makes the folder of an instance and, from a template, its data.
fn prepare(folder: &Path, template: Option<&Instance>) -> Result<()> {
    fs::create_dir(folder).map_err(|error| failure(&error.to_string()))?;
    let Some(template) = template else {
        return Ok(());
    };
    let _held = template.relay.hold(PATIENCE).ok_or_else(|| busy("cloned"))?;
    copy::tree(&data(&template.folder), &data(folder))
        .map_err(|error| Error::config_from("the files of a database cannot be copied", error))
}

fn data(folder: &Path) -> PathBuf {
    folder.join("data")
}

/// Serves the data of a folder on a socket.
fn serve(data: PathBuf, socket: PathBuf) -> Result<PgliteServer, String> {
    let start = move || {
        PgliteServer::builder()
            .path(data)
            .unix(socket)
            .database("postgres")
            .postgres_configs(SETTINGS)
            .start()
            .map_err(|error| format!("{error:#}"))
    };
    // A thread that belongs to no runtime: PGlite has one of its own, and they do not nest.
    let thread = thread::Builder::new().name("orm-pglite".into()).spawn(start);
    let ended = thread.map_err(|error| error.to_string())?.join();
    ended.unwrap_or_else(|_| Err("it panicked".into()))
}

fn failure(reason: &str) -> Error {
    Error::config(format!("PGlite does not start; set DATABASE_URL or install PostgreSQL instead: {reason}"))
}

fn busy(what: &str) -> Error {
    Error::connection(format!(
        "the database cannot be {what}: PGlite does not interrupt the statement that runs in it"
    ))
}
