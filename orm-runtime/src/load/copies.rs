use std::sync::Arc;

use super::run::{Asked, Gather};
use crate::ast::Select;
use crate::error::{Error, Result};
use crate::exec::Connection;
use crate::model::{Level, Shape};
use crate::sql::{self, Statement};
use crate::types::{Cursor, Mismatch};

/// Runs a query and loads all that `shape` names, each row as often as `copies` says.
pub(crate) async fn load_copies(
    connection: &Connection<'_>,
    select: &Arc<Select>,
    shape: &'static Shape,
    copies: &mut (dyn FnMut(&mut Cursor<'_>) -> Result<usize, Mismatch> + Send),
) -> Result<(Box<dyn Level>, Statement)> {
    let (statement, columns) = sql::rows(select, shape, &[]);
    let mut gather = Gather::new(shape, Arc::new(columns));
    let mut rows = connection.query(&statement).await?;
    while let Some(row) = rows.next().await? {
        gather.check(&row, statement.text())?;
        let copies = copies(&mut Cursor::new(&row, 0));
        let copies = copies.map_err(|error| Error::decode_value("key", error).with_sql(statement.text()))?;
        for _ in 0..copies {
            gather.push(&row, statement.text())?;
        }
    }
    drop(rows);
    let level = gather.finish(connection, &Asked::of(select)).await?.level;
    Ok((level, statement))
}
