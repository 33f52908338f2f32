use std::sync::Arc;

use super::keys::Keys;
use super::links::load_linked;
use super::run::{Asked, Gather, Loaded, Loading};
use crate::ast::{self, Base, ColumnRef, Expr, Select};
use crate::error::{Error, Result};
use crate::exec::Connection;
use crate::schema::{RelationKind, Table};
use crate::sql::{self, Children};

/// The rows in one to-many slot of all parents.
pub(super) fn load_children<'a>(
    connection: &'a Connection<'_>,
    children: &'a Children,
    keys: &'a Keys,
    asked: &Asked<'a>,
) -> Loading<'a> {
    let (select, below) = asked.below(children);
    Box::pin(async move {
        let target = children.relation.target;
        if select.is_empty() {
            let level = (children.shape.level)();
            return Ok(Loaded { level, owners: Vec::new() });
        }
        let parents = children.table.primary_key;
        match (children.through(), children.relation.kind.mirror()) {
            (Some((through, source, _)), _) if select.is_sliced() => {
                let keys_beside = keys.condition(through.foreign_key(source), children.table, parents)?;
                let links: Vec<Expr> = KEYS[..parents.len().min(KEYS.len())].iter().map(beside).collect();
                let select = per_key(select, keys_beside, children);
                by_key(connection, children, keys, &select, &links, &below).await
            }
            (Some(through), _) => load_linked(connection, children, through, keys, select, &below).await,
            (None, Some(mirror)) => {
                let foreign_key = target().foreign_key(mirror);
                let wanted = keys.condition(foreign_key, children.table, parents)?;
                let select = if select.is_sliced() {
                    per_key(select, wanted, children)
                } else {
                    Arc::new(Select { keys: Some(wanted), ..select })
                };
                let links = columns(target, foreign_key);
                by_key(connection, children, keys, &select, &links, &below).await
            }
            // Only to-many relations have slots of their own statement.
            (None, None) => Err(Error::config("a to-one relation cannot be prefetched")),
        }
    })
}

/// The names of the columns of the keys that stand beside a query for each of them.
const KEYS: [&str; 4] = ["k.k0", "k.k1", "k.k2", "k.k3"];

fn beside(name: &&'static str) -> Expr {
    Expr::constant(name)
}

/// Columns of a table as expressions.
pub(super) fn columns(table: fn() -> &'static Table, columns: &[usize]) -> Vec<Expr> {
    columns.iter().map(|&index| Expr::Column(ColumnRef { path: None, table, index })).collect()
}

/// The query with its slice for each key, and not for all.
fn per_key(select: Select, keys: ast::Keys, children: &Children) -> Arc<Select> {
    let outer = Select {
        order: select.order.clone(),
        outputs: select.outputs.clone(),
        distinct: select.distinct.clone(),
        related: select.related.clone(),
        named: select.named.clone(),
        ..Select::new(select.table)
    };
    let inner = Select { related: Vec::new(), named: Vec::new(), ..select };
    let base = Base::PerKey { keys, link: children.relation, select: Arc::new(inner) };
    Arc::new(Select { base, ..outer })
}

/// Runs the query of a slot; the values of `links` in each of its rows are the key of the row's parents.
async fn by_key(
    connection: &Connection<'_>,
    children: &Children,
    keys: &Keys,
    select: &Arc<Select>,
    links: &[Expr],
    below: &Asked<'_>,
) -> Result<Loaded> {
    let (statement, columns) = sql::rows(select, children.shape, links);
    let links = columns.links.clone();
    let mut gather = Gather::new(children.shape, columns);
    let mut rows = connection.query(&statement).await?;
    while let Some(row) = rows.next().await? {
        gather.check(&row, statement.text())?;
        let Some(number) = keys.number(&row, links.iter().copied())? else { continue };
        for owner in keys.owners(number) {
            gather.push(&row, owner, statement.text())?;
        }
    }
    drop(rows);
    gather.finish(connection, below).await
}

impl RelationKind {
    /// The `belongs_to` of the target that a relation to several rows mirrors.
    fn mirror(&self) -> Option<usize> {
        match self {
            RelationKind::HasMany { mirror } => Some(*mirror),
            _ => None,
        }
    }
}
