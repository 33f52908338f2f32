//! Many rows by one statement: an array for each column, or `COPY`.

use std::fmt::Write;

use chrono::{DateTime, Utc};
use sqlx::{PgPool, postgres::PgPoolCopyExt};
use workloads::{Error, Sum, Work};

fn created_at() -> Result<DateTime<Utc>, Error> {
    DateTime::from_timestamp(Work::CREATED, 0).ok_or_else(|| "a time that chrono does not know".into())
}

pub async fn insert(pool: &PgPool) -> Result<Sum, Error> {
    let count = Work::EVENTS as usize;
    let (mut user_ids, mut kinds) = (Vec::with_capacity(count), Vec::with_capacity(count));
    let mut amounts = Vec::with_capacity(count);
    for position in 0..Work::EVENTS {
        let (user_id, kind, amount) = Work::event(position);
        user_ids.push(user_id);
        kinds.push(kind);
        amounts.push(amount);
    }
    let keys: Vec<i64> = sqlx::query_scalar(
        "INSERT INTO events (user_id, kind, amount, created_at)
         SELECT * FROM UNNEST($1::bigint[], $2::text[], $3::bigint[], $4::timestamptz[])
         RETURNING id",
    )
    .bind(user_ids)
    .bind(kinds)
    .bind(amounts)
    .bind(vec![created_at()?; count])
    .fetch_all(pool)
    .await?;
    let mut sum = Sum::new();
    for (position, key) in keys.into_iter().enumerate() {
        sum.key(position, key);
    }
    Ok(sum)
}

pub async fn copy(pool: &PgPool) -> Result<Sum, Error> {
    let created_at = created_at()?;
    let mut rows = String::new();
    for position in 0..Work::EVENTS {
        let (user_id, kind, amount) = Work::event(position);
        write!(rows, "{user_id}\t")?;
        escape(&kind, &mut rows);
        writeln!(rows, "\t{amount}\t{created_at}")?;
    }
    let mut copy = pool.copy_in_raw("COPY events (user_id, kind, amount, created_at) FROM STDIN").await?;
    copy.send(rows.into_bytes()).await?;
    let mut sum = Sum::new();
    sum.number(copy.finish().await?.cast_signed());
    Ok(sum)
}

/// Writes a text as the text format of `COPY` asks for.
fn escape(text: &str, out: &mut String) {
    for char in text.chars() {
        match char {
            '\\' => out.push_str(r"\\"),
            '\t' => out.push_str(r"\t"),
            '\n' => out.push_str(r"\n"),
            '\r' => out.push_str(r"\r"),
            char => out.push(char),
        }
    }
}

pub async fn update(pool: &PgPool, seed: i64) -> Result<Sum, Error> {
    let ids: Vec<i64> = (1..=Work::UPDATED).collect();
    let prices: Vec<i64> = ids.iter().map(|id| Work::price(*id, seed)).collect();
    let done = sqlx::query(
        "UPDATE books SET price = new.price
         FROM UNNEST($1::bigint[], $2::bigint[]) AS new (id, price)
         WHERE books.id = new.id",
    )
    .bind(ids)
    .bind(prices)
    .execute(pool)
    .await?;
    let mut sum = Sum::new();
    sum.number(done.rows_affected().cast_signed());
    Ok(sum)
}
