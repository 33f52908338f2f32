//! Diesel, asynchronously by diesel-async.

use super::{LOCK, WORKSPACE};
use crate::compile::user::{File, User};

pub const DIESEL: User = User {
    name: "diesel",
    dependencies: &["chrono", "diesel", "diesel-async"],
    manifests: [WORKSPACE, include_str!("../../../../peers/diesel/Cargo.toml")],
    lock: LOCK,
    models: &[
        File { name: "models", head: HEAD, each: MODEL },
        File { name: "schema", head: "", each: TABLE },
    ],
    queries: File { name: "queries", head: QUERIES, each: QUERY },
};

const HEAD: &str = "\
use chrono::{DateTime, Utc};
use crate::schema::*;
use diesel::prelude::*;
";

const MODEL: &str = "
#[derive(Queryable, Selectable, Identifiable)]
?previous #[derive(Associations)]
?previous #[diesel(belongs_to($Previous, foreign_key = previous_id))]
#[diesel(table_name = $this, check_for_backend(diesel::pg::Pg))]
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
";

/// Only neighbours are allowed in one query: all with all would be the square of their number.
const TABLE: &str = "
diesel::table! {
    $this (id) {
        id -> Int8,
        name -> Text,
        email -> Text,
        active -> Bool,
        score -> Float8,
        amount -> Int8,
        created_at -> Timestamptz,
        previous_id -> Int8,
?extra        $extra -> Int4,
    }
}
?previous diesel::joinable!($this -> $previous (previous_id));
?previous diesel::allow_tables_to_appear_in_same_query!($previous, $this);
";

const QUERIES: &str = "\
use crate::{models::*, schema::*};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use diesel_async::pooled_connection::{AsyncDieselConnectionManager, deadpool::Pool};

type Error = Box<dyn std::error::Error>;

pub async fn connect(url: &str) -> Result<Pool<AsyncPgConnection>, Error> {
    Ok(Pool::builder(AsyncDieselConnectionManager::new(url)).build()?)
}
";

const QUERY: &str = "
pub async fn $this(pool: &Pool<AsyncPgConnection>, id: i64) -> Result<usize, Error> {
    let mut db = pool.get().await?;
    let best = $this::table
        .filter($this::active)
        .filter($this::score.gt(0.5))
        .order($this::created_at.desc())
        .limit(20)
        .select($This::as_select())
        .load(&mut db)
        .await?;
    let one = $this::table.find(id).select($This::as_select()).first(&mut db).await?;
?previous    let joined = $this::table
?previous        .inner_join($previous::table)
?previous        .order($this::id)
?previous        .limit(20)
?previous        .select(($This::as_select(), $Previous::as_select()))
?previous        .load::<($This, $Previous)>(&mut db)
?previous        .await?;
?previous    let names: usize = joined.iter().map(|(_, previous)| previous.name.len()).sum();
!previous    let names = 0;
    Ok(best.len() + one.name.len() + names)
}
";
