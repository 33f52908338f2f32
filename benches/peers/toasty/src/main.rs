//! The workloads by Toasty: models and its query builder.

mod graph;
mod models;
mod read;
mod write;

use toasty::Db;
use workloads::{Error, Peer, Sum, Work};

fn main() -> Result<(), Error> {
    workloads::serve::<Toasty>()
}

struct Toasty {
    db: Db,
}

impl Peer for Toasty {
    async fn connect(url: &str, connections: usize) -> Result<Self, Error> {
        let db =
            Db::builder().models(toasty::models!(crate::*)).max_pool_size(connections).connect(url).await?;
        Ok(Self { db })
    }

    async fn run(&mut self, work: Work) -> Result<Option<Sum>, Error> {
        let db = &mut self.db;
        let sum = match work {
            Work::Get(id) => read::get(db, id).await,
            Work::Join => graph::join(db).await,
            Work::NPlusOne => read::n_plus_one(db).await,
            Work::Structs => read::structs(db).await,
            Work::Prefetch => graph::prefetch(db).await,
            Work::Nested => graph::nested(db).await,
            Work::Insert => write::insert(db).await,
            Work::Stream => read::stream(db).await,
            Work::Update(seed) => write::update(db, seed).await,
            Work::Pool(seed) => read::pool(db, seed).await,
            Work::Page => graph::page(db).await,
            Work::Rows(count) => read::rows(db, count).await,
            Work::Levels(count) => graph::levels(db, count).await,
            // Nothing groups rows, an include has no limit for each parent, and `COPY` is out of reach.
            Work::Annotate | Work::Copy | Work::Top => return Ok(None),
        };
        sum.map(Some)
    }
}
