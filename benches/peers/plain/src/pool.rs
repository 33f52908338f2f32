//! Connections, and keys read from 16 tasks over a pool.

use deadpool_postgres::{Manager, ManagerConfig, Pool, RecyclingMethod};
use tokio::task::JoinSet;
use tokio_postgres::{Client, NoTls};
use workloads::{Error, Sum, Work};

use crate::{rows::User, statements};

/// A connection, driven by a task of its own.
pub async fn connect(url: &str) -> Result<Client, Error> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
    // What ends the connection reaches the queries as an error too.
    tokio::spawn(connection);
    Ok(client)
}

pub(crate) fn pool(url: &str, connections: usize) -> Result<Pool, Error> {
    let config = ManagerConfig { recycling_method: RecyclingMethod::Fast };
    let manager = Manager::from_config(url.parse()?, NoTls, config);
    Ok(Pool::builder(manager).max_size(connections).build()?)
}

/// W11.
pub(crate) async fn get_from_pool(pool: &Pool, seed: i64) -> Result<Sum, Error> {
    let mut tasks = JoinSet::new();
    for task in 0..16 {
        let pool = pool.clone();
        tasks.spawn(async move {
            let mut users = Vec::with_capacity(25);
            for turn in 0..25 {
                let client = pool.get().await?;
                let statement = client.prepare_cached(statements::USER).await?;
                let row = client.query_one(&statement, &[&Work::key(seed, task, turn)]).await?;
                users.push(User::from_row(&row));
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
