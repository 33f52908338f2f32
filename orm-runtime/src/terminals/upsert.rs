//! What `get_or_create` and `update_or_create` share: a new row, and the unique key by which it may be there already.

use super::conflict::named;
use super::create::given;
use crate::ast::{ColumnRef, CompareOp, Expr, Predicate, Select, Value};
use crate::error::{Error, Result};
use crate::expr::ColumnValue;
use crate::model::Model;
use crate::types::Param;

/// A row and its key, as the caller gave them.
pub(super) enum Source<M: Model> {
    /// A new row, and the columns of the key; `None` where something else than columns was named.
    Row(M::Create, Option<Vec<usize>>),
    /// The columns of the key with their values, and the others of the new row.
    Values(Vec<ColumnValue<M>>, Vec<ColumnValue<M>>),
}

/// A row and its key, which is a declared one.
pub(super) struct Checked {
    /// The columns of the key.
    pub(super) key: &'static [usize],
    /// All columns that are set, with their values.
    pub(super) values: Vec<(usize, Param)>,
}

impl<M: Model> Source<M> {
    pub(super) fn check(&self) -> Result<Checked> {
        let table = M::table();
        let (columns, values) = match self {
            Source::Row(row, columns) => (named(columns)?.to_vec(), given(row)?),
            Source::Values(key, others) => {
                let key = params(key)?;
                let columns = key.iter().map(|&(column, _)| column).collect();
                (columns, key.into_iter().chain(params(others)?).collect())
            }
        };
        let key = table.unique_key(&columns)?;
        for &column in key {
            let name = table.columns[column].field;
            if table.columns[column].nullable {
                return Err(Error::config(format!(
                    "`{name}` can be NULL, and NULL equals nothing: every call would create a row; use a unique key \
                     whose columns are never NULL"
                )));
            }
            if !values.iter().any(|(set, _)| *set == column) {
                return Err(Error::config(format!(
                    "the row does not set `{name}`, by which it is looked up"
                )));
            }
        }
        Ok(Checked { key, values })
    }
}

/// The columns and values that `query!` listed.
pub(super) fn params<M>(values: &[ColumnValue<M>]) -> Result<Vec<(usize, Param)>> {
    let columns: Option<Vec<_>> =
        values.iter().map(|value| Some((value.column?, value.value.param.clone()))).collect();
    columns.ok_or_else(|| Error::config("name columns of the model here, not expressions over them"))
}

impl Checked {
    /// The query for the row with this key.
    pub(super) fn select<M: Model>(&self) -> Select {
        let table = M::table();
        let mut select = Select::new(M::table);
        let equal = self.key.iter().filter_map(|&index| {
            let (_, param) = self.values.iter().find(|(column, _)| *column == index)?;
            let value = Value { param: param.clone(), ty: table.columns[index].ty, array: false };
            Some(Predicate::Compare {
                op: CompareOp::Eq,
                left: Expr::Column(ColumnRef { path: None, table: M::table, index }),
                right: Expr::Value(value),
                negated: false,
            })
        });
        select.filter = equal.fold(Predicate::Const(true), Predicate::and);
        select
    }
}
