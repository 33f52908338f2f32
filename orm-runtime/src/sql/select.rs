use super::expr::expr;
use super::from::From;
use super::lock::lock_clause;
use super::predicate::predicate;
use super::{Statement, Writer};
use crate::ast::{Keys, Nulls, Order, Predicate, Select};
use crate::model::Shape;
use crate::schema::{Column, Relation, RelationKind, Table};
use crate::types::SqlType;

/// What the columns of a statement mean.
#[derive(Debug)]
pub(crate) struct Columns {
    /// The columns selected, in their order.
    pub(crate) all: Vec<&'static Column>,
    /// The to-many slots of each row, in the order of their numbers.
    pub(crate) children: Vec<Children>,
}

/// A to-many slot of a row, to be filled by statements of its own.
#[derive(Debug)]
pub(crate) struct Children {
    /// The relation.
    pub(crate) relation: &'static Relation,
    /// The relations that lead from the statement's table to the slot, by their positions.
    pub(crate) trail: Vec<usize>,
    /// The position, in the statement, of the first column of the table that the relation starts from.
    pub(crate) offset: usize,
    /// The table that the relation starts from.
    pub(crate) source: &'static Table,
    /// What each child loads.
    pub(crate) shape: &'static Shape,
}

/// The rows of a query, with the columns and joins of what `shape` loads.
pub(crate) fn rows(select: &Select, shape: &Shape) -> (Statement, Columns) {
    let Select { table, filter, keys, order, limit: _, offset: _, related: _, lock } = select;
    let mut writer = Writer::new();
    let mut from = From::new(table(), &mut writer);
    from.need_shape(shape, None, &mut writer);
    from.need_predicate(filter, &mut writer);
    from.need_order(order, &mut writer);
    from.need_lock(lock.as_ref(), &mut writer);

    let mut columns = Columns { all: Vec::new(), children: Vec::new() };
    select_list(shape, &mut columns, &mut Vec::new());
    writer.push("SELECT ");
    write_columns(&mut writer, &mut from, shape, None, &mut true);
    from.write(&mut writer);
    where_clause(&mut writer, &from, filter, keys.as_ref());
    order_clause(&mut writer, &from, order);
    limit_clause(&mut writer, select);
    lock_clause(&mut writer, &from, lock.as_ref());
    (writer.finish(), columns)
}

/// How many rows a query has.
pub(crate) fn count(select: &Select) -> Statement {
    let mut writer = Writer::new();
    if select.is_sliced() {
        writer.push("SELECT count(*) FROM (SELECT 1");
        body(&mut writer, select);
        writer.push(") s");
    } else {
        writer.push("SELECT count(*)");
        body(&mut writer, select);
    }
    writer.finish()
}

/// One row of one column where a query has any row.
pub(crate) fn exists(select: &Select) -> Statement {
    let mut writer = Writer::new();
    let mut one = select.clone();
    one.slice(0, Some(1));
    writer.push("SELECT 1");
    body(&mut writer, &one);
    writer.finish()
}

/// `FROM`, `WHERE` and `LIMIT`: rows without an order and without what is loaded beside them.
fn body(writer: &mut Writer, select: &Select) {
    let Select { table, filter, keys, order: _, limit: _, offset: _, related: _, lock: _ } = select;
    let mut from = From::new(table(), writer);
    from.need_predicate(filter, writer);
    from.write(writer);
    where_clause(writer, &from, filter, keys.as_ref());
    limit_clause(writer, select);
}

/// The pairs of keys that a many-to-many relation links, for the parents whose keys are among `keys`.
pub(crate) fn links(through: &'static Table, source: usize, target: usize, keys: &Keys) -> Statement {
    let mut writer = Writer::new();
    let from = From::new(through, &mut writer);
    let ends = [through.foreign_key(source), through.foreign_key(target)];
    writer.push("SELECT ");
    writer.list(ends.into_iter().flatten(), ", ", |writer, &column| {
        output(writer, &from, None, column);
    });
    from.write(&mut writer);
    where_clause(&mut writer, &from, &Predicate::Const(true), Some(keys));
    writer.finish()
}

/// Lists what is selected, in the order in which rows are decoded.
fn select_list(shape: &Shape, columns: &mut Columns, trail: &mut Vec<usize>) {
    let table = (shape.table)();
    let offset = columns.all.len();
    columns.all.extend(table.columns);
    for (index, slot) in shape.slots.iter().enumerate() {
        let Some(slot) = slot else { continue };
        let relation = &table.relations[index];
        trail.push(index);
        if relation.is_many() {
            let (trail, source) = (trail.clone(), table);
            columns.children.push(Children { relation, trail, offset, source, shape: slot });
        } else {
            select_list(slot, columns, trail);
        }
        trail.pop();
    }
}

fn write_columns(writer: &mut Writer, from: &mut From, shape: &Shape, at: Option<usize>, first: &mut bool) {
    let table = from.table_of(at);
    for column in 0..table.columns.len() {
        writer.push(if std::mem::take(first) { "" } else { ", " });
        output(writer, from, at, column);
    }
    for (index, slot) in shape.slots.iter().enumerate() {
        if let Some(slot) = slot
            && !table.relations[index].is_many()
        {
            let joined = from.join(at, index, writer);
            write_columns(writer, from, slot, Some(joined), first);
        }
    }
}

/// A column to be decoded: as text where its type travels as text.
fn output(writer: &mut Writer, from: &From, at: Option<usize>, column: usize) {
    from.write_column_of(at, column, writer);
    as_output(writer, from.table_of(at).columns[column].ty);
}

/// The cast of what is selected, where its type travels as text.
pub(super) fn as_output(writer: &mut Writer, ty: &SqlType) {
    match ty {
        SqlType::Builtin { .. } => {}
        SqlType::Enum { .. } => {
            writer.push("::text");
        }
        SqlType::Array(element) if element.travels_as_text() => {
            writer.push("::text[]");
        }
        SqlType::Array(_) => {}
    }
}

fn where_clause(writer: &mut Writer, from: &From, filter: &Predicate, keys: Option<&Keys>) {
    if let Some(keys) = keys {
        writer.push(" WHERE ");
        key_condition(writer, from, keys);
    }
    if !matches!(filter, Predicate::Const(true)) {
        writer.push(if keys.is_some() { " AND " } else { " WHERE " });
        predicate(writer, from, filter);
    }
}

/// `t0."id" = ANY($1)`, or for a composite key `(t0."a", t0."b") IN (SELECT * FROM unnest($1, $2))`.
fn key_condition(writer: &mut Writer, from: &From, keys: &Keys) {
    match (keys.columns, keys.values.as_slice()) {
        ([column], [values]) => {
            from.write_column_of(None, *column, writer);
            writer.push(" = ANY(").value(values).push(")");
        }
        (columns, values) => {
            writer.push("(").list(columns, ", ", |writer, &column| {
                from.write_column_of(None, column, writer);
            });
            writer.push(") IN (SELECT * FROM unnest(").list(values, ", ", |writer, values| {
                writer.value(values);
            });
            writer.push("))");
        }
    }
}

fn order_clause(writer: &mut Writer, from: &From, order: &[Order]) {
    if order.is_empty() {
        return;
    }
    writer.push(" ORDER BY ").list(order, ", ", |writer, order| order_item(writer, from, order));
}

/// `t0."total" DESC NULLS LAST`
pub(super) fn order_item(writer: &mut Writer, from: &From, order: &Order) {
    let Order { expr: operand, descending, nulls } = order;
    expr(writer, from, operand);
    if *descending {
        writer.push(" DESC");
    }
    match nulls {
        None => {}
        Some(Nulls::First) => {
            writer.push(" NULLS FIRST");
        }
        Some(Nulls::Last) => {
            writer.push(" NULLS LAST");
        }
    }
}

/// `LIMIT` and `OFFSET` as literals: as parameters they keep PostgreSQL from reusing its plan.
fn limit_clause(writer: &mut Writer, select: &Select) {
    const MOST: u64 = i64::MAX as u64;
    if let Some(limit) = select.limit {
        writer.push(" LIMIT ").number(limit.min(MOST));
    }
    if select.offset > 0 {
        writer.push(" OFFSET ").number(select.offset.min(MOST));
    }
}

impl Children {
    /// Whether the slot's rows are linked by a third table.
    pub(crate) fn through(&self) -> Option<(&'static Table, usize, usize)> {
        match self.relation.kind {
            RelationKind::ManyToMany { through, source, target } => Some((through(), source, target)),
            _ => None,
        }
    }
}
