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
    let table = I::Model::table();
    let mut given = Given { table, columns: Vec::new(), failed: None };
    row.values(&mut given);
    match given.failed {
        Some(error) => Err(error),
        None => Ok(sql::insert_one(table, given.columns)),
    }
}

/// The one row that an insert returns.
async fn returned<M: Model>(connection: &Connection<'_>, statement: &Statement) -> Result<M> {
    let table = M::table();
    let columns: Vec<_> = table.columns.iter().map(Column::from).collect();
    let mut rows = connection.query(statement).await?;
    let mut created = None;
    while let Some(row) = rows.next().await? {
        check_types(&row, &columns, statement.text())?;
        let mut cursor = Cursor::new(&row, 0);
        created = Some(M::decode(&mut cursor).map_err(|mismatch| {
            let name = table.columns.get(cursor.position()).map_or("?", |column| column.name);
            Error::decode_value(name, mismatch).with_sql(statement.text())
        })?);
    }
    created.ok_or_else(|| Error::not_found(table.model, statement.text()))
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
