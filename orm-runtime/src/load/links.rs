use std::sync::Arc;

use super::check::check_types;
use super::children::columns;
use super::keys::Keys;
use super::run::{Asked, Gather, Loaded};
use crate::ast::Select;
use crate::error::Result;
use crate::exec::Connection;
use crate::schema::Table;
use crate::sql::{self, Children, Column};

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
    let far = near.len()..near.len() + through.foreign_key(target).len();

    // The owner of a key of the far end is here not a row but a parent, once for each link.
    let mut linked = Keys::default();
    let condition = keys.condition(near, children.table, children.table.primary_key)?;
    let statement = sql::links(through, source, target, &condition);
    let ends = near.iter().chain(through.foreign_key(target)).map(|&i| Column::from(&through.columns[i]));
    let mut checked = false;
    let mut rows = connection.query(&statement).await?;
    while let Some(row) = rows.next().await? {
        if !checked {
            check_types(&row, ends.clone(), statement.text())?;
            checked = true;
        }
        let Some(number) = keys.number(&row, 0..near.len())? else { continue };
        for parent in keys.owners(number) {
            linked.add(&row, far.clone(), parent)?;
        }
    }
    drop(rows);

    select.keys = Some(linked.condition(table.primary_key, table, table.primary_key)?);
    let keys = columns(children.relation.target, table.primary_key);
    let (statement, columns) = sql::rows(&Arc::new(select), children.shape, &keys);
    let keys = columns.links.clone();
    let mut gather = Gather::new(children.shape, columns);
    if !linked.is_empty() {
        let mut rows = connection.query(&statement).await?;
        while let Some(row) = rows.next().await? {
            gather.check(&row, statement.text())?;
            let Some(number) = linked.number(&row, keys.iter().copied())? else { continue };
            for owner in linked.owners(number) {
                gather.push(&row, owner, statement.text())?;
            }
        }
    }
    gather.finish(connection, below).await
}
