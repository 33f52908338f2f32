//! sqlx: SQL by hand, rows by `FromRow`.

use super::{LOCK, WORKSPACE};
use crate::compile::user::{File, User};

pub const SQLX: User = User {
    name: "sqlx",
    dependencies: &["chrono", "sqlx"],
    manifests: [WORKSPACE, include_str!("../../../../peers/sqlx/Cargo.toml")],
    lock: LOCK,
    models: &[File { name: "models", head: HEAD, each: MODEL }],
    queries: File { name: "queries", head: QUERIES, each: QUERY },
};

const HEAD: &str = "\
use chrono::{DateTime, Utc};
use sqlx::FromRow;
";

const MODEL: &str = "
#[derive(FromRow)]
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
?previous
?previous #[derive(FromRow)]
?previous pub struct $ThisWithPrevious {
?previous    #[sqlx(flatten)]
?previous    pub this: $This,
?previous    pub previous_name: String,
?previous    pub previous_email: String,
?previous    pub previous_active: bool,
?previous    pub previous_score: f64,
?previous    pub previous_amount: i64,
?previous    pub previous_created_at: DateTime<Utc>,
?previous    pub previous_previous_id: i64,
?previous }
";

const QUERIES: &str = "\
use crate::models::*;
use sqlx::PgPool;

pub async fn connect(url: &str) -> sqlx::Result<PgPool> {
    PgPool::connect(url).await
}
";

const QUERY: &str = r#"
pub async fn $this(pool: &PgPool, id: i64) -> sqlx::Result<usize> {
    let best: Vec<$This> = sqlx::query_as(
        "SELECT id, name, email, active, score, amount, created_at, previous_id \
?extra        , $extra \
        FROM $this WHERE active AND score > $1 ORDER BY created_at DESC LIMIT 20",
    )
    .bind(0.5)
    .fetch_all(pool)
    .await?;
    let one: $This = sqlx::query_as(
        "SELECT id, name, email, active, score, amount, created_at, previous_id \
?extra        , $extra \
        FROM $this WHERE id = $1",
    )
    .bind(id)
    .fetch_one(pool)
    .await?;
?previous    let joined: Vec<$ThisWithPrevious> = sqlx::query_as(
?previous        "SELECT t.id, t.name, t.email, t.active, t.score, t.amount, t.created_at, t.previous_id, \
?extra        t.$extra, \
?previous        p.name AS previous_name, p.email AS previous_email, p.active AS previous_active, \
?previous        p.score AS previous_score, p.amount AS previous_amount, \
?previous        p.created_at AS previous_created_at, p.previous_id AS previous_previous_id \
?previous        FROM $this t JOIN $previous p ON p.id = t.previous_id ORDER BY t.id LIMIT 20",
?previous    )
?previous    .fetch_all(pool)
?previous    .await?;
?previous    let names: usize = joined.iter().map(|row| row.previous_name.len()).sum();
!previous    let names = 0;
    Ok(best.len() + one.name.len() + names)
}
"#;
