use std::sync::Arc;

use super::keys::{Keys, in_row};
use super::links::load_linked;
use super::run::{Asked, Gather, Loaded, Loading};
use crate::ast::{self, Base, ColumnRef, Distinct, Expr, Order, Output, Select};
use crate::error::{Error, Result};
use crate::exec::Connection;
use crate::schema::{RelationKind, Table};
use crate::sql::{self, Children};
use crate::types::ColumnType;

/// The rows in one to-many slot of all parents.
pub(super) fn load_children<'a>(
    connection: &'a Connection<'_>,
    children: &'a Children,
    keys: &'a Keys,
    asked: &Asked<'a>,
) -> Loading<'a> {
    let (mut select, below) = asked.below(children);
    if children.shape.whole && matches!(select.distinct, Distinct::All) {
        // Rows with their keys are never equal.
        select.distinct = Distinct::No;
    }
    let each = is_of_each_parent(&select);
    Box::pin(async move {
        let target = children.relation.target;
        if select.is_empty() {
            let level = (children.shape.level)();
            return Ok(Loaded { level, owners: Vec::new() });
        }
        let parents = children.table.primary_key;
        match (children.through(), children.relation.kind.mirror()) {
            (Some((through, source, _)), _) if each => {
                let keys_beside = keys.condition(through.foreign_key(source), children.table, parents);
                let select = per_key(select, keys_beside, children);
                by_key(connection, children, keys, &select, &keys_beside_rows(parents), &below).await
            }
            (Some(through), _) => load_linked(connection, children, through, keys, select, &below).await,
            (None, Some(mirror)) => {
                let foreign_key = target().foreign_key(mirror);
                let wanted = keys.condition(foreign_key, children.table, parents);
                let select = match each {
                    true => per_key(select, wanted, children),
                    false => Arc::new(Select { keys: Some(wanted), ..select }),
                };
                // Whole rows have the key among their columns.
                let links = match each && !children.shape.whole {
                    true => keys_beside_rows(parents),
                    false => columns(target, foreign_key),
                };
                by_key(connection, children, keys, &select, &links, &below).await
            }
            // Only to-many relations have slots of their own statement.
            (None, None) => Err(Error::config("a to-one relation cannot be prefetched")),
        }
    })
}

/// The names of the columns of the keys that stand beside a query for each of them.
const KEYS: [&str; 4] = ["k.k0", "k.k1", "k.k2", "k.k3"];

/// The columns of the key beside each row.
fn keys_beside_rows(key: &[usize]) -> Vec<Expr> {
    KEYS[..key.len().min(KEYS.len())].iter().map(|name| Expr::constant(name)).collect()
}

/// Columns of a table as expressions.
pub(super) fn columns(table: fn() -> &'static Table, columns: &[usize]) -> Vec<Expr> {
    columns.iter().map(|&index| Expr::Column(ColumnRef { path: None, table, index })).collect()
}

/// Whether a query's rows for one parent are others than those of that parent among its rows for all.
fn is_of_each_parent(select: &Select) -> bool {
    select.is_sliced()
        || select.group.is_some()
        || !matches!(select.distinct, Distinct::No)
        || select.has_windows()
}

/// The query for each key, and not for all.
fn per_key(select: Select, keys: ast::Keys, children: &Children) -> Arc<Select> {
    let related = select.related.clone();
    let named = select.named.clone();
    let mut inner = Select { related: Vec::new(), named: Vec::new(), ..select };
    if matches!(inner.distinct, Distinct::All) {
        inner = sql::ordered_by_first(inner);
    }
    let mut inner = Arc::unwrap_or_clone(Arc::new(inner).resolved());
    inner.outputs.retain(|output| output.selected);
    let mut outer = Select { related, named, ..Select::new(inner.table) };
    let derived =
        |number: usize, expr: &Expr| Expr::Derived { number: number as u32, nullable: expr.is_nullable() };
    let outputs = inner.outputs.iter().enumerate();
    outer.outputs =
        outputs.map(|(i, output)| Output { expr: derived(i, &output.expr), ..output.clone() }).collect();
    // The order is of all rows, and what it is by may be known in the query alone.
    for order in inner.order.clone() {
        let expr = match order.expr {
            Expr::Column(_) if inner.group.is_none() => order.expr.clone(),
            _ => {
                inner.outputs.push(Output {
                    name: "",
                    expr: order.expr.clone(),
                    ty: i64::SQL,
                    selected: true,
                });
                derived(inner.outputs.len() - 1, &order.expr)
            }
        };
        outer.order.push(Order { expr, ..order });
    }
    outer.base = Base::PerKey { keys, link: children.relation, select: Arc::new(inner) };
    Arc::new(outer)
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
    let mut gather = Gather::new(children.shape, Arc::new(columns));
    let mut rows = connection.query(&statement).await?;
    while let Some(row) = rows.next().await? {
        gather.check(&row, statement.text())?;
        let Some(number) = keys.number(in_row(&row, links.iter().copied()))? else { continue };
        for owner in keys.owners(number) {
            gather.push_child(&row, owner, statement.text())?;
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
