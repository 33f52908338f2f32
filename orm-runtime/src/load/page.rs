use std::sync::Arc;

use super::run::{Asked, Gather};
use crate::ast::Select;
use crate::error::{Error, Result};
use crate::exec::Connection;
use crate::model::{Level, Shape};
use crate::sql::{self, KeyValue, Place};
use crate::types::bytes;

/// Runs a query for one row more than `size` and loads all that `shape` names beside the others. With them come the
/// values at `places` of the last one, where there is that row more.
pub(crate) async fn load_page(
    connection: &Connection<'_>,
    select: &Arc<Select>,
    shape: &'static Shape,
    size: usize,
    places: &[Place],
) -> Result<(Box<dyn Level>, Option<Vec<KeyValue>>)> {
    let (statement, columns) = sql::rows(select, shape, &[]);
    let end = columns.len();
    let mut gather = Gather::new(shape, Arc::new(columns));
    let (mut last, mut more) = (None, false);
    let mut rows = connection.query(&statement).await?;
    while let Some(row) = rows.next().await? {
        if gather.level.len() == size {
            more = true;
            continue;
        }
        gather.push(&row, statement.text())?;
        last = Some(row);
    }
    drop(rows);
    let value = |row, place: &Place| {
        let position = match *place {
            Place::Column(position) => position,
            Place::FromEnd(before) => end - before,
        };
        let value = bytes(row, position).map_err(|error| Error::decode_value("order", error))?;
        Ok(value.map(Box::from))
    };
    let next = match last {
        Some(row) if more => Some(places.iter().map(|place| value(&row, place)).collect::<Result<_>>()?),
        _ => None,
    };
    Ok((gather.finish(connection, &Asked::of(select)).await?.level, next))
}
