//! New rows, turned into the parameters of a bulk insert.

use tokio_postgres::types::ToSql;

use crate::ast::Value;
use crate::error::{Error, Result};
use crate::model::{Insert, Values};
use crate::schema::Table;
use crate::sql::{Batch, BatchColumn};
use crate::types::{Elements, Encoded, EncodedArray, Param};

/// Column by column: what `unnest` takes.
pub(super) fn arrays<I: Insert>(table: &'static Table, rows: &[I]) -> Result<Batch> {
    let mut arrays = Arrays { table, columns: Vec::new(), row: 0, failed: None };
    for row in rows {
        row.values(&mut arrays);
        arrays.end_row();
    }
    if let Some(error) = arrays.failed {
        return Err(error);
    }
    Ok(Batch::Arrays { rows: rows.len(), columns: arrays.columns.into_iter().map(Column::finish).collect() })
}

/// Row by row: what `VALUES` takes.
pub(super) fn cells<I: Insert>(table: &'static Table, rows: &[I]) -> Result<Batch> {
    let mut cells = Cells { table, rows: Vec::with_capacity(rows.len()), failed: None };
    for row in rows {
        cells.rows.push((0..table.columns.len()).map(|_| None).collect());
        row.values(&mut cells);
    }
    if let Some(error) = cells.failed {
        return Err(error);
    }
    let set = |&column: &usize| cells.rows.iter().any(|row| row[column].is_some());
    let columns: Vec<usize> = (0..table.columns.len()).filter(set).collect();
    let pick = |mut row: Vec<Option<Value>>| columns.iter().map(|&column| row[column].take()).collect();
    let rows = cells.rows.into_iter().map(pick).collect();
    Ok(Batch::Cells { columns, rows })
}

struct Arrays {
    table: &'static Table,
    columns: Vec<Column>,
    row: usize,
    failed: Option<Error>,
}

struct Column {
    index: usize,
    ty: &'static crate::types::SqlType,
    values: EncodedArray,
    given: Vec<bool>,
}

impl Values for Arrays {
    fn put(&mut self, column: usize, value: &(dyn ToSql + Sync)) {
        let place = self.columns.iter().position(|known| known.index == column).unwrap_or_else(|| {
            let ty = self.table.columns[column].ty;
            let values = EncodedArray::new(ty.wire(), Elements::default());
            self.columns.push(Column { index: column, ty, values, given: Vec::new() });
            self.columns.len() - 1
        });
        let column = &mut self.columns[place];
        let added = column.pad(self.row).and_then(|()| column.values.push(value));
        column.given.push(true);
        if let Err(error) = added {
            self.failed = Some(Error::encode(error));
        }
    }
}

impl Arrays {
    fn end_row(&mut self) {
        self.row += 1;
        for column in &mut self.columns {
            if let Err(error) = column.pad(self.row) {
                self.failed = Some(Error::encode(error));
            }
        }
    }
}

impl Column {
    /// Adds NULLs for rows that did not set the column, up to `rows` rows.
    fn pad(&mut self, rows: usize) -> Result<(), Box<dyn std::error::Error + Sync + Send>> {
        while self.values.len() < rows {
            self.values.push_bytes(None)?;
            self.given.push(false);
        }
        Ok(())
    }

    fn finish(self) -> BatchColumn {
        let Column { index, ty, values, given } = self;
        let given = (!given.iter().all(|given| *given)).then(|| Value::array(given));
        let values = Value { param: Param::new(ty.array(), values), ty, array: true };
        BatchColumn { index, values, given }
    }
}

struct Cells {
    table: &'static Table,
    rows: Vec<Vec<Option<Value>>>,
    failed: Option<Error>,
}

impl Values for Cells {
    fn put(&mut self, column: usize, value: &(dyn ToSql + Sync)) {
        let ty = self.table.columns[column].ty;
        match Encoded::new(ty.wire(), value) {
            Ok(value) => {
                let value = Value { param: Param::new(ty.wire(), value), ty, array: false };
                if let Some(row) = self.rows.last_mut() {
                    row[column] = Some(value);
                }
            }
            Err(error) => self.failed = Some(Error::encode(error)),
        }
    }
}
