//! This project.

use super::{LOCK, WORKSPACE};
use crate::compile::user::{File, User};

pub const ORM: User = User {
    name: "orm",
    dependencies: &["orm"],
    manifests: [WORKSPACE, ""],
    lock: LOCK,
    models: &[File { name: "models", head: HEAD, each: MODEL }],
    queries: File { name: "queries", head: QUERIES, each: QUERY },
};

const HEAD: &str = "\
use orm::{chrono::{DateTime, Utc}, prelude::*};
";

const MODEL: &str = r#"
#[derive(Model, Debug, Clone)]
?next #[model(table = "$this", has_many(nexts: $Next.previous))]
!next #[model(table = "$this")]
pub struct $This {
    pub id: i64,
    pub name: String,
    pub email: String,
    pub active: bool,
    pub score: f64,
    pub amount: i64,
    pub created_at: DateTime<Utc>,
?previous    #[model(belongs_to = $Previous)]
    pub previous_id: i64,
?extra    pub $extra: i32,
}
"#;

const QUERIES: &str = "\
use crate::models::*;
use orm::prelude::*;

pub async fn connect(url: &str) -> orm::Result<Db> {
    Db::connect(url).await
}
";

const QUERY: &str = r#"
pub async fn $this(db: &Db, id: i64) -> orm::Result<usize> {
    let best = query!($This.filter(.active && .score > 0.5).order_by(-.created_at)[..20]).all(db).await?;
    let one = query!($This.filter(.id == id)).get(db).await?;
?previous    let joined = query!($This.select_related(.previous).order_by(.id)[..20]).all(db).await?;
?previous    let names: usize = joined.iter().map(|row| row.previous().name.len()).sum();
!previous    let names = 0;
    Ok(best.len() + one.name.len() + names)
}
"#;
