//! The workloads by sqlx: SQL by hand, rows by [`sqlx::FromRow`].

mod graph;
mod models;
mod read;
mod write;

use sqlx::{PgPool, postgres::PgPoolOptions};
use workloads::{Error, Peer, Sum, Work};

fn main() -> Result<(), Error> {
    workloads::serve::<Sqlx>()
}

struct Sqlx {
    pool: PgPool,
}

impl Peer for Sqlx {
    async fn connect(url: &str, connections: usize) -> Result<Self, Error> {
        let connections = u32::try_from(connections)?;
        let pool = PgPoolOptions::new()
            .min_connections(connections)
            .max_connections(connections)
            // By default each acquisition costs a ping.
            .test_before_acquire(false)
            .connect(url)
            .await?;
        Ok(Self { pool })
    }

    async fn run(&mut self, work: Work) -> Result<Option<Sum>, Error> {
        let pool = &self.pool;
        let sum = match work {
            Work::Get(id) => read::get(pool, id).await,
            Work::Join => read::join(pool).await,
            Work::NPlusOne => read::n_plus_one(pool).await,
            Work::Structs => read::structs(pool).await,
            Work::Prefetch => graph::prefetch(pool).await,
            Work::Nested => graph::nested(pool).await,
            Work::Annotate => read::annotate(pool).await,
            Work::Insert => write::insert(pool).await,
            Work::Copy => write::copy(pool).await,
            Work::Stream => read::stream(pool).await,
            Work::Update(seed) => write::update(pool, seed).await,
            Work::Pool(seed) => read::pool(pool, seed).await,
            Work::Page => graph::page(pool).await,
            Work::Top => graph::top(pool).await,
            Work::Rows(count) => read::rows(pool, count).await,
            Work::Levels(count) => graph::levels(pool, count).await,
        };
        sum.map(Some)
    }
}
