//! SeaORM, in the entity format of its second version.

use super::{LOCK, WORKSPACE};
use crate::compile::user::{File, User};

pub const SEA_ORM: User = User {
    name: "sea-orm",
    dependencies: &["sea-orm"],
    manifests: [WORKSPACE, include_str!("../../../../peers/sea-orm/Cargo.toml")],
    lock: LOCK,
    models: &[File { name: "models", head: "", each: MODEL }],
    queries: File { name: "queries", head: QUERIES, each: QUERY },
};

const MODEL: &str = r#"
pub mod $this {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "$this")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub name: String,
        pub email: String,
        pub active: bool,
        pub score: f64,
        pub amount: i64,
        pub created_at: DateTimeUtc,
        pub previous_id: i64,
?extra        pub $extra: i32,
?previous        #[sea_orm(belongs_to, from = "previous_id", to = "id")]
?previous        pub previous: BelongsTo<super::$previous::Entity>,
?next        #[sea_orm(has_many)]
?next        pub nexts: HasMany<super::$next::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
"#;

const QUERIES: &str = "\
use crate::models::*;
use sea_orm::{Database, DatabaseConnection, QueryOrder, QuerySelect, entity::prelude::*};

type Error = Box<dyn std::error::Error>;

pub async fn connect(url: &str) -> Result<DatabaseConnection, Error> {
    Ok(Database::connect(url).await?)
}
";

const QUERY: &str = r#"
pub async fn $this(db: &DatabaseConnection, id: i64) -> Result<usize, Error> {
    let best = $this::Entity::find()
        .filter($this::COLUMN.active.eq(true))
        .filter($this::COLUMN.score.gt(0.5))
        .order_by_desc($this::COLUMN.created_at)
        .limit(20)
        .all(db)
        .await?;
    let one = $this::Entity::find_by_id(id).one(db).await?.ok_or("no such row")?;
?previous    let joined = $this::Entity::find()
?previous        .find_also_related($previous::Entity)
?previous        .order_by_asc($this::COLUMN.id)
?previous        .limit(20)
?previous        .all(db)
?previous        .await?;
?previous    let found = joined.iter().flat_map(|(_, previous)| previous);
?previous    let names: usize = found.map(|previous| previous.name.len()).sum();
!previous    let names = 0;
    Ok(best.len() + one.name.len() + names)
}
"#;
