use std::future::Future;
use std::mem;
use std::pin::Pin;

use futures_util::future::join_all;
use tokio_postgres::Row;

use super::check::check_types;
use super::keys::Keys;
use super::links;
use crate::ast::{Related, Select};
use crate::error::{Error, Result};
use crate::exec::Connection;
use crate::model::{Children as Dealt, Level, Shape};
use crate::schema::{Column, RelationKind};
use crate::sql::{self, Children, Columns};

/// A level of rows, and the parents they belong to.
pub(super) struct Loaded {
    pub(super) level: Box<dyn Level>,
    /// For each row the number of its parent row.
    pub(super) owners: Vec<u32>,
}

/// Runs a query and loads all that `shape` names.
pub(crate) async fn load(
    connection: &Connection<'_>,
    select: &Select,
    shape: &'static Shape,
) -> Result<Box<dyn Level>> {
    if select.is_empty() {
        return Ok((shape.level)());
    }
    let (statement, columns) = sql::rows(select, shape);
    let mut gather = Gather::new(shape, columns);
    let mut rows = connection.query(&statement).await?;
    while let Some(row) = rows.next().await? {
        gather.push(&row, 0, statement.text())?;
    }
    drop(rows);
    Ok(gather.finish(connection, &select.related, &[]).await?.level)
}

/// Collects the rows of one statement, and with them the keys by which their children will be asked for.
pub(super) struct Gather {
    pub(super) level: Box<dyn Level>,
    owners: Vec<u32>,
    columns: Columns,
    keys: Vec<Keys>,
    checked: bool,
}

impl Gather {
    pub(super) fn new(shape: &Shape, columns: Columns) -> Gather {
        let keys = columns.children.iter().map(|_| Keys::default()).collect();
        Gather { level: (shape.level)(), owners: Vec::new(), columns, keys, checked: false }
    }

    /// Checks, at the first row, that the columns have the types of their fields. Keys are compared by their bytes, so
    /// this comes before anything is looked up by one.
    pub(super) fn check(&mut self, row: &Row, sql: &str) -> Result<()> {
        if !self.checked {
            check_types(row, &self.columns.all, sql)?;
            self.checked = true;
        }
        Ok(())
    }

    /// Decodes a row that belongs to parent number `owner`.
    pub(super) fn push(&mut self, row: &Row, owner: u32, sql: &str) -> Result<()> {
        self.check(row, sql)?;
        let number = self.level.len() as u32;
        if let Err((position, mismatch)) = self.level.push(row, 0) {
            let column: Option<&&Column> = self.columns.all.get(position);
            let name = column.map_or("?", |column| column.name);
            return Err(Error::decode_value(name, mismatch).with_sql(sql));
        }
        for (keys, children) in self.keys.iter_mut().zip(&self.columns.children) {
            let offset = children.offset;
            let positions = children.source.primary_key.iter().map(move |&key| offset + key);
            keys.add(row, positions, number)?;
        }
        self.owners.push(owner);
        Ok(())
    }

    /// The rows so far, of a statement that loads no children; what comes next starts a new level.
    pub(super) fn take(&mut self, shape: &Shape) -> Box<dyn Level> {
        self.owners.clear();
        mem::replace(&mut self.level, (shape.level)())
    }

    /// Loads the children of all rows, siblings side by side on the one connection, and moves them into their slots.
    pub(super) async fn finish(
        self,
        connection: &Connection<'_>,
        related: &[Related],
        trail: &[usize],
    ) -> Result<Loaded> {
        let Gather { mut level, owners, columns, keys, checked: _ } = self;
        let parents = level.len();
        let wanted = columns.children.iter().zip(&keys).enumerate().filter(|(_, (_, keys))| !keys.is_empty());
        let loads = wanted.map(|(slot, (children, keys))| async move {
            let trail: Vec<usize> = trail.iter().chain(&children.trail).copied().collect();
            let loaded = load_children(connection, children, keys, related, trail).await?;
            Ok((slot, loaded))
        });
        for (slot, Loaded { level: mut child, owners }) in all(loads).await? {
            let mut dealt: Box<dyn Dealt> = child.deal(&owners, parents);
            for parent in 0..parents {
                level.fill(parent, slot, dealt.of(parent));
            }
        }
        Ok(Loaded { level, owners })
    }
}

/// Runs futures together. Of several errors the one that caused the others: after a failure in a transaction, every
/// statement behind it fails too.
async fn all<T, F: Future<Output = Result<T>>>(futures: impl Iterator<Item = F>) -> Result<Vec<T>> {
    let mut done = Vec::new();
    let mut failed: Option<Error> = None;
    for result in join_all(futures).await {
        match result {
            Ok(value) => done.push(value),
            Err(error) => match &failed {
                Some(first) if !first.is_transaction_aborted() => {}
                _ => failed = Some(error),
            },
        }
    }
    failed.map_or(Ok(done), Err)
}

/// The rows in one to-many slot of all parents. Boxed, since children have children.
fn load_children<'a>(
    connection: &'a Connection<'_>,
    children: &'a Children,
    keys: &'a Keys,
    related: &'a [Related],
    trail: Vec<usize>,
) -> Pin<Box<dyn Future<Output = Result<Loaded>> + Send + 'a>> {
    Box::pin(async move {
        if let Some((through, source, target)) = children.through() {
            return links::load_linked(
                connection,
                children,
                (through, source, target),
                keys,
                related,
                &trail,
            )
            .await;
        }
        let RelationKind::HasMany { mirror } = children.relation.kind else {
            // Only to-many relations have slots of their own statement.
            return Err(Error::config("a to-one relation cannot be prefetched"));
        };
        let foreign_key = (children.relation.target)().foreign_key(mirror);
        let mut select = child_select(children, related, &trail);
        select.keys = Some(keys.condition(foreign_key, children.source, children.source.primary_key)?);
        let (statement, columns) = sql::rows(&select, children.shape);
        let mut gather = Gather::new(children.shape, columns);
        let mut rows = connection.query(&statement).await?;
        while let Some(row) = rows.next().await? {
            gather.check(&row, statement.text())?;
            let Some(number) = keys.number(&row, foreign_key.iter().copied())? else { continue };
            for owner in keys.owners(number) {
                gather.push(&row, owner, statement.text())?;
            }
        }
        drop(rows);
        gather.finish(connection, related, &trail).await
    })
}

/// All rows of a relation's target, in the order asked for.
pub(super) fn child_select(children: &Children, related: &[Related], trail: &[usize]) -> Select {
    let mut select = Select::new(children.relation.target);
    let asked = related
        .iter()
        .rev()
        .find(|related| related.path.steps().iter().map(|step| step.index).eq(trail.iter().copied()));
    if let Some(Related { path: _, order }) = asked {
        select.order = order.clone();
    }
    select
}
