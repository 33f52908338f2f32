//! Diesel, asynchronously by diesel-async.
//!
//! Children are found with `belonging_to` and `grouped_by`, as Diesel's guide to relations teaches; statements that do not
//! need each other's results are pipelined.

mod graph;
mod models;
mod read;
mod schema;
mod write;

use diesel_async::{
    AsyncConnection, AsyncPgConnection,
    pooled_connection::{AsyncDieselConnectionManager, ManagerConfig, RecyclingMethod, deadpool::Pool},
};
use workloads::{Error, Peer, Sum, Work};

fn main() -> Result<(), Error> {
    workloads::serve::<Diesel>()
}

enum Diesel {
    Connection(Box<AsyncPgConnection>),
    Pool(Pool<AsyncPgConnection>),
}

impl Peer for Diesel {
    async fn connect(url: &str, connections: usize) -> Result<Self, Error> {
        if connections == 1 {
            return Ok(Self::Connection(Box::new(AsyncPgConnection::establish(url).await?)));
        }
        let mut config = ManagerConfig::default();
        // Whoever takes a connection from the pool does not ask first whether it is alive.
        config.recycling_method = RecyclingMethod::Fast;
        let manager = AsyncDieselConnectionManager::new_with_config(url, config);
        Ok(Self::Pool(Pool::builder(manager).max_size(connections).build()?))
    }

    async fn run(&mut self, work: Work) -> Result<Option<Sum>, Error> {
        match (self, work) {
            (Self::Pool(pool), Work::Pool(seed)) => read::pool(pool, seed).await.map(Some),
            (Self::Pool(pool), work) => run(&mut *pool.get().await?, work).await,
            (Self::Connection(connection), work) => run(connection, work).await,
        }
    }
}

async fn run(connection: &mut AsyncPgConnection, work: Work) -> Result<Option<Sum>, Error> {
    let sum = match work {
        Work::Get(id) => read::get(connection, id).await?,
        Work::Join => read::join(connection).await?,
        Work::NPlusOne => read::n_plus_one(connection).await?,
        Work::Structs => read::structs(connection).await?,
        Work::Prefetch => graph::prefetch(connection).await?,
        Work::Nested => graph::nested(connection).await?,
        Work::Annotate => read::annotate(connection).await?,
        Work::Insert => write::insert(connection).await?,
        // Diesel's `copy_from` needs libpq.
        Work::Copy => return Ok(None),
        Work::Stream => read::stream(connection).await?,
        Work::Update(seed) => write::update(connection, seed).await?,
        Work::Pool(_) => return Err("W11 needs a pool".into()),
        Work::Page => graph::page(connection).await?,
        Work::Top => graph::top(connection).await?,
        Work::Rows(count) => read::rows(connection, count).await?,
        Work::Levels(levels) => graph::levels(connection, levels).await?,
    };
    Ok(Some(sum))
}
