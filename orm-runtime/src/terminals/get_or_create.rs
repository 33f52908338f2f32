use std::fmt;

use futures_util::future::BoxFuture;

use super::create::returned_if_any;
use super::read::rows_on;
use super::upsert::Source;
use crate::error::{Error, Result};
use crate::exec::Executor;
use crate::expr::{ColumnValue, Columns, positions};
use crate::model::{Model, Root, Row};
use crate::queryset::{QuerySet, State};
use crate::sql::{self, Conflict, Target};

/// A row that is fetched by a unique key, and created where there is none.
///
/// - `M`: the model.
#[must_use = "nothing is sent until `execute(&db)` is awaited"]
pub struct GetOrCreate<M: Model> {
    source: Source<M>,
}

impl<M: Model, S: Row<Model = M>, St: State> QuerySet<M, S, St> {
    /// The row that has the same unique key as `row`, which is created where there is none.
    ///
    /// `key` names the key: a column or a tuple of columns that are together the primary key, a `unique` field, or
    /// those of a `unique(..)`; none of them can be NULL.
    ///
    /// `User::objects().get_or_create(|u| u.email(), NewUser { email, active: true }).execute(&db)`
    pub fn get_or_create<K: Columns<M>>(
        self,
        key: impl FnOnce(M::Fields<Root<M>>) -> K,
        row: impl Into<M::Create>,
    ) -> GetOrCreate<M> {
        GetOrCreate { source: Source::Row(row.into(), positions(key(Default::default()))) }
    }
}

/// What `query!` writes for `User.get_or_create(email = e).defaults(active = true)`.
#[doc(hidden)]
pub fn get_or_create<M: Model, const K: usize, const N: usize>(
    key: [ColumnValue<M>; K],
    defaults: [ColumnValue<M>; N],
) -> GetOrCreate<M> {
    GetOrCreate { source: Source::Values(key.into(), defaults.into()) }
}

impl<M: Model> GetOrCreate<M> {
    /// The row, and whether it was created.
    ///
    /// One statement where the row is there, two where it is created: `SELECT`, then
    /// `INSERT .. ON CONFLICT DO NOTHING RETURNING`. Where another transaction has just created it, a third one gets
    /// that row. Of any number of calls at the same time exactly one creates the row, and none fails for it.
    ///
    /// # Errors
    ///
    /// When the database cannot be reached or refuses the row. In a transaction above `READ COMMITTED`, a row that
    /// another one created meanwhile is [`Error::is_serialization_failure`]. Where the columns named are not a
    /// declared unique key, before anything is sent.
    pub fn execute<'a, E: Executor>(&'a self, db: &'a E) -> BoxFuture<'a, Result<(M, bool)>> {
        Box::pin(self.run(db))
    }

    async fn run<E: Executor>(&self, db: &E) -> Result<(M, bool)> {
        // A row that is there for the insert and gone for the query after it was deleted in between.
        const ATTEMPTS: usize = 10;
        let checked = self.source.check()?;
        let select = std::sync::Arc::new(checked.select::<M>());
        let conflict = Conflict::DoNothing(Target::Columns(checked.key.to_vec()));
        let insert = sql::insert_one_or(&conflict, M::table(), checked.values);
        let connection = db.acquire().await?;
        for _ in 0..ATTEMPTS {
            if let Some(row) = rows_on::<M>(&connection, &select).await?.pop() {
                return Ok((row, false));
            }
            if let Some((row, _)) = returned_if_any(&connection, &insert).await? {
                return Ok((row, true));
            }
        }
        Err(Error::not_found(M::table().model, insert.text()))
    }
}

impl<M: Model> fmt::Debug for GetOrCreate<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GetOrCreate").field("model", &M::table().model).finish_non_exhaustive()
    }
}
