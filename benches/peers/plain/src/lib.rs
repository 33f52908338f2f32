//! tokio-postgres by hand.
//!
//! [`Plain`] is what a good engineer writes first: prepared statements, `query` and `row.get`, `= ANY($1)` for children,
//! rows inserted a thousand a statement. `Plain<true>` differs only in that it reads results as streams.

mod load;
mod pool;
pub mod rows;
mod statements;
mod write;

use std::{future, pin::pin};

use futures_util::{StreamExt, TryStreamExt};
use tokio_postgres::{Client, Row, Statement, types::ToSql};
use workloads::{Error, Peer, Sum, Work};

pub use pool::connect;
use rows::{Order, User};
use statements::Statements;
pub use statements::USER;
pub use write::NewEvent;

/// A connection with its statements, and for [`Work::Pool`] a pool.
pub struct Plain<const STREAMED: bool> {
    client: Client,
    statements: Statements,
    pool: Option<deadpool_postgres::Pool>,
}

impl<const STREAMED: bool> Plain<STREAMED> {
    /// Reads all rows of a result into structs.
    async fn read<T>(
        &self,
        statement: &Statement,
        parameters: &[&(dyn ToSql + Sync)],
        row: fn(&Row) -> T,
    ) -> Result<Vec<T>, Error> {
        if STREAMED {
            let rows = self.client.query_raw(statement, parameters.iter().copied()).await?;
            return Ok(rows.map(|found| found.map(|found| row(&found))).try_collect().await?);
        }
        Ok(self.client.query(statement, parameters).await?.iter().map(row).collect())
    }

    async fn get(&self, id: i64) -> Result<Sum, Error> {
        let mut sum = Sum::new();
        User::from_row(&self.client.query_one(&self.statements.user, &[&id]).await?).add_to(&mut sum);
        Ok(sum)
    }

    async fn structs(&self) -> Result<Sum, Error> {
        let mut sum = Sum::new();
        let users = self.read(&self.statements.users, &[], User::from_row).await?;
        users.iter().for_each(|user| user.add_to(&mut sum));
        Ok(sum)
    }

    async fn annotate(&self) -> Result<Sum, Error> {
        let mut sum = Sum::new();
        let users = self
            .read(&self.statements.annotated, &[], |row| {
                (User::from_row(row), row.get::<_, i64>(4), row.get::<_, i64>(5))
            })
            .await?;
        for (user, count, total) in &users {
            user.add_to(&mut sum);
            sum.totals(user.id, *count, *total);
        }
        Ok(sum)
    }

    async fn stream(&self) -> Result<Sum, Error> {
        let mut rows = pin!(self.client.query_raw(&self.statements.orders, None::<&i64>).await?);
        let mut sum = Sum::new();
        while let Some(row) = rows.try_next().await? {
            Order::from_row(&row).add_to(&mut sum);
        }
        Ok(sum)
    }
}

impl<const STREAMED: bool> Peer for Plain<STREAMED> {
    async fn connect(url: &str, connections: usize) -> Result<Self, Error> {
        let client = connect(url).await?;
        let statements = Statements::prepare(&client).await?;
        let pool = (connections > 1).then(|| pool::pool(url, connections)).transpose()?;
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
            Work::Copy => return Ok(None),
            Work::Stream => self.stream().await,
            Work::Update(seed) => self.update(seed).await,
            Work::Pool(seed) => match &self.pool {
                Some(pool) => pool::get_from_pool(pool, seed).await,
                None => future::ready(Err("W11 needs a pool".into())).await,
            },
            Work::Page => self.page().await,
            Work::Top => self.top().await,
            Work::Rows(count) => self.rows(count).await,
            Work::Levels(levels) => self.levels(levels).await,
        };
        sum.map(Some)
    }
}
