//! tokio-postgres by hand, and the least that an ORM over it needs, without models.

use super::{LOCK, WORKSPACE};
use crate::compile::user::{File, User};

/// Structs, and functions that read them from rows.
pub const RAW: User = User {
    name: super::RAW,
    dependencies: &["chrono", "tokio-postgres"],
    manifests: [WORKSPACE, ""],
    lock: LOCK,
    models: &[File { name: "models", head: HEAD, each: MODEL }],
    queries: File { name: "queries", head: QUERIES, each: QUERY },
};

/// A pool, and what macros are written with.
pub const BASE: User = User {
    name: super::BASE,
    dependencies: &["chrono", "deadpool-postgres", "quote", "syn", "tokio-postgres"],
    manifests: [WORKSPACE, include_str!("../../../../../Cargo.toml")],
    lock: LOCK,
    models: &[File { name: "models", head: "", each: "" }],
    queries: File { name: "queries", head: QUERIES, each: "" },
};

const HEAD: &str = "\
use chrono::{DateTime, Utc};
use tokio_postgres::{Error, Row};
";

const MODEL: &str = "
pub struct $This {
    pub id: i64,
    pub name: String,
    pub email: String,
    pub active: bool,
    pub score: f64,
    pub amount: i64,
    pub created_at: DateTime<Utc>,
    pub previous_id: i64,
?extra    pub $extra: i32,
}

impl $This {
    pub fn from_row(row: &Row, at: usize) -> Result<Self, Error> {
        Ok(Self {
            id: row.try_get(at)?,
            name: row.try_get(at + 1)?,
            email: row.try_get(at + 2)?,
            active: row.try_get(at + 3)?,
            score: row.try_get(at + 4)?,
            amount: row.try_get(at + 5)?,
            created_at: row.try_get(at + 6)?,
            previous_id: row.try_get(at + 7)?,
?extra            $extra: row.try_get(at + 8)?,
        })
    }
}
";

const QUERIES: &str = "\
use crate::models::*;
use tokio_postgres::{Client, Error, NoTls};

pub async fn connect(url: &str) -> Result<Client, Error> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
    tokio::spawn(connection);
    Ok(client)
}
";

const QUERY: &str = r#"
pub async fn $this(client: &Client, id: i64) -> Result<usize, Error> {
    let sql = "SELECT id, name, email, active, score, amount, created_at, previous_id \
?extra        , $extra \
        FROM $this WHERE active AND score > $1 ORDER BY created_at DESC LIMIT 20";
    let rows = client.query(sql, &[&0.5_f64]).await?;
    let best: Vec<$This> = rows.iter().map(|row| $This::from_row(row, 0)).collect::<Result<_, _>>()?;
    let sql = "SELECT id, name, email, active, score, amount, created_at, previous_id \
?extra        , $extra \
        FROM $this WHERE id = $1";
    let one = $This::from_row(&client.query_one(sql, &[&id]).await?, 0)?;
?previous    let sql = "SELECT \
?previous        p.id, p.name, p.email, p.active, p.score, p.amount, p.created_at, p.previous_id, \
?previous        t.id, t.name, t.email, t.active, t.score, t.amount, t.created_at, t.previous_id \
?extra        , t.$extra \
?previous        FROM $this t JOIN $previous p ON p.id = t.previous_id ORDER BY t.id LIMIT 20";
?previous    let rows = client.query(sql, &[]).await?;
?previous    let joined: Vec<($This, $Previous)> = rows.iter()
?previous        .map(|row| Ok(($This::from_row(row, 8)?, $Previous::from_row(row, 0)?)))
?previous        .collect::<Result<_, Error>>()?;
?previous    let names: usize = joined.iter().map(|(_, previous)| previous.name.len()).sum();
!previous    let names = 0;
    Ok(best.len() + one.name.len() + names)
}
"#;
