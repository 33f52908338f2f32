//! SeaORM, over sqlx.

mod entities;
mod graph;
mod read;
mod sums;
mod write;

use sea_orm::{ConnectOptions, Database, DatabaseConnection};
use workloads::{Error, Peer, Sum, Work};

fn main() -> Result<(), Error> {
    workloads::serve::<SeaOrm>()
}

struct SeaOrm {
    db: DatabaseConnection,
}

impl Peer for SeaOrm {
    async fn connect(url: &str, connections: usize) -> Result<Self, Error> {
        let connections = u32::try_from(connections)?;
        let mut options = ConnectOptions::new(url);
        options
            .min_connections(connections)
            .max_connections(connections)
            // By default a statement is sent each time to see whether the connection is alive.
            .test_before_acquire(false)
            .sqlx_logging(false);
        Ok(Self { db: Database::connect(options).await? })
    }

    async fn run(&mut self, work: Work) -> Result<Option<Sum>, Error> {
        let db = &self.db;
        let sum = match work {
            Work::Get(id) => read::get(db, id).await?,
            Work::Join => read::join(db).await?,
            Work::NPlusOne => read::n_plus_one(db).await?,
            Work::Structs => read::structs(db).await?,
            Work::Prefetch => graph::prefetch(db).await?,
            Work::Nested => graph::nested(db).await?,
            Work::Annotate => read::annotate(db).await?,
            Work::Insert => write::insert(db).await?,
            // SeaORM has no `COPY`: that of sqlx below it would be measured.
            Work::Copy => return Ok(None),
            Work::Stream => read::stream(db).await?,
            Work::Update(seed) => write::update(db, seed).await?,
            Work::Pool(seed) => read::pool(db, seed).await?,
            Work::Page => graph::page(db).await?,
            Work::Top => graph::top(db).await?,
            Work::Rows(count) => read::rows(db, count).await?,
            Work::Levels(levels) => graph::levels(db, levels).await?,
        };
        Ok(Some(sum))
    }
}
