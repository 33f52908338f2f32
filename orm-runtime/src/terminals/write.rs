//! `execute` of updates and deletes.

use futures_util::future::BoxFuture;

use crate::ast::Write;
use crate::error::{Error, Result};
use crate::exec::{Connection, Executor};
use crate::load::check_outputs;
use crate::queryset::{Delete, Returning, Update};
use crate::sql::{self, Statement};
use crate::types::{Cursor, Mismatch};

impl<M> Update<M> {
    /// Updates the rows and returns how many there were, those that had the values already included. One statement;
    /// none where the filter is known to be false.
    ///
    /// # Errors
    ///
    /// When the database cannot be reached or refuses a value; no row is then changed. When no column is set, or what is
    /// set is not a column.
    pub fn execute<'a, E: Executor>(&self, db: &'a E) -> BoxFuture<'a, Result<u64>> {
        let statement = statement(&self.node);
        Box::pin(async move { touched(db, statement?).await })
    }

    /// The statement, without running it.
    ///
    /// # Errors
    ///
    /// When no column is set, or what is set is not a column.
    pub fn to_sql(&self) -> Result<Statement> {
        sql::write(&self.node)
    }
}

impl<M> Delete<M> {
    /// Deletes the rows and returns how many there were; rows that the database deleted with them (`on_delete = cascade`)
    /// are not counted. One statement; none where the filter is known to be false.
    ///
    /// # Errors
    ///
    /// When the database cannot be reached, or a row that is to stay refers to one of these:
    /// [`Error::is_foreign_key_violation`](crate::Error::is_foreign_key_violation). No row is then deleted.
    pub fn execute<'a, E: Executor>(&self, db: &'a E) -> BoxFuture<'a, Result<u64>> {
        let statement = statement(&self.node);
        Box::pin(async move { touched(db, statement?).await })
    }

    /// The statement, without running it.
    ///
    /// # Errors
    ///
    /// None; it is a `Result` as that of [`Update::to_sql`] is.
    pub fn to_sql(&self) -> Result<Statement> {
        sql::write(&self.node)
    }
}

impl<T: Send + 'static> Returning<T> {
    /// Updates or deletes the rows and returns what was asked for of each, in no particular order. One statement; none
    /// where the filter is known to be false.
    ///
    /// # Errors
    ///
    /// As the `execute` of [`Update`] or [`Delete`]; when a column's value does not fit its field; when what is to be
    /// returned is over a relation.
    pub fn execute<'a, E: Executor>(&self, db: &'a E) -> BoxFuture<'a, Result<Vec<T>>> {
        let (statement, write, decode) = (statement(&self.node), self.node.clone(), self.decode);
        Box::pin(async move {
            match statement? {
                Some(statement) => returned(&db.acquire().await?, &statement, &write, decode).await,
                None => Ok(Vec::new()),
            }
        })
    }

    /// The statement, without running it.
    ///
    /// # Errors
    ///
    /// As [`Update::to_sql`]; when what is to be returned is over a relation.
    pub fn to_sql(&self) -> Result<Statement> {
        sql::write(&self.node)
    }
}

/// The statement to be sent; none where no row can pass the filter.
fn statement(write: &Write) -> Result<Option<Statement>> {
    let statement = sql::write(write)?;
    Ok((!write.filter.is_never()).then_some(statement))
}

async fn touched<E: Executor>(db: &E, statement: Option<Statement>) -> Result<u64> {
    match statement {
        Some(statement) => affected(&db.acquire().await?, &statement).await,
        None => Ok(0),
    }
}

/// How many rows a statement changed.
pub(super) async fn affected(connection: &Connection<'_>, statement: &Statement) -> Result<u64> {
    let mut rows = connection.query(statement).await?;
    while rows.next().await?.is_some() {}
    Ok(rows.affected())
}

async fn returned<T>(
    connection: &Connection<'_>,
    statement: &Statement,
    write: &Write,
    decode: fn(&mut Cursor<'_>) -> Result<T, Mismatch>,
) -> Result<Vec<T>> {
    let mut rows = connection.query(statement).await?;
    let mut all = Vec::new();
    while let Some(row) = rows.next().await? {
        if all.is_empty() {
            check_outputs(&row, &write.returning, statement.text())?;
        }
        let mut cursor = Cursor::new(&row, 0);
        all.push(decode(&mut cursor).map_err(|mismatch| {
            let name = row.columns().get(cursor.position()).map_or("?", |column| column.name());
            Error::decode_value(name, mismatch).with_sql(statement.text())
        })?);
    }
    Ok(all)
}
