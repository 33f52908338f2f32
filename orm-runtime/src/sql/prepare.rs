//! Rewrites a query into one that a single `SELECT` can say, with another query in the place of its table where it has
//! to be.

use std::sync::Arc;

use super::select::{Rows, split};
use crate::ast::{
    Aggregate, Base, Distinct, Expr, Node, Order, Output, Predicate, Select, Window, rewrite_orders,
};
use crate::types::{ColumnType, SqlType};

/// The query with what it calls by name in its place, filtered by windows and sliced before lists where it has to be.
pub(super) fn prepared(select: &Arc<Select>, listed: Rows<'_>) -> Arc<Select> {
    let whole = match listed {
        Rows::Shape(shape, _) => shape.whole,
        Rows::Whole => select.group.is_none(),
        Rows::Outputs => false,
        Rows::Only(_) | Rows::One => true,
    };
    if is_simple(select) {
        return Arc::clone(select);
    }
    let mut select = Select::clone(select);
    if whole && matches!(select.distinct, Distinct::All) {
        // Rows with their keys are never equal.
        select.distinct = Distinct::No;
    }
    if filters_by_window(&select) {
        select = filtered_by_window(select);
    }
    if matches!(select.distinct, Distinct::All) && !select.order.is_empty() {
        select = ordered_by_first(select);
    }
    let select = Arc::new(select).resolved();
    if aggregates_windows(&select) {
        return Arc::new(windows_first(&select));
    }
    match sliced_first(&select) {
        Some(select) => Arc::new(select),
        None => select,
    }
}

/// Whether there is nothing to rewrite.
fn is_simple(select: &Select) -> bool {
    select.outputs.is_empty()
        && matches!(select.distinct, Distinct::No | Distinct::On(_))
        && !select.filter.has(is_window)
}

pub(super) fn is_window(expr: &Expr) -> bool {
    matches!(expr, Expr::Window(_))
}

/// Whether a condition is on a window function, itself or under the name of an annotation.
fn filters_by_window(select: &Select) -> bool {
    has_window(&select.filter, select)
}

fn has_window(filter: &Predicate, select: &Select) -> bool {
    let mut found = false;
    filter.walk(&mut |node| {
        if let Node::Expr(expr) = node {
            found |= is_windowed(expr, select);
        }
        !found
    });
    found
}

/// Whether an expression is a window function, or an annotation made of one.
fn is_windowed(expr: &Expr, select: &Select) -> bool {
    match expr {
        Expr::Window(_) => true,
        Expr::Annotation { name, nullable: _ } => {
            let before = select.outputs.iter().rev().find(|output| output.name == *name);
            before.is_some_and(|output| {
                let mut found = false;
                output.expr.walk(&mut |node| {
                    if let Node::Expr(inner) = node {
                        found |= match inner {
                            Expr::Annotation { name: same, .. } if same == name => false,
                            inner => is_windowed(inner, select),
                        };
                    }
                    !found
                });
                found
            })
        }
        _ => false,
    }
}

/// `SELECT .. FROM (SELECT .., row_number() OVER (..) AS x0 ..) t0 WHERE t0.x0 <= 3`: PostgreSQL filters before it
/// computes windows.
fn filtered_by_window(select: Select) -> Select {
    let (mut after, before) = split(&select.filter, |part| has_window(part, &select));
    let mut inner =
        Select { filter: before, order: Vec::new(), limit: None, offset: 0, lock: None, ..select.clone() };
    inner.outputs.iter_mut().for_each(|output| output.selected = true);
    inner.related.clear();
    inner.named.clear();
    // Windows that stand in the condition itself become outputs too.
    after.rewrite(&mut |expr| {
        if is_window(expr) {
            let number = inner.outputs.len() as u32;
            let nullable = expr.is_nullable();
            let window = std::mem::replace(expr, Expr::Derived { number, nullable });
            inner.outputs.push(Output { name: "", expr: window, ty: any_type(), selected: true });
            return false;
        }
        true
    });
    outside(select, inner, after)
}

/// The type of an output that nothing is decoded from.
fn any_type() -> &'static SqlType {
    i64::SQL
}

/// The query `select` on the rows of `inner`, which has computed its outputs.
pub(super) fn outside(mut select: Select, inner: Select, filter: Predicate) -> Select {
    select.filter = filter;
    let names: Vec<&'static str> = inner.outputs.iter().map(|output| output.name).collect();
    let mut derive = |expr: &mut Expr| {
        if let Expr::Annotation { name, nullable } = *expr
            && let Some(number) = names.iter().rposition(|known| *known == name)
        {
            *expr = Expr::Derived { number: number as u32, nullable };
        }
        true
    };
    select.filter.rewrite(&mut derive);
    rewrite_orders(&mut select.order, &mut derive);
    if let Distinct::On(on) = &mut select.distinct {
        on.iter_mut().for_each(|expr| expr.rewrite(&mut derive));
    }
    for (number, output) in select.outputs.iter_mut().enumerate() {
        let nullable = output.expr.is_nullable();
        output.expr = Expr::Derived { number: number as u32, nullable };
    }
    select.keys = None;
    select.group = None;
    select.base = Base::Derived(Arc::new(inner));
    select
}

/// Distinct rows in an order of something else: each stands where the first of those equal to it would.
fn ordered_by_first(select: Select) -> Select {
    let mut inner = Select { distinct: Distinct::No, limit: None, offset: 0, lock: None, ..select.clone() };
    inner.outputs.iter_mut().for_each(|output| output.selected = true);
    let number = inner.outputs.len() as u32;
    let order = std::mem::take(&mut inner.order);
    let function = Expr::constant("row_number()");
    let row_number = Window { function, partition: Vec::new(), order, frame: None, nullable: false };
    let expr = Expr::Window(Box::new(row_number));
    inner.outputs.push(Output { name: "", expr, ty: any_type(), selected: true });
    let mut select = outside(select, inner, Predicate::Const(true));
    let first = Aggregate::new("min", vec![Expr::Derived { number, nullable: false }], None);
    select.order = vec![Order {
        expr: Expr::Aggregate(Box::new(first)),
        ty: any_type(),
        descending: false,
        nulls: None,
    }];
    select.distinct = Distinct::No;
    let selected = select.outputs.iter().filter(|output| output.selected);
    select.group = Some(selected.map(|output| output.expr.clone()).collect());
    select
}

/// Whether an aggregate is over the values of a window function.
fn aggregates_windows(select: &Select) -> bool {
    select.group.is_some()
        && select.outputs.iter().any(|output| {
            output.expr.has(|expr| match expr {
                Expr::Aggregate(aggregate) => aggregate.arguments.iter().any(|inner| inner.has(is_window)),
                _ => false,
            })
        })
}

/// The query on rows of which the windows were computed.
fn windows_first(select: &Select) -> Select {
    let mut inner = Select {
        filter: select.filter.clone(),
        keys: select.keys.clone(),
        base: select.base.clone(),
        ..Select::new(select.table)
    };
    let mut outer = Select::clone(select);
    outer.filter = Predicate::Const(true);
    outer.keys = None;
    outer.rewrite(&mut |expr| {
        if is_window(expr) {
            let number = inner.outputs.len() as u32;
            let nullable = expr.is_nullable();
            let window = std::mem::replace(expr, Expr::Derived { number, nullable });
            inner.outputs.push(Output { name: "", expr: window, ty: any_type(), selected: true });
            return false;
        }
        true
    });
    outer.base = Base::Derived(Arc::new(inner));
    outer
}

/// A page with values of aggregates over paths: the page is taken first, and they are computed for its rows alone.
fn sliced_first(select: &Select) -> Option<Select> {
    let is_over = |expr: &Expr| matches!(expr, Expr::Over(_));
    let asked = select.filter.has(is_over) || select.order.iter().any(|order| order.expr.has(is_over));
    let listed = select.outputs.iter().any(|output| output.selected && output.expr.has(is_over));
    let plain = select.group.is_none() && matches!(select.distinct, Distinct::No);
    if !select.is_sliced() || asked || !listed || !plain || matches!(select.base, Base::PerKey { .. }) {
        return None;
    }
    let inner =
        Select { outputs: Vec::new(), related: Vec::new(), named: Vec::new(), ..Select::clone(select) };
    let mut outer = Select::clone(select);
    outer.base = Base::Derived(Arc::new(inner));
    (outer.filter, outer.keys, outer.limit, outer.offset) = (Predicate::Const(true), None, None, 0);
    Some(outer)
}
