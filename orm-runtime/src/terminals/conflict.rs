//! `bulk_create` where some of the rows may be there already.

use std::fmt;

use futures_util::future::BoxFuture;

use super::bulk_create::BulkCreate;
use crate::error::{Error, Result};
use crate::exec::Executor;
use crate::expr::{Columns, positions};
use crate::model::{Key, Model, Root};
use crate::schema::Table;
use crate::sql::{Conflict, Set, Target};
use crate::types::{Cursor, Mismatch};

/// Which conflicts a [`BulkCreate`] is about to be told to handle, and how:
/// [`do_nothing`](OnConflict::do_nothing) or [`do_update`](OnConflict::do_update).
///
/// - `M`: the model.
#[must_use = "say what to do on a conflict: `.do_nothing()`, or `.do_update(..)`"]
pub struct OnConflict<M: Model> {
    create: BulkCreate<M>,
    on: On,
}

/// Which conflicts, as the caller said it.
#[derive(Debug)]
enum On {
    Any,
    /// `None` where something else than columns was named.
    Columns(Option<Vec<usize>>),
    Constraint(String),
}

/// A row that is there already is left as it is, and its new version left out.
#[derive(Debug)]
pub struct DoNothing {
    on: On,
}

/// A row that is there already is changed.
#[derive(Debug)]
pub struct DoUpdate {
    on: On,
    columns: Option<Vec<usize>>,
}

impl<M: Model> BulkCreate<M> {
    /// Leaves out the rows that any unique key or exclusion constraint refuses: `ON CONFLICT DO NOTHING`.
    pub fn ignore_conflicts(self) -> BulkCreate<M, DoNothing> {
        self.with_conflict(DoNothing { on: On::Any })
    }

    /// Conflicts on a declared unique key: a column or a tuple of columns that are together the primary key, a
    /// `unique` field, or those of a `unique(..)`. Other conflicts stay errors.
    ///
    /// `User::objects().bulk_create(rows).on_conflict(|u| u.email()).do_update(|u| (u.nick(), u.active()))`
    pub fn on_conflict<K: Columns<M>>(self, key: impl FnOnce(M::Fields<Root<M>>) -> K) -> OnConflict<M> {
        let on = On::Columns(positions(key(Default::default())));
        OnConflict { create: self, on }
    }

    /// Conflicts on the constraint of this name: `ON CONFLICT ON CONSTRAINT`.
    pub fn on_constraint(self, name: impl Into<String>) -> OnConflict<M> {
        OnConflict { create: self, on: On::Constraint(name.into()) }
    }
}

impl<M: Model> OnConflict<M> {
    /// Leaves out the rows in conflict: `DO NOTHING`.
    pub fn do_nothing(self) -> BulkCreate<M, DoNothing> {
        self.create.with_conflict(DoNothing { on: self.on })
    }

    /// Gives the row that is there the values of the new one in these columns, a column or a tuple of them:
    /// `DO UPDATE SET nick = EXCLUDED.nick`. Where a new row does not set one of them, that is its default.
    pub fn do_update<C: Columns<M>>(
        self,
        columns: impl FnOnce(M::Fields<Root<M>>) -> C,
    ) -> BulkCreate<M, DoUpdate> {
        let columns = positions(columns(Default::default()));
        self.create.with_conflict(DoUpdate { on: self.on, columns })
    }
}

impl<M: Model> fmt::Debug for OnConflict<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OnConflict").field("on", &self.on).finish_non_exhaustive()
    }
}

impl<M: Model> BulkCreate<M, DoNothing> {
    /// Inserts the rows that can be inserted and returns, in the order of all rows, the primary keys of those, and
    /// `None` for each that was left out.
    ///
    /// As many statements as without conflicts: one, unless there are many rows and an array column, or a
    /// [`batch_size`](BulkCreate::batch_size). Of several rows with the same unique key the first is inserted.
    ///
    /// # Errors
    ///
    /// As without conflicts, for whatever else the database refuses; and where the columns named are not a declared
    /// unique key, before anything is sent.
    pub fn execute<'a, E: Executor>(&'a self, db: &'a E) -> BoxFuture<'a, Result<Vec<Option<M::Key>>>> {
        Box::pin(async move {
            let target = self.conflict.on.target(M::table())?;
            self.insert(db, Some(&Conflict::DoNothing(target)), optional::<M::Key>).await
        })
    }
}

impl<M: Model> BulkCreate<M, DoUpdate> {
    /// Inserts the rows, or changes those that are there, and returns the primary keys in the order of the rows: for
    /// a row that was there, the key that it has.
    ///
    /// As many statements as without conflicts: one, unless there are many rows and an array column, or a
    /// [`batch_size`](BulkCreate::batch_size).
    ///
    /// # Errors
    ///
    /// As without conflicts, for whatever else the database refuses: it refuses two rows with the same unique key in
    /// one statement (`21000`). And where the columns named are not a declared unique key, before anything is sent.
    pub fn execute<'a, E: Executor>(&'a self, db: &'a E) -> BoxFuture<'a, Result<Vec<M::Key>>> {
        Box::pin(async move {
            let conflict = self.conflict.check(M::table())?;
            self.insert(db, Some(&conflict), M::Key::decode).await
        })
    }
}

impl On {
    fn target(&self, table: &Table) -> Result<Target> {
        Ok(match self {
            On::Any => Target::Any,
            On::Columns(columns) => Target::Columns(table.unique_key(named(columns)?)?.to_vec()),
            On::Constraint(name) => Target::Constraint(name.clone()),
        })
    }
}

impl DoUpdate {
    fn check(&self, table: &Table) -> Result<Conflict> {
        let target = self.on.target(table)?;
        let key = match &target {
            Target::Any => table.primary_key,
            Target::Columns(columns) => table.unique_key(columns)?,
            Target::Constraint(name) => table.unique_key_named(name)?,
        };
        let columns = named(&self.columns)?;
        let set = columns.iter().map(|&column| Set { column, value: None }).collect();
        Ok(Conflict::DoUpdate { target, key, set })
    }
}

/// The columns that were named, if that is what they are.
pub(super) fn named(columns: &Option<Vec<usize>>) -> Result<&[usize]> {
    columns
        .as_deref()
        .ok_or_else(|| Error::config("name columns of the model here, not expressions over them"))
}

/// A key, or NULLs where there is none.
fn optional<K: Key>(cursor: &mut Cursor<'_>) -> Result<Option<K>, Mismatch> {
    match cursor.is_null(0)? {
        true => Ok(None),
        false => K::decode(cursor).map(Some),
    }
}
