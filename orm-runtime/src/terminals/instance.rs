//! A row that was read, written back.

use std::sync::Arc;

use futures_util::future::BoxFuture;

use super::read::rows;
use super::row_values::{RowValues, written_columns};
use super::write::affected;
use crate::error::{Error, Result};
use crate::exec::Executor;
use crate::expr::Columns;
use crate::model::{Model, Root};
use crate::schema::Table;
use crate::sql::{self, Statement};

/// What can be done with one row of a table. Implemented for every model; rows with loaded relations dereference to it.
///
/// Each finds the row by its primary key and is one statement.
pub trait Instance: Model {
    /// Writes all columns but the key back: `UPDATE .. SET .. WHERE` key. What another program wrote to the row since it
    /// was read is overwritten; [`save_only`](Self::save_only) leaves other columns alone.
    ///
    /// # Errors
    ///
    /// [`Error::is_not_found`] where no row has the key: nothing is inserted. When the database refuses a value.
    fn save<'a, E: Executor>(&self, db: &'a E) -> BoxFuture<'a, Result<()>> {
        let table = Self::table();
        let columns: Vec<usize> =
            (0..table.columns.len()).filter(|column| !table.primary_key.contains(column)).collect();
        found(db, table, RowValues::of(self).and_then(|row| row.update(columns)))
    }

    /// Writes some columns back: `row.save_only(&db, |o| (o.total(), o.note()))`.
    ///
    /// # Errors
    ///
    /// As [`save`](Self::save), and when a column is of the key, which cannot be changed.
    fn save_only<'a, E: Executor, C: Columns<Self>>(
        &self,
        db: &'a E,
        columns: impl FnOnce(Self::Fields<Root<Self>>) -> C,
    ) -> BoxFuture<'a, Result<()>> {
        let table = Self::table();
        let columns = written_columns(table, &columns(Default::default()).into_columns());
        found(db, table, columns.and_then(|columns| RowValues::of(self)?.update(columns)))
    }

    /// Reads the columns again. Loaded relations of the row stay as they were loaded.
    ///
    /// # Errors
    ///
    /// [`Error::is_not_found`] where no row has the key any more. When a column's value does not fit its field.
    fn refresh<'a, E: Executor>(&'a mut self, db: &'a E) -> BoxFuture<'a, Result<()>> {
        let select = RowValues::of(self).map(RowValues::select);
        Box::pin(async move {
            let select = Arc::new(select?);
            match rows::<Self, E>(db, &select).await?.pop() {
                Some(row) => *self = row,
                None => {
                    return Err(Error::not_found(
                        Self::table().model,
                        sql::rows(&select, Self::SHAPE, &[]).0.text(),
                    ));
                }
            }
            Ok(())
        })
    }

    /// Deletes the row: `DELETE .. WHERE` key.
    ///
    /// # Errors
    ///
    /// [`Error::is_not_found`] where no row has the key any more, and
    /// [`Error::is_foreign_key_violation`](crate::Error::is_foreign_key_violation) where another row refers to it that
    /// is to stay.
    fn delete<'a, E: Executor>(&self, db: &'a E) -> BoxFuture<'a, Result<()>> {
        found(db, Self::table(), RowValues::of(self).and_then(RowValues::delete))
    }
}

impl<M: Model> Instance for M {}

/// Runs a statement that has to touch a row.
fn found<'a, E: Executor>(
    db: &'a E,
    table: &'static Table,
    statement: Result<Statement>,
) -> BoxFuture<'a, Result<()>> {
    Box::pin(async move {
        let statement = statement?;
        match affected(&db.acquire().await?, &statement).await? {
            0 => Err(Error::not_found(table.model, statement.text())),
            _ => Ok(()),
        }
    })
}
