//! The values of a row, as parameters of the statements that write it.

use tokio_postgres::types::ToSql;

use crate::ast::{Action, Assignment, ColumnRef, CompareOp, Expr, Predicate, Select, Value, Write, all_of};
use crate::error::{Error, Result};
use crate::model::{Model, Values};
use crate::schema::Table;
use crate::sql::{self, Statement};
use crate::types::{Encoded, Param};

/// The values of all columns of a row.
pub(super) struct RowValues {
    table: fn() -> &'static Table,
    values: Vec<Value>,
    failed: Option<Error>,
}

impl RowValues {
    pub(super) fn of<M: Model>(row: &M) -> Result<RowValues> {
        let mut values = RowValues { table: M::table, values: Vec::new(), failed: None };
        row.values(&mut values);
        match values.failed.take() {
            Some(error) => Err(error),
            None => Ok(values),
        }
    }

    /// The query for the row, by its primary key.
    pub(super) fn select(self) -> Select {
        Select { filter: self.key(), ..Select::new(self.table) }
    }

    /// The `UPDATE` that writes `columns`. Where there are none, a query for the row.
    pub(super) fn update(self, columns: Vec<usize>) -> Result<Statement> {
        if columns.is_empty() {
            return Ok(sql::exists(&self.select()));
        }
        let set = columns.into_iter().map(|column| Assignment {
            column: self.column(column),
            value: Expr::Value(self.values[column].clone()),
        });
        let set = set.collect();
        self.write(Action::Update(set))
    }

    /// The `DELETE` for the row.
    pub(super) fn delete(self) -> Result<Statement> {
        self.write(Action::Delete)
    }

    fn write(self, action: Action) -> Result<Statement> {
        sql::write(&Write { table: self.table, action, filter: self.key(), returning: Vec::new() })
    }

    /// `"id" = $1`, for each column of the key.
    fn key(&self) -> Predicate {
        all_of((self.table)().primary_key.iter().map(|&column| Predicate::Compare {
            op: CompareOp::Eq,
            left: self.column(column),
            right: Expr::Value(self.values[column].clone()),
            negated: false,
        }))
    }

    fn column(&self, index: usize) -> Expr {
        Expr::Column(ColumnRef { path: None, table: self.table, index })
    }
}

impl Values for RowValues {
    fn put(&mut self, column: usize, value: &(dyn ToSql + Sync)) {
        let ty = (self.table)().columns[column].ty;
        match Encoded::new(ty.wire(), value) {
            Ok(value) => self.values.push(Value { param: Param::new(ty.wire(), value), ty, array: false }),
            Err(error) => self.failed = Some(Error::encode(error)),
        }
    }
}

/// The positions of columns that are to be written, each once.
///
/// # Errors
///
/// When there is none, or one is of the key or is no column.
pub(super) fn written_columns(table: &'static Table, columns: &[Expr]) -> Result<Vec<usize>> {
    let mut written = Vec::with_capacity(columns.len());
    for column in columns {
        let &Expr::Column(ColumnRef { path: None, table: _, index }) = column else {
            return Err(Error::config("only a column can be written, and this is an expression"));
        };
        if table.primary_key.contains(&index) {
            let (field, model) = (table.columns[index].field, table.model);
            return Err(Error::config(format!(
                "`{field}` is in the primary key of {model}, by which rows are found: it cannot be written"
            )));
        }
        if !written.contains(&index) {
            written.push(index);
        }
    }
    match written.is_empty() {
        true => Err(Error::config("name at least one column to be written")),
        false => Ok(written),
    }
}
