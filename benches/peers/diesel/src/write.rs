//! Rows inserted and updated.

use chrono::DateTime;
use diesel::prelude::*;
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use futures_util::future;
use workloads::{Error, Sum, Work};

use crate::{
    models::NewEvent,
    schema::{books, events},
};

/// One statement: its 40,000 parameters are fewer than the 65,535 that PostgreSQL takes.
pub async fn insert(connection: &mut AsyncPgConnection) -> Result<Sum, Error> {
    let created_at = DateTime::from_timestamp(Work::CREATED, 0).ok_or("no such time")?;
    let events: Vec<NewEvent> = (0..Work::EVENTS)
        .map(Work::event)
        .map(|(user_id, kind, amount)| NewEvent { user_id, kind, amount, created_at })
        .collect();
    let insert = diesel::insert_into(events::table).values(&events).returning(events::id);
    let keys = insert.get_results::<i64>(connection).await?;
    let mut sum = Sum::new();
    keys.iter().enumerate().for_each(|(position, key)| sum.key(position, *key));
    Ok(sum)
}

/// A statement for each book, pipelined. Diesel has each prepared anew: it caches no updates.
pub async fn update(connection: &mut AsyncPgConnection, seed: i64) -> Result<Sum, Error> {
    let updated = connection
        .transaction(async |connection| {
            let updates = (1..=Work::UPDATED).map(|id| update_one(connection, id, seed));
            future::try_join_all(updates).await
        })
        .await?;
    let mut sum = Sum::new();
    sum.number(i64::try_from(updated.into_iter().sum::<usize>())?);
    Ok(sum)
}

async fn update_one(mut connection: &AsyncPgConnection, id: i64, seed: i64) -> QueryResult<usize> {
    diesel::update(books::table.find(id))
        .set(books::price.eq(Work::price(id, seed)))
        .execute(&mut connection)
        .await
}
