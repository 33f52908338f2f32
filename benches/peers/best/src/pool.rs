//! Keys read from 16 tasks that share 8 connections: tokio-postgres sends a query while it waits for the
//! answers of others, so that no task waits for a connection.

use std::sync::Arc;

use plain::{USER, rows::User};
use tokio::task::JoinSet;
use tokio_postgres::{Client, Statement};
use workloads::{Error, Sum, Work};

use crate::read::one;

/// A connection with the statement that tasks run on it.
pub struct Shared {
    client: Client,
    user: Statement,
}

pub async fn connect(url: &str, connections: usize) -> Result<Vec<Arc<Shared>>, Error> {
    let mut pool = Vec::with_capacity(connections);
    for _ in 0..connections {
        let client = plain::connect(url).await?;
        let user = client.prepare(USER).await?;
        pool.push(Arc::new(Shared { client, user }));
    }
    Ok(pool)
}

pub async fn get(pool: &[Arc<Shared>], seed: i64) -> Result<Sum, Error> {
    let mut tasks = JoinSet::new();
    for (task, shared) in (0..16).zip(pool.iter().cycle()) {
        let shared = shared.clone();
        tasks.spawn(async move {
            let mut users = Vec::with_capacity(25);
            for turn in 0..25 {
                let key = Work::key(seed, task, turn);
                users.push(one::<User>(&shared.client, &shared.user, key).await?);
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
