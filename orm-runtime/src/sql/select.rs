use std::sync::Arc;

use super::base::belongs_to_key;
use super::expr::expr;
use super::from::From;
use super::list::{self, Columns};
use super::lock::lock_clause;
use super::over::Strategy;
use super::predicate::predicate;
use super::prepare::{is_simple, prepared};
use super::{Statement, Writer};
use crate::ast::{Base, Distinct, Expr, Keys, Nulls, Order, Predicate, Select, all_of};
use crate::model::Shape;
use crate::schema::{Relation, Table};

/// What is listed of each row.
#[derive(Debug, Clone, Copy)]
pub(super) enum Rows<'s> {
    /// What a row type holds, and after it what it is stitched by.
    Shape(&'s Shape, &'s [Expr]),
    /// All columns of the table, and the selected outputs by their numbers; of groups only these.
    Whole,
    /// The selected outputs.
    Outputs,
    /// These.
    Only(&'s [Expr]),
    /// A constant.
    One,
}

/// The rows of a query, with the columns and joins of what `shape` loads. After them each row has the values of
/// `links`, where they are not among its columns.
pub(crate) fn rows(select: &Arc<Select>, shape: &Shape, links: &[Expr]) -> (Statement, Columns) {
    let mut writer = Writer::new();
    let columns = Columns::new(select, shape, links);
    let hidden = columns.hidden.clone();
    write_rows(&mut writer, select, Rows::Shape(shape, &hidden), None, None);
    (writer.finish(), columns)
}

/// [`rows`], at most so many of them. A query that only its `LIMIT` tells from this one is not copied for it; one by
/// key needs none.
pub(crate) fn first_rows(select: &Arc<Select>, shape: &Shape, most: u64) -> (Statement, Columns) {
    if select.is_by_key() {
        return rows(select, shape, &[]);
    }
    if !is_simple(select) || select.is_sliced() || select.lock.is_some() {
        let mut select = Select::clone(select);
        select.slice(0, Some(most));
        return rows(&Arc::new(select), shape, &[]);
    }
    let mut writer = Writer::new();
    let columns = Columns::new(select, shape, &[]);
    write_rows(&mut writer, select, Rows::Shape(shape, &[]), None, None);
    writer.push(" LIMIT ").number(most);
    (writer.finish(), columns)
}

/// How many rows a query has.
pub(crate) fn count(select: &Arc<Select>, whole: bool) -> Statement {
    let mut writer = Writer::new();
    let mut select = Select::clone(select);
    select.order.retain(|_| matches!(select.distinct, Distinct::On(_)) || select.limit.is_some());
    if whole && matches!(select.distinct, Distinct::All) {
        select.distinct = Distinct::No;
    }
    let plain = !select.is_sliced() && select.group.is_none() && matches!(select.distinct, Distinct::No);
    let listed = if matches!(select.distinct, Distinct::All) { Rows::Outputs } else { Rows::One };
    let select = Arc::new(select);
    if plain {
        write_rows(&mut writer, &select, Rows::Only(&[Expr::constant("count(*)")]), None, None);
    } else {
        writer.push("SELECT count(*) FROM (");
        write_rows(&mut writer, &select, listed, None, None);
        writer.push(") s");
    }
    writer.finish()
}

/// One row of one column where a query has any row.
pub(crate) fn exists(select: &Select) -> Statement {
    let mut writer = Writer::new();
    let mut one = select.clone();
    one.slice(0, Some(1));
    if select.limit.is_none() && select.offset == 0 {
        one.order.clear();
    }
    let listed = listed_by_exists(&one);
    write_rows(&mut writer, &Arc::new(one), listed, None, None);
    writer.finish()
}

/// What is listed to ask whether there is any row: a constant, except where rows are passed over of which only the
/// distinct ones count.
pub(super) fn listed_by_exists(select: &Select) -> Rows<'static> {
    match select.distinct {
        Distinct::All if select.offset > 0 => Rows::Outputs,
        _ => Rows::One,
    }
}

/// The values of `keys` for each row of a query, as a subquery lists them.
pub(super) fn keys_of(writer: &mut Writer, select: &Select, keys: impl Iterator<Item = Expr>) {
    let keys: Vec<Expr> = keys.collect();
    write_rows(writer, &Arc::new(select.clone()), Rows::Only(&keys), None, None);
}

/// The pairs of keys that a many-to-many relation links, for the parents whose keys are among `keys`: one row, of an array
/// for each column. A row for each pair would cost far more than the pair itself.
pub(crate) fn links(through: &'static Table, source: usize, target: usize, keys: &Keys) -> Statement {
    let mut writer = Writer::new();
    let from = From::new(through, &mut writer);
    let ends = [through.foreign_key(source), through.foreign_key(target)];
    writer.push("SELECT ");
    writer.list(ends.into_iter().flatten(), ", ", |writer, &column| {
        writer.push("array_agg(");
        from.write_column_of(None, column, writer);
        // The type that the column was declared with: it may be a domain, whose arrays have types of their own.
        writer.push(")::").wire_name(through.columns[column].ty).push("[]");
    });
    from.write(&mut writer);
    writer.push(" WHERE ");
    key_condition(&mut writer, &from, keys);
    writer.finish()
}

/// Writes a whole `SELECT`.
///
/// - `outer`: the query around it.
/// - `per_key`: the keys beside it, one of which its rows belong to.
pub(super) fn write_rows(
    writer: &mut Writer,
    select: &Arc<Select>,
    listed: Rows<'_>,
    outer: Option<&From<'_>>,
    per_key: Option<(&Keys, &'static Relation)>,
) {
    let plain = select.is_plain();
    let rewritten;
    let select = if plain {
        select
    } else {
        rewritten = prepared(select, listed);
        &rewritten
    };
    let around = writer.windows_allowed(true);
    let Select {
        table: _,
        base: _,
        filter,
        keys,
        order,
        limit: _,
        offset: _,
        related: _,
        named: _,
        outputs: _,
        group,
        distinct,
        lock,
    } = &**select;
    let mut from = From::of(select, outer, writer);
    if !plain {
        from.strategy = strategy(select, outer.is_some() || per_key.is_some());
    }
    list::need(&mut from, select, listed, writer);
    from.need_predicate(filter, writer);
    from.need_order(order, writer);
    group.iter().flatten().for_each(|key| from.need(key, writer));
    let first: &[Expr] = match distinct {
        Distinct::On(on) => on,
        Distinct::No | Distinct::All => &[],
    };
    first.iter().for_each(|expr| from.need(expr, writer));
    from.need_lock(lock.as_ref(), writer);

    writer.push("SELECT ");
    match distinct {
        Distinct::No => {}
        Distinct::All => {
            writer.push("DISTINCT ");
        }
        Distinct::On(on) => {
            writer.push("DISTINCT ON (").list(on, ", ", |writer, on| expr(writer, &from, on)).push(") ");
        }
    }
    list::write(writer, &mut from, select, listed);
    from.write_per_key(writer, per_key);
    // The rows of a query in the place of the table belong to the key already.
    let per_key = per_key.filter(|_| !matches!(select.base, Base::Derived(_)));
    let parts = group.as_ref().map(|_| split(filter, |part| part.has(is_aggregate)));
    let (having, filter) = match &parts {
        Some((having, filter)) => (having, filter),
        None => (&Predicate::Const(true), filter),
    };
    writer.windows_allowed(false);
    where_clause(writer, &from, filter, keys.as_ref(), per_key);
    match group.as_deref() {
        None => {}
        // Aggregates in the list would make one group, but it may have none.
        Some([]) => {
            if matches!(listed, Rows::One | Rows::Only(_)) {
                writer.push(" GROUP BY ()");
            }
        }
        Some(keys) => {
            writer.push(" GROUP BY ").list(keys, ", ", |writer, key| expr(writer, &from, key));
        }
    }
    if !matches!(having, Predicate::Const(true)) {
        writer.push(" HAVING ");
        predicate(writer, &from, having);
    }
    writer.windows_allowed(true);
    order_clause(writer, &from, first, order);
    limit_clause(writer, select);
    if let Some(lock) = lock {
        let lockable = group.is_none() && matches!(distinct, Distinct::No) && !has_windows(select);
        lock_clause(writer, &from, lock, lockable);
    }
    writer.windows_allowed(around);
}

/// Whether the query, or the one in place of its table, has window functions.
fn has_windows(select: &Select) -> bool {
    select.has_windows() || matches!(&select.base, Base::Derived(inner) if has_windows(inner))
}

fn is_aggregate(expr: &Expr) -> bool {
    matches!(expr, Expr::Aggregate(_))
}

fn is_over(expr: &Expr) -> bool {
    matches!(expr, Expr::Over(_))
}

/// The parts of a conjunction for which `is` holds, and the others.
pub(super) fn split(filter: &Predicate, is: impl Fn(&Predicate) -> bool) -> (Predicate, Predicate) {
    let parts = match filter {
        Predicate::And(parts) => parts.as_slice(),
        other => std::slice::from_ref(other),
    };
    let (with, without): (Vec<_>, Vec<_>) = parts.iter().cloned().partition(is);
    (all_of(with.into_iter()), all_of(without.into_iter()))
}

/// How the aggregates over paths in a query are computed. Grouped for all keys they are quick for many rows; beside
/// each row, for few.
fn strategy(select: &Select, within: bool) -> Strategy {
    let listed = select.outputs.iter().any(|output| output.selected && output.expr.has(is_over));
    let asked = select.filter.has(is_over) || select.order.iter().any(|order| order.expr.has(is_over));
    if within || !(listed || asked) {
        return Strategy::Correlated;
    }
    if select.keys.is_some() || !matches!(select.base, Base::Table) {
        return Strategy::Lateral;
    }
    match split(&select.filter, |part| part.has(is_over)).1 {
        Predicate::Const(true) => Strategy::Grouped(None),
        filter => Strategy::Grouped(Some(Arc::new(Select { filter, ..Select::new(select.table) }))),
    }
}

fn where_clause(
    writer: &mut Writer,
    from: &From<'_>,
    filter: &Predicate,
    keys: Option<&Keys>,
    per_key: Option<(&Keys, &'static Relation)>,
) {
    let mut before = " WHERE ";
    if let Some((keys, link)) = per_key {
        writer.push(std::mem::replace(&mut before, " AND "));
        belongs_to_key(writer, from, keys, link);
    }
    if let Some(keys) = keys {
        writer.push(std::mem::replace(&mut before, " AND "));
        key_condition(writer, from, keys);
    }
    if !matches!(filter, Predicate::Const(true)) {
        writer.push(before);
        predicate(writer, from, filter);
    }
}

/// `t0."id" = ANY($1)`, or for a composite key `(t0."a", t0."b") IN (SELECT * FROM unnest($1, $2))`.
fn key_condition(writer: &mut Writer, from: &From<'_>, keys: &Keys) {
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

/// `ORDER BY`, led by the expressions of a `DISTINCT ON`, as PostgreSQL wants it.
fn order_clause(writer: &mut Writer, from: &From<'_>, first: &[Expr], order: &[Order]) {
    if first.is_empty() {
        if !order.is_empty() {
            writer.push(" ORDER BY ").list(order, ", ", |writer, order| order_item(writer, from, order));
        }
        return;
    }
    let text = |writer: &mut Writer, operand: &Expr| {
        let mark = writer.mark();
        expr(writer, from, operand);
        writer.cut(mark)
    };
    let mut left: Vec<(String, &Order)> =
        order.iter().map(|order| (text(writer, &order.expr), order)).collect();
    writer.push(" ORDER BY ");
    let mut separator = "";
    for on in first {
        let on = text(writer, on);
        writer.push(std::mem::replace(&mut separator, ", "));
        match left.iter().position(|(text, _)| *text == on) {
            Some(position) => order_item(writer, from, left.remove(position).1),
            None => {
                writer.push(&on);
            }
        }
    }
    for (_, order) in left {
        writer.push(std::mem::replace(&mut separator, ", "));
        order_item(writer, from, order);
    }
}

/// `t0."total" DESC NULLS LAST`
pub(super) fn order_item(writer: &mut Writer, from: &From<'_>, order: &Order) {
    let Order { expr: operand, ty: _, descending, nulls } = order;
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
