//! PGlite: a PostgreSQL within this process, for machines on which none is installed.
//!
//! An instance serves one connection at a time, so each database is an instance of its own. All of them are in one
//! folder, which goes with the process.

mod copy;
mod folder;
mod instance;
mod relay;
mod startup;
#[cfg(test)]
mod tests;

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    time::Duration,
};

use self::{folder::Folder, instance::Instance};
use super::{admin::Performer, names::DatabaseName, private, session::Task};
use crate::{DbBuilder, Error, Result};

/// The first connection starts an instance, which takes a busy machine long.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(60);

/// The place of the instances.
pub(super) struct Embedded {
    folder: Folder,
}

impl Embedded {
    /// Makes the folder. An instance is started for each database.
    pub(super) fn start() -> Result<Self, String> {
        Ok(Self { folder: Folder::make()? })
    }

    /// The folder with the data and the sockets of the instances.
    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Who makes and removes the databases.
    pub(super) fn instances(&self) -> Instances {
        Instances { folder: self.folder().to_owned(), running: HashMap::new() }
    }

    /// The connection string of a database.
    pub(super) fn url(&self, database: DatabaseName) -> String {
        private::url_of_socket(&folder_of(self.folder(), database), "postgres")
    }

    /// Fits a pool to an instance.
    pub(super) fn fit(&self, pool: DbBuilder) -> DbBuilder {
        pool.max_size(1).connect_timeout(CONNECT_TIMEOUT)
    }
}

/// The instances that run, one for each database.
pub(super) struct Instances {
    folder: PathBuf,
    running: HashMap<DatabaseName, Instance>,
}

impl Instances {
    fn create(&mut self, name: DatabaseName, template: Option<DatabaseName>) -> Result<()> {
        let template = match template {
            Some(template) => Some(self.running.get(&template).ok_or_else(|| {
                Error::config(format!("the database {template} cannot be cloned: it is removed"))
            })?),
            None => None,
        };
        let instance = Instance::start(folder_of(&self.folder, name), template)?;
        self.running.insert(name, instance);
        Ok(())
    }
}

impl Performer for Instances {
    /// Blocks for some milliseconds the thread, on which there is nothing else to do.
    async fn perform(&mut self, task: Task) -> Result<()> {
        match task {
            Task::Create { name, template } => self.create(name, template),
            Task::Drop { name } => self.running.remove(&name).map_or(Ok(()), Instance::remove),
            Task::Sweep => Ok(()),
        }
    }
}

/// The folder of an instance. Its name is short because the path of a socket must be.
fn folder_of(folder: &Path, database: DatabaseName) -> PathBuf {
    folder.join(database.number().to_string())
}
