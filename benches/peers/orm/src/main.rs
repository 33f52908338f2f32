//! This project at work.

mod grow;
mod load;
mod models;
mod write;

use models::{Book, Order, User};
use orm::prelude::*;
use tokio::task::JoinSet;
use workloads::{Error, Peer, Sum, Work};

struct Orm {
    db: Db,
    /// What [`Work::Update`] changes: read once.
    books: Vec<Book>,
}

impl Orm {
    async fn get(&self, id: i64) -> orm::Result<Sum> {
        let mut sum = Sum::new();
        query!(User.filter(.id == id)).get(&self.db).await?.add_to(&mut sum);
        Ok(sum)
    }

    async fn structs(&self) -> orm::Result<Sum> {
        let mut sum = Sum::new();
        query!(User).all(&self.db).await?.iter().for_each(|user| user.add_to(&mut sum));
        Ok(sum)
    }

    async fn annotate(&self) -> orm::Result<Sum> {
        let mut sum = Sum::new();
        let users =
            query!(User.annotate(n = .orders.count(), total = .orders.total.sum().default(0)).filter(.n > 0));
        for user in &users.all(&self.db).await? {
            user.add_to(&mut sum);
            sum.totals(user.id, user.n, user.total);
        }
        Ok(sum)
    }

    async fn stream(&self) -> orm::Result<Sum> {
        let mut sum = Sum::new();
        let mut orders = query!(Order).iterator(&self.db, 2_000);
        while let Some(order) = orders.try_next().await? {
            order.add_to(&mut sum);
        }
        Ok(sum)
    }

    async fn pool(&self, seed: i64) -> Result<Sum, Error> {
        let mut tasks = JoinSet::new();
        for task in 0..16 {
            let db = self.db.clone();
            tasks.spawn(async move {
                let mut users = Vec::with_capacity(25);
                for turn in 0..25 {
                    let id = Work::key(seed, task, turn);
                    users.push(query!(User.filter(.id == id)).get(&db).await?);
                }
                Ok::<_, Error>(users)
            });
        }
        let mut sum = Sum::new();
        while let Some(users) = tasks.join_next().await {
            users??.iter().for_each(|user| user.add_to(&mut sum));
        }
        Ok(sum)
    }
}

impl Peer for Orm {
    async fn connect(url: &str, connections: usize) -> Result<Self, Error> {
        Ok(Self { db: Db::builder(url).max_size(connections).connect().await?, books: Vec::new() })
    }

    async fn run(&mut self, work: Work) -> Result<Option<Sum>, Error> {
        let sum = match work {
            Work::Get(id) => self.get(id).await?,
            Work::Join => self.join().await?,
            Work::NPlusOne => self.n_plus_one().await?,
            Work::Structs => self.structs().await?,
            Work::Prefetch => self.prefetch().await?,
            Work::Nested => self.nested().await?,
            Work::Annotate => self.annotate().await?,
            Work::Insert => self.insert().await?,
            Work::Copy => self.copy().await?,
            Work::Stream => self.stream().await?,
            Work::Update(seed) => self.update(seed).await?,
            Work::Pool(seed) => self.pool(seed).await?,
            Work::Page => self.page().await?,
            Work::Top => self.top().await?,
            Work::Rows(count) => self.rows(count).await?,
            Work::Levels(levels) => return self.levels(levels).await,
        };
        Ok(Some(sum))
    }
}

fn main() -> Result<(), Error> {
    workloads::serve::<Orm>()
}
