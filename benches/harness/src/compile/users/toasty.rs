//! Toasty.

use crate::compile::user::{File, User};

pub const TOASTY: User = User {
    name: "toasty",
    dependencies: &["jiff", "toasty"],
    manifests: [include_str!("../../../../peers/toasty/Cargo.toml"), ""],
    lock: include_str!("../../../../peers/toasty/Cargo.lock"),
    models: &[File { name: "models", head: HEAD, each: MODEL }],
    queries: File { name: "queries", head: QUERIES, each: QUERY },
};

const HEAD: &str = "\
use jiff::Timestamp;
use toasty::{Deferred, Model};
";

const MODEL: &str = r#"
#[derive(Model)]
#[table = "$this"]
pub struct $This {
    #[key]
    #[auto]
    pub id: i64,
    pub name: String,
    pub email: String,
    pub active: bool,
    pub score: f64,
    pub amount: i64,
    pub created_at: Timestamp,
?previous    #[index]
    pub previous_id: i64,
?extra    pub $extra: i32,
?previous    #[belongs_to(key = previous_id, references = id)]
?previous    pub previous: Deferred<$Previous>,
?next    #[has_many(pair = previous)]
?next    pub nexts: Deferred<Vec<$Next>>,
}
"#;

const QUERIES: &str = "\
use crate::models::*;
use toasty::Db;

pub async fn connect(url: &str) -> toasty::Result<Db> {
    Db::builder().models(toasty::models!(crate::*)).connect(url).await
}
";

const QUERY: &str = "
pub async fn $this(db: &mut Db, id: i64) -> toasty::Result<usize> {
    let best = $This::filter($This::fields().active().eq(true).and($This::fields().score().gt(0.5)))
        .order_by($This::fields().created_at().desc())
        .limit(20)
        .exec(db)
        .await?;
    let one = $This::get_by_id(db, id).await?;
?previous    let joined = $This::all()
?previous        .include($This::fields().previous())
?previous        .order_by($This::fields().id().asc())
?previous        .limit(20)
?previous        .exec(db)
?previous        .await?;
?previous    let names: usize = joined.iter().map(|row| row.previous.get().name.len()).sum();
!previous    let names = 0;
    Ok(best.len() + one.name.len() + names)
}
";
