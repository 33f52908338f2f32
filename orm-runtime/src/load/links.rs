use std::sync::Arc;

use super::arrays::each_element;
use super::children::columns;
use super::keys::{Keys, in_row};
use super::run::{Asked, Gather, Loaded};
use crate::ast::Select;
use crate::error::Result;
use crate::exec::Connection;
use crate::schema::Table;
use crate::sql::{self, Children};

/// The rows at the far end of a many-to-many relation, in two statements whatever their number: the pairs of keys
/// that the third table links, then each distinct row once. A row linked to several parents is decoded for each.
pub(super) async fn load_linked(
    connection: &Connection<'_>,
    children: &Children,
    (through, source, target): (&'static Table, usize, usize),
    keys: &Keys,
    mut select: Select,
    below: &Asked<'_>,
) -> Result<Loaded> {
    let table = (children.relation.target)();
    let near = through.foreign_key(source);
    let condition = keys.condition(near, children.table, children.table.primary_key);
    let linked = linked(connection, (through, source, target), keys, &condition).await?;

    select.keys = Some(linked.condition(table.primary_key, table, table.primary_key));
    let keys = columns(children.relation.target, table.primary_key);
    let (statement, columns) = sql::rows(&Arc::new(select), children.shape, &keys);
    let keys = columns.links.clone();
    let mut gather = Gather::new(children.shape, Arc::new(columns));
    if !linked.is_empty() {
        let mut rows = connection.query(&statement).await?;
        while let Some(row) = rows.next().await? {
            gather.check(&row, statement.text())?;
            let Some(number) = linked.number(in_row(&row, keys.iter().copied()))? else { continue };
            for owner in linked.owners(number) {
                gather.push_child(&row, owner, statement.text())?;
            }
        }
    }
    gather.finish(connection, below).await
}

/// The keys of the far end that rows with these keys are linked to. The owner of such a key is not a row but a parent,
/// once for each link.
async fn linked(
    connection: &Connection<'_>,
    (through, source, target): (&'static Table, usize, usize),
    keys: &Keys,
    condition: &crate::ast::Keys,
) -> Result<Keys> {
    let mut linked = Keys::default();
    let near = through.foreign_key(source).len();
    let statement = sql::links(through, source, target, condition);
    let mut rows = connection.query(&statement).await?;
    while let Some(row) = rows.next().await? {
        let read = each_element(&row, |link| {
            let (near, far) = link.split_at(near);
            if let Some(number) = keys.number(near.iter().map(|value| Ok(*value)))? {
                for parent in keys.owners(number) {
                    linked.add(far.iter().map(|value| Ok(*value)), parent)?;
                }
            }
            Ok(())
        });
        read.map_err(|error| error.with_sql(statement.text()))?;
    }
    Ok(linked)
}
