//! tokio-postgres by hand: the quickest statements found for each workload, and rows read from their bytes.

mod graph;
mod pool;
mod read;
mod row;
mod statements;
mod write;

use std::sync::Arc;

use tokio_postgres::Client;
use workloads::{Error, Peer, Sum, Work};

use pool::Shared;
use statements::Statements;

/// A connection with its statements, and for [`Work::Pool`] some more.
struct Best {
    client: Client,
    statements: Statements,
    pool: Vec<Arc<Shared>>,
}

impl Peer for Best {
    async fn connect(url: &str, connections: usize) -> Result<Self, Error> {
        let client = plain::connect(url).await?;
        let statements = Statements::prepare(&client).await?;
        let pool = if connections > 1 { pool::connect(url, connections).await? } else { Vec::new() };
        Ok(Self { client, statements, pool })
    }

    async fn run(&mut self, work: Work) -> Result<Option<Sum>, Error> {
        let sum = match work {
            Work::Get(id) => self.get(id).await,
            Work::Join => self.join().await,
            Work::NPlusOne => self.n_plus_one().await,
            Work::Structs => self.structs().await,
            Work::Prefetch => self.prefetch().await,
            Work::Nested => self.nested().await,
            Work::Annotate => self.annotate().await,
            Work::Insert => self.insert().await,
            Work::Copy => self.copy().await,
            Work::Stream => self.stream().await,
            Work::Update(seed) => self.update(seed).await,
            Work::Pool(seed) => pool::get(&self.pool, seed).await,
            Work::Page => self.page().await,
            Work::Top => self.top().await,
            Work::Rows(count) => self.rows(count).await,
            Work::Levels(levels) => self.levels(levels).await,
        };
        sum.map(Some)
    }
}

fn main() -> Result<(), Error> {
    workloads::serve::<Best>()
}
