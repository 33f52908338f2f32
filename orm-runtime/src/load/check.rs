use tokio_postgres::Row;

use crate::error::{Error, Result};
use crate::schema::Column;
use crate::types::same;

/// Checks, once a statement, that the columns that came have the types of the fields they are for.
pub(crate) fn check_types(row: &Row, expected: &[&Column], sql: &str) -> Result<()> {
    for (column, came) in expected.iter().zip(row.columns()) {
        let wire = column.ty.wire();
        if !same(&wire, came.type_()) {
            return Err(Error::decode(column.name, wire.name(), came.type_().name()).with_sql(sql));
        }
    }
    Ok(())
}
