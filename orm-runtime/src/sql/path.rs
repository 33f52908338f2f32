//! The rows at the end of a to-many path, as a subquery sees them: joined backwards from the last table to the first.

use super::Writer;
use super::from::{From, connect, equal, first_many};
use crate::schema::{PathNode, RelationKind, Table};

/// The foreign key by which the rows of a subquery belong to the row that a path starts from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Link {
    alias: u32,
    table: &'static Table,
    columns: &'static [usize],
}

impl Link {
    /// How many columns it has.
    pub(super) fn len(&self) -> usize {
        self.columns.len()
    }

    /// Writes column number `i` of the key.
    pub(super) fn write(&self, writer: &mut Writer, i: usize) {
        writer.column(self.alias, self.table, self.columns[i]);
    }
}

/// Writes the joins that lead from the last table of `path`, which `inner` is of, back to its first to-many step.
///
/// From the end backwards each table is joined to the one before it, so that what is said of the last table can hang
/// its own joins on it.
pub(super) fn joins_back(writer: &mut Writer, path: &'static PathNode, inner: &From<'_>) -> Link {
    let first = first_many(path);
    let mut end = (inner.alias, inner.table_of(None));
    let mut step = path;
    while !std::ptr::eq(step, first) {
        end = backwards(writer, step, end);
        match step.parent {
            Some(parent) => step = parent,
            None => break,
        }
    }
    match first.relation.kind {
        RelationKind::ManyToMany { through, source, target } => {
            let middle = join_through(writer, through(), target, end);
            Link { alias: middle.0, table: middle.1, columns: middle.1.foreign_key(source) }
        }
        RelationKind::HasMany { mirror } | RelationKind::HasOne { mirror } => {
            Link { alias: end.0, table: end.1, columns: end.1.foreign_key(mirror) }
        }
        RelationKind::BelongsTo { .. } => Link { alias: end.0, table: end.1, columns: end.1.primary_key },
    }
}

/// Joins the table that `step` starts from to the one at its end.
fn backwards(
    writer: &mut Writer,
    step: &'static PathNode,
    end: (u32, &'static Table),
) -> (u32, &'static Table) {
    let start = (writer.alias(), (step.source)());
    match step.relation.kind {
        RelationKind::ManyToMany { through, source, target } => {
            let middle = join_through(writer, through(), target, end);
            join(writer, start);
            equal(
                writer,
                (start.0, start.1, start.1.primary_key),
                (middle.0, middle.1, middle.1.foreign_key(source)),
            );
        }
        _ => {
            join(writer, start);
            connect(writer, start, step.relation, end, step.index);
        }
    }
    start
}

/// Joins the table that links two others, by its relation number `target`, to the one at the far end.
fn join_through(
    writer: &mut Writer,
    through: &'static Table,
    target: usize,
    end: (u32, &'static Table),
) -> (u32, &'static Table) {
    let middle = (writer.alias(), through);
    join(writer, middle);
    equal(writer, (middle.0, through, through.foreign_key(target)), (end.0, end.1, end.1.primary_key));
    middle
}

fn join(writer: &mut Writer, (alias, table): (u32, &'static Table)) {
    writer.push(" JOIN ").table(table).push(" ").table_alias(alias).push(" ON ");
}
