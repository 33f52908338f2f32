//! A database with a pool of a chosen size, and a look at the server from outside of it.

mod models;
mod outside;
mod polling;
mod proxy;

use orm::prelude::*;
use orm::testing::Database;

pub(crate) use models::{Line, NewNote, Note, lines, nap, session};
pub(crate) use outside::Outside;
pub(crate) use polling::{poll_and_drop, within_a_second};
pub(crate) use proxy::Proxy;

/// A fresh database.
pub(crate) struct Place {
    /// A pool of the size asked for.
    pub(crate) db: Db,
    /// A session that is not of the pool.
    pub(crate) outside: Outside,
    database: Database,
}

impl Place {
    /// A database with the tables of this module and a pool of so many connections.
    pub(crate) async fn with_pool(size: usize) -> orm::Result<Self> {
        let database = Database::create().await?;
        models::create(database.db()).await?;
        let db = Db::builder(database.url()).max_size(size).connect().await?;
        let outside = Outside::connect(database.url()).await;
        Ok(Self { db, outside, database })
    }

    pub(crate) fn url(&self) -> &str {
        self.database.url()
    }

    /// The texts of all notes, as somebody else sees them.
    pub(crate) async fn notes(&self) -> Vec<String> {
        self.outside.texts("SELECT text FROM notes ORDER BY id").await
    }
}
