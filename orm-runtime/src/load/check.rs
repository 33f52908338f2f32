use tokio_postgres::Row;

use crate::ast::Returned;
use crate::error::{Error, Result};
use crate::sql::Column;
use crate::types::SqlType;

/// Checks, once a statement, that the columns that came have the types of the fields they are for.
pub(crate) fn check_types(row: &Row, expected: impl Iterator<Item = Column>, sql: &str) -> Result<()> {
    for (Column { name, ty }, came) in expected.zip(row.columns()) {
        check(name, ty, came, sql)?;
    }
    Ok(())
}

/// Checks, once a statement, that the values that a write returns have the types they are to be read as.
pub(crate) fn check_outputs(row: &Row, expected: &[Returned], sql: &str) -> Result<()> {
    for (Returned { expr: _, ty }, came) in expected.iter().zip(row.columns()) {
        check(came.name(), ty, came, sql)?;
    }
    Ok(())
}

#[inline]
fn check(name: &str, expected: &SqlType, came: &tokio_postgres::Column, sql: &str) -> Result<()> {
    if expected.comes_as(came.type_()) {
        return Ok(());
    }
    Err(Error::decode(name, expected.wire().name(), came.type_().name()).with_sql(sql))
}
