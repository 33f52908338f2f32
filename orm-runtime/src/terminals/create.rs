use tokio_postgres::types::ToSql;

use crate::error::{Error, Result};
use crate::exec::Executor;
use crate::load::check_types;
use crate::model::{Insert, Model, Row, Values, new_level};
use crate::queryset::{QuerySet, State};
use crate::schema::Table;
use crate::sql;
use crate::types::{Encoded, Param};

impl<M: Model, S: Row<Model = M>, St: State> QuerySet<M, S, St> {
    /// A new row: `New..` with the required columns, or what it converts into, with optional ones set.
    ///
    /// Nothing is sent before `execute(&db)` is awaited.
    pub fn create(self, row: impl Into<M::Create>) -> M::Create {
        row.into()
    }
}

/// Inserts one row and returns it as the database made it: `INSERT .. RETURNING`, one statement.
#[doc(hidden)]
pub async fn execute_create<I: Insert, E: Executor>(row: &I, db: &E) -> Result<I::Model> {
    let table = I::Model::table();
    let mut given = Given { table, columns: Vec::new(), failed: None };
    row.values(&mut given);
    if let Some(error) = given.failed {
        return Err(error);
    }
    let statement = sql::insert_one(table, given.columns);
    let connection = db.acquire().await?;
    let mut rows = connection.query(&statement).await?;
    let mut created = new_level::<I::Model>();
    let columns: Vec<_> = table.columns.iter().collect();
    while let Some(row) = rows.next().await? {
        check_types(&row, &columns, statement.text())?;
        created.push(&row, 0).map_err(|(position, mismatch)| {
            let name = table.columns.get(position).map_or("?", |column| column.name);
            Error::decode_value(name, mismatch).with_sql(statement.text())
        })?;
    }
    let created = created.into_rows().downcast::<Vec<I::Model>>().ok();
    created
        .and_then(|mut rows| rows.pop())
        .ok_or_else(|| Error::not_found(table.model, statement.text()))
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
