use tokio_postgres::Row;

use crate::ast::Returned;
use crate::error::{Error, Result};
use crate::sql::Column;
use crate::types::same;

/// Checks, once a statement, that the columns that came have the types of the fields they are for.
pub(crate) fn check_types(row: &Row, expected: impl Iterator<Item = Column>, sql: &str) -> Result<()> {
    for (column, came) in expected.zip(row.columns()) {
        let wire = column.ty.wire();
        if !same(&wire, came.type_()) {
            return Err(Error::decode(column.name, wire.name(), came.type_().name()).with_sql(sql));
        }
    }
    Ok(())
}

/// Checks, once a statement, that the values that a write returns have the types they are to be read as.
pub(crate) fn check_outputs(row: &Row, expected: &[Returned], sql: &str) -> Result<()> {
    for (Returned { expr: _, ty }, came) in expected.iter().zip(row.columns()) {
        let wire = ty.wire();
        if !same(&wire, came.type_()) {
            return Err(Error::decode(came.name(), wire.name(), came.type_().name()).with_sql(sql));
        }
    }
    Ok(())
}
