use std::future::{Future, poll_fn};
use std::mem;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use futures_util::future::join_all;
use tokio_postgres::Row;

use super::check::check_types;
use super::children::load_children;
use super::keys::{Keys, in_row};
use crate::ast::{Named, Related, Select};
use crate::error::{Error, Result};
use crate::exec::{Connection, Rows};
use crate::model::{Children as Dealt, Level, Shape};
use crate::sql::{Children, Columns, Source, Statement};

/// A level of rows, and the parents they belong to.
pub(super) struct Loaded {
    pub(super) level: Box<dyn Level>,
    /// For each row the number of its parent row.
    pub(super) owners: Vec<u32>,
}

/// What was said of the relations that are prefetched.
#[derive(Clone)]
pub(super) struct Asked<'a> {
    /// The order of whole relations.
    related: &'a [Related],
    /// The queries of the others.
    named: &'a [Named],
    /// The relations that lead from the table of `related` to where we are.
    trail: Vec<usize>,
}

impl<'a> Asked<'a> {
    pub(super) fn of(select: &'a Select) -> Asked<'a> {
        Asked { related: &select.related, named: &select.named, trail: Vec::new() }
    }

    /// The query for the rows of a slot, and what is asked of what is below them.
    pub(super) fn below(&self, children: &Children) -> (Select, Asked<'a>) {
        let trail = match &children.source {
            Source::Named(number) => match self.named.get(*number) {
                Some(named) => return (Select::clone(&named.select), Asked::of(&named.select)),
                None => Vec::new(),
            },
            Source::Whole(trail) => self.trail.iter().chain(trail).copied().collect(),
        };
        let mut select = Select::new(children.relation.target);
        let here =
            |related: &&Related| related.path.steps().iter().map(|step| step.index).eq(trail.iter().copied());
        if let Some(Related { path: _, order }) = self.related.iter().rev().find(here) {
            select.order = order.clone();
        }
        (select, Asked { related: self.related, named: &[], trail })
    }
}

/// Runs a query, where `most` says so for at most so many rows, and loads all that `shape` names.
pub(crate) async fn load(
    connection: &Connection<'_>,
    select: &Arc<Select>,
    shape: &'static Shape,
    most: Option<u64>,
) -> Result<Box<dyn Level>> {
    if select.is_empty() {
        return Ok((shape.level)());
    }
    let (statement, columns) = connection.rendered().rows(select, shape, most);
    let mut gather = Gather::new(shape, columns);
    gather.run(connection, &statement).await?;
    if gather.columns.children.is_empty() {
        return Ok(gather.level);
    }
    Ok(Box::pin(gather.finish(connection, &Asked::of(select))).await?.level)
}

/// Collects the rows of one statement, and with them the keys by which their children will be asked for.
pub(super) struct Gather {
    pub(super) level: Box<dyn Level>,
    /// For each row the number of its parent row, where it has one.
    owners: Vec<u32>,
    pub(super) columns: Arc<Columns>,
    keys: Vec<Keys>,
    checked: bool,
}

impl Gather {
    pub(super) fn new(shape: &Shape, columns: Arc<Columns>) -> Gather {
        let keys = columns.children.iter().map(|_| Keys::default()).collect();
        Gather { level: (shape.level)(), owners: Vec::new(), columns, keys, checked: false }
    }

    /// Checks, at the first row, that the columns have the types of their fields. Keys are compared by their bytes, so
    /// this comes before anything is looked up by one.
    pub(super) fn check(&mut self, row: &Row, sql: &str) -> Result<()> {
        if !self.checked {
            check_types(row, self.columns.iter(), sql)?;
            self.checked = true;
        }
        Ok(())
    }

    /// Decodes a row.
    pub(super) fn push(&mut self, row: &Row, sql: &str) -> Result<()> {
        self.check(row, sql)?;
        if let Err((position, mismatch)) = self.level.push(row, 0) {
            let name = self.columns.iter().nth(position).map_or("?", |column| column.name);
            return Err(Error::decode_value(name, mismatch).with_sql(sql));
        }
        if !self.keys.is_empty() {
            // A statement's rows are counted in 32 bits: four thousand million of them do not fit into memory.
            let number = self.level.len() as u32 - 1;
            for (keys, children) in self.keys.iter_mut().zip(&self.columns.children) {
                keys.add(in_row(row, children.keys.iter().copied()), number)?;
            }
        }
        Ok(())
    }

    /// Decodes a row that belongs to parent number `owner`.
    pub(super) fn push_child(&mut self, row: &Row, owner: u32, sql: &str) -> Result<()> {
        self.push(row, sql)?;
        self.owners.push(owner);
        Ok(())
    }

    /// Runs a statement and decodes its rows.
    pub(super) async fn run(&mut self, connection: &Connection<'_>, statement: &Statement) -> Result<()> {
        let mut rows = connection.query(statement).await?;
        self.read(&mut rows, statement.text()).await
    }

    /// Decodes all rows of a statement.
    pub(super) async fn read(&mut self, rows: &mut Rows<'_>, sql: &str) -> Result<()> {
        poll_fn(|cx| self.poll_read(rows, usize::MAX, sql, cx)).await
    }

    /// Decodes rows until there are `most`, or no more come: one loop, and not a future for each row.
    pub(super) fn poll_read(
        &mut self,
        rows: &mut Rows<'_>,
        most: usize,
        sql: &str,
        cx: &mut Context<'_>,
    ) -> Poll<Result<()>> {
        while self.level.len() < most {
            match ready!(rows.poll_next(cx))? {
                Some(row) => self.push(&row, sql)?,
                None => break,
            }
        }
        Poll::Ready(Ok(()))
    }

    /// The rows so far, of a statement that loads no children; what comes next starts a new level.
    pub(super) fn take(&mut self, shape: &Shape) -> Box<dyn Level> {
        mem::replace(&mut self.level, (shape.level)())
    }

    /// Loads the children of all rows, siblings side by side on the one connection, and moves them into their slots.
    pub(super) async fn finish(self, connection: &Connection<'_>, asked: &Asked<'_>) -> Result<Loaded> {
        let Gather { mut level, owners, columns, keys, checked: _ } = self;
        let parents = level.len();
        let wanted = columns.children.iter().zip(&keys).enumerate().filter(|(_, (_, keys))| !keys.is_empty());
        let loads = wanted.map(|(slot, (children, keys))| async move {
            Ok((slot, load_children(connection, children, keys, asked).await?))
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

/// What loads the children of a slot. Boxed, since children have children.
pub(super) type Loading<'a> = Pin<Box<dyn Future<Output = Result<Loaded>> + Send + 'a>>;
