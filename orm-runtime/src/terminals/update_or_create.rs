use std::fmt;

use futures_util::future::BoxFuture;

use super::conflict::named;
use super::create::returned_if_any;
use super::upsert::{Checked, Source, params};
use crate::error::{Error, Result};
use crate::exec::Executor;
use crate::expr::{ColumnValue, Columns, positions};
use crate::model::{Model, Root, Row};
use crate::queryset::{QuerySet, State};
use crate::sql::{self, Conflict, Set, Statement, Target};

/// A row that is changed where a row with its unique key is there, and created where there is none.
///
/// - `M`: the model.
#[must_use = "nothing is sent until `execute(&db)` is awaited"]
pub struct UpdateOrCreate<M: Model> {
    source: Source<M>,
    /// What is set only where the row is created, in place of what is set otherwise.
    create_defaults: Vec<ColumnValue<M>>,
    update: Update,
}

/// Which columns of a row that is there are set.
enum Update {
    /// All that the new row sets, but the key.
    AllGiven,
    /// These; `None` where something else than columns was named.
    Only(Option<Vec<usize>>),
}

impl<M: Model, S: Row<Model = M>, St: State> QuerySet<M, S, St> {
    /// Creates `row`, or where a row has the same unique key, gives that one the values of `row`, in the columns that
    /// `row` sets.
    ///
    /// `key` names the key: a column or a tuple of columns that are together the primary key, a `unique` field, or
    /// those of a `unique(..)`; none of them can be NULL.
    ///
    /// `User::objects().update_or_create(|u| u.email(), NewUser { email, active: true }).execute(&db)`
    pub fn update_or_create<K: Columns<M>>(
        self,
        key: impl FnOnce(M::Fields<Root<M>>) -> K,
        row: impl Into<M::Create>,
    ) -> UpdateOrCreate<M> {
        UpdateOrCreate {
            source: Source::Row(row.into(), positions(key(Default::default()))),
            create_defaults: Vec::new(),
            update: Update::AllGiven,
        }
    }
}

/// What `query!` writes for `User.update_or_create(email = e).defaults(active = true).create_defaults(nick = n)`.
#[doc(hidden)]
pub fn update_or_create<M: Model, const K: usize, const N: usize, const C: usize>(
    key: [ColumnValue<M>; K],
    defaults: [ColumnValue<M>; N],
    create_defaults: [ColumnValue<M>; C],
) -> UpdateOrCreate<M> {
    UpdateOrCreate {
        source: Source::Values(key.into(), defaults.into()),
        create_defaults: create_defaults.into(),
        update: Update::AllGiven,
    }
}

impl<M: Model> UpdateOrCreate<M> {
    /// Of a row that is there, sets these columns only: a column or a tuple of them. The others of the new row are for
    /// a row that is created.
    pub fn update_only<C: Columns<M>>(mut self, columns: impl FnOnce(M::Fields<Root<M>>) -> C) -> Self {
        self.update = Update::Only(positions(columns(Default::default())));
        self
    }

    /// The row as it is now, and whether it was created.
    ///
    /// One statement, `INSERT .. ON CONFLICT DO UPDATE RETURNING`. Of any number of calls at the same time exactly one
    /// creates the row, and none fails for it.
    ///
    /// # Errors
    ///
    /// When the database cannot be reached or refuses the row. In a transaction above `READ COMMITTED`, a row that
    /// another one created or changed meanwhile is [`Error::is_serialization_failure`]. Where the columns named are not
    /// a declared unique key, before anything is sent.
    pub fn execute<'a, E: Executor>(&'a self, db: &'a E) -> BoxFuture<'a, Result<(M, bool)>> {
        let statement = self.statement();
        Box::pin(async move {
            let statement = statement?;
            match returned_if_any(&db.acquire().await?, &statement).await? {
                Some((row, created)) => Ok((row, created == Some(true))),
                None => Err(Error::not_found(M::table().model, statement.text())),
            }
        })
    }

    fn statement(&self) -> Result<Statement> {
        let Checked { key, mut values } = self.source.check()?;
        let others = || values.iter().map(|&(column, _)| column).filter(|column| !key.contains(column));
        let updated: Vec<usize> = match &self.update {
            Update::AllGiven => others().collect(),
            Update::Only(columns) => named(columns)?.to_vec(),
        };
        let mut set: Vec<Set> = updated.into_iter().map(|column| Set { column, value: None }).collect();
        for (column, value) in params(&self.create_defaults)? {
            match values.iter_mut().find(|(given, _)| *given == column) {
                Some((_, given)) => {
                    let updated = std::mem::replace(given, value);
                    for set in set.iter_mut().filter(|set| set.column == column) {
                        set.value = Some(updated.clone());
                    }
                }
                None => values.push((column, value)),
            }
        }
        if set.is_empty() {
            // A row is only returned where it is updated: its key becomes what it is.
            set.extend(key.first().map(|&column| Set { column, value: None }));
        }
        let conflict = Conflict::DoUpdate { target: Target::Columns(key.to_vec()), key, set };
        Ok(sql::insert_one_or(&conflict, M::table(), values))
    }
}

impl<M: Model> fmt::Debug for UpdateOrCreate<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UpdateOrCreate").field("model", &M::table().model).finish_non_exhaustive()
    }
}
