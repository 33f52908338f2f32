use futures_util::future::BoxFuture;
use tokio_postgres::types::ToSql;

use crate::error::{Error, Result};
use crate::exec::{Connection, Executor};
use crate::load::check_types;
use crate::model::{Insert, Model, Selects, Values};
use crate::queryset::{QuerySet, State};
use crate::schema::Table;
use crate::sql::{self, Column, Statement};
use crate::types::{Cursor, Encoded, Param};

impl<M: Model, S: Selects<Model = M>, St: State> QuerySet<M, S, St> {
    /// A new row: `New..` with the required columns, or what it converts into, with optional ones set.
    ///
    /// Nothing is sent before `execute(&db)` is awaited.
    pub fn create(self, row: impl Into<M::Create>) -> M::Create {
        row.into()
    }
}

/// Inserts one row and returns it as the database made it: `INSERT .. RETURNING`, one statement.
#[doc(hidden)]
pub fn execute_create<'a, I: Insert, E: Executor>(row: &I, db: &'a E) -> BoxFuture<'a, Result<I::Model>> {
    let statement = insert_one(row);
    Box::pin(async move { returned(&db.acquire().await?, &statement?).await })
}

fn insert_one<I: Insert>(row: &I) -> Result<Statement> {
    Ok(sql::insert_one(I::Model::table(), given(row)?))
}

/// The columns that a new row sets, with their values.
pub(super) fn given<I: Insert>(row: &I) -> Result<Vec<(usize, Param)>> {
    let mut given = Given { table: I::Model::table(), columns: Vec::new(), failed: None };
    row.values(&mut given);
    given.failed.map_or(Ok(given.columns), Err)
}

/// The one row that an insert returns.
async fn returned<M: Model>(connection: &Connection<'_>, statement: &Statement) -> Result<M> {
    match returned_if_any(connection, statement).await? {
        Some((created, _)) => Ok(created),
        None => Err(Error::not_found(M::table().model, statement.text())),
    }
}

/// The row that an insert returns, if it does, and what its last column says where there is one more.
pub(super) async fn returned_if_any<M: Model>(
    connection: &Connection<'_>,
    statement: &Statement,
) -> Result<Option<(M, Option<bool>)>> {
    let table = M::table();
    let mut rows = connection.query(statement).await?;
    let mut created = None;
    while let Some(row) = rows.next().await? {
        check_types(&row, table.columns.iter().map(Column::from), statement.text())?;
        let mut cursor = Cursor::new(&row, 0);
        let model = M::decode(&mut cursor).map_err(|mismatch| {
            let name = table.columns.get(cursor.position()).map_or("?", |column| column.name);
            Error::decode_value(name, mismatch).with_sql(statement.text())
        })?;
        created = Some((model, row.try_get(table.columns.len()).ok()));
    }
    Ok(created)
}

/// The columns that a new row sets.
struct Given {
    table: &'static Table,
    columns: Vec<(usize, Param)>,
    failed: Option<Error>,
}

impl Values for Given {
    fn put(&mut self, column: usize, value: &(dyn ToSql + Sync)) {
        let wire = self.table.columns[column].ty.wire();
        match Encoded::new(wire.clone(), value) {
            Ok(value) => self.columns.push((column, Param::new(wire, value))),
            Err(error) => self.failed = Some(Error::encode(error)),
        }
    }
}
