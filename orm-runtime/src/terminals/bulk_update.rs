use std::collections::HashSet;

use bytes::{BufMut, BytesMut};
use foldhash::fast::RandomState;
use futures_util::future::BoxFuture;
use tokio_postgres::types::ToSql;

use super::batch;
use super::row_values::written_columns;
use super::write::affected;
use crate::error::{Error, Result};
use crate::exec::Executor;
use crate::model::{Insert, Model, Values};
use crate::queryset::BulkUpdate;
use crate::schema::Table;
use crate::sql::{self, Batch, Statement};
use crate::types::SqlType;

impl<M: Model> BulkUpdate<'_, M> {
    /// Updates the rows and returns how many there were: fewer than were given where the database has no row of a key, or
    /// the query set's filter leaves it out.
    ///
    /// One statement, whatever the number of rows; none for no rows. Where a column is an array, which `unnest` would
    /// take apart, the rows are sent as `VALUES`, in as many statements as PostgreSQL's limit of 65,535 parameters asks
    /// for, in a transaction of their own.
    ///
    /// # Errors
    ///
    /// When two of the rows have the same key, when no column is named or one is of the key, and when the database cannot
    /// be reached or refuses a value. No row is then changed.
    pub fn execute<'a, E: Executor>(&self, db: &'a E) -> BoxFuture<'a, Result<u64>> {
        let statements = self.statements();
        Box::pin(async move { run(db, &statements?).await })
    }

    fn statements(&self) -> Result<Vec<Statement>> {
        let table = M::table();
        let columns = [table.primary_key, &written_columns(table, &self.columns)?].concat();
        let rows: Vec<Part<'_, M>> = self.rows.iter().map(|&row| Part { row, columns: &columns }).collect();
        check_keys(table, &rows)?;
        if rows.is_empty() || self.filter.is_never() {
            return Ok(Vec::new());
        }
        let batches = batches(table, &columns, &rows)?;
        Ok(batches.iter().map(|batch| sql::update_many(table, batch, &self.filter)).collect())
    }
}

async fn run<E: Executor>(db: &E, statements: &[Statement]) -> Result<u64> {
    if statements.is_empty() {
        return Ok(0);
    }
    let connection = db.acquire().await?;
    let own_transaction = statements.len() > 1 && !connection.in_transaction();
    if own_transaction {
        connection.begin("BEGIN").await?;
    }
    let mut updated = 0;
    for statement in statements {
        updated += affected(&connection, statement).await?;
    }
    if own_transaction {
        connection.end("COMMIT").await?;
    }
    Ok(updated)
}

fn batches<M: Model>(table: &'static Table, columns: &[usize], rows: &[Part<'_, M>]) -> Result<Vec<Batch>> {
    const MOST_PARAMETERS: usize = 65_535;
    if !columns.iter().any(|&column| matches!(table.columns[column].ty, SqlType::Array(_))) {
        return Ok(vec![batch::arrays(table, rows)?]);
    }
    rows.chunks((MOST_PARAMETERS / columns.len()).max(1)).map(|rows| batch::cells(table, rows)).collect()
}

/// PostgreSQL would take one of the rows with the same key and say nothing.
fn check_keys<M: Model>(table: &'static Table, rows: &[Part<'_, M>]) -> Result<()> {
    let mut keys = KeyBytes { table, bytes: BytesMut::new(), failed: None };
    let mut ends = Vec::with_capacity(rows.len());
    for part in rows {
        part.row.values(&mut keys);
        ends.push(keys.bytes.len());
    }
    if let Some(error) = keys.failed {
        return Err(error);
    }
    let mut known = HashSet::with_capacity_and_hasher(rows.len(), RandomState::default());
    let mut start = 0;
    for end in ends {
        if !known.insert(&keys.bytes[start..end]) {
            let model = table.model;
            return Err(Error::config(format!("two of the rows of {model} to be updated have the same key")));
        }
        start = end;
    }
    Ok(())
}

/// The bytes of all keys, one after another.
struct KeyBytes {
    table: &'static Table,
    bytes: BytesMut,
    failed: Option<Error>,
}

impl Values for KeyBytes {
    fn put(&mut self, column: usize, value: &(dyn ToSql + Sync)) {
        if !self.table.primary_key.contains(&column) {
            return;
        }
        let before = self.bytes.len();
        if let Err(error) = value.to_sql_checked(&self.table.columns[column].ty.wire(), &mut self.bytes) {
            self.failed.get_or_insert_with(|| Error::encode(error));
        }
        if self.table.primary_key.len() > 1 {
            // Where one column of a key ends and the next begins.
            let length = self.bytes.len() - before;
            self.bytes.put_u64(length as u64);
        }
    }
}

/// Some columns of a row.
struct Part<'a, M> {
    row: &'a M,
    columns: &'a [usize],
}

impl<M: Model> Insert for Part<'_, M> {
    type Model = M;
    fn values(&self, values: &mut dyn Values) {
        self.row.values(&mut Chosen { columns: self.columns, values });
    }
}

/// Passes on the values of some columns.
struct Chosen<'a> {
    columns: &'a [usize],
    values: &'a mut dyn Values,
}

impl Values for Chosen<'_> {
    fn put(&mut self, column: usize, value: &(dyn ToSql + Sync)) {
        if self.columns.contains(&column) {
            self.values.put(column, value);
        }
    }
}
