//! Rewrites a query into one that a single `SELECT` can say, with another query in the place of its table where it has
//! to be.

use std::sync::Arc;

use super::select::{Rows, split};
use crate::ast::{Aggregate, Base, Distinct, Expr, Order, Output, Predicate, Select, Window, rewrite_orders};
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
    if needs_values_first(&select) {
        select = values_first(select);
    }
    if matches!(select.distinct, Distinct::All) && !select.order.iter().all(|order| is_listed(order, &select))
    {
        select = ordered_by_first(select);
    }
    let select = Arc::new(select).resolved();
    match sliced_first(&select) {
        Some(select) => Arc::new(select),
        None => select,
    }
}

/// Whether there is nothing to rewrite.
pub(super) fn is_simple(select: &Select) -> bool {
    select.is_plain()
        || select.outputs.is_empty()
            && !matches!(select.distinct, Distinct::All)
            && !needs_values_first(select)
}

pub(super) fn is_window(expr: &Expr) -> bool {
    matches!(expr, Expr::Window(_))
}

fn is_over(expr: &Expr) -> bool {
    matches!(expr, Expr::Over(_))
}

fn is_window_of_overs(expr: &Expr) -> bool {
    is_window(expr) && expr.has(is_over)
}

/// No subquery can compute a window of the query around it.
fn is_query_of_windows(expr: &Expr) -> bool {
    matches!(expr, Expr::Subquery(_)) && expr.has(is_window)
}

fn is_query(expr: &Expr) -> bool {
    matches!(expr, Expr::Subquery(_) | Expr::Over(_))
}

/// Whether values must be computed before what is said of them: PostgreSQL filters before it computes windows, knows no
/// window of windows, and takes two copies of a subquery for two values.
fn needs_values_first(select: &Select) -> bool {
    let has = |is, expr: &Expr| expr.has_named(is, &select.outputs);
    let ordered = || select.order.iter().any(|order| has(is_window, &order.expr));
    select.filter.has_named(is_window, &select.outputs)
        || match &select.distinct {
            Distinct::No => false,
            Distinct::All => ordered(),
            Distinct::On(on) => on.iter().any(|expr| has(is_query, expr)),
        }
}

/// `SELECT .. FROM (SELECT .., row_number() OVER (..) AS x0 ..) t0 WHERE t0.x0 <= 3`: the query on rows beside which
/// its values stand.
fn values_first(mut select: Select) -> Select {
    if select.group.is_some() {
        // Beside groups there are only their own values, and not those of rows that aggregates are over.
        select = Arc::unwrap_or_clone(Arc::new(select).resolved());
        select.outputs.retain(|output| output.selected);
    }
    let (after, before) = split(&select.filter, |part| part.has_named(is_window, &select.outputs));
    let mut inner = Select {
        filter: before,
        order: Vec::new(),
        distinct: Distinct::No,
        limit: None,
        offset: 0,
        keys: None,
        lock: None,
        ..select.clone()
    };
    inner.outputs.iter_mut().for_each(|output| output.selected = true);
    inner.related.clear();
    inner.named.clear();
    let grouped = select.group.is_some();
    // What stands in the conditions and orders themselves becomes an output too.
    select.filter = after;
    select.filter.rewrite(&mut |expr| {
        inner.compute(expr, |expr| is_window(expr) || (grouped && !matches!(expr, Expr::Value(_))))
    });
    rewrite_orders(&mut select.order, &mut |expr| {
        inner.compute(expr, |expr| grouped || is_window(expr) || is_query(expr))
    });
    if let Distinct::On(on) = &mut select.distinct {
        on.iter_mut()
            .for_each(|on| on.rewrite(&mut |expr| inner.compute(expr, |expr| grouped || is_query(expr))));
    }
    outside(select, inner)
}

impl Select {
    /// Makes an expression of which `is` holds an output of this query, and leaves a reference to it in its place.
    fn compute(&mut self, expr: &mut Expr, is: impl Fn(&Expr) -> bool) -> bool {
        if !is(expr) {
            return true;
        }
        let number = self.outputs.len() as u32;
        let nullable = expr.is_nullable();
        let computed = std::mem::replace(expr, Expr::Derived { number, nullable });
        self.outputs.push(Output { name: "", expr: computed, ty: any_type(), selected: true });
        false
    }
}

/// The type of an output that nothing is decoded from.
fn any_type() -> &'static SqlType {
    i64::SQL
}

/// The query `select` on the rows of `inner`, which has computed its outputs.
pub(super) fn outside(mut select: Select, inner: Select) -> Select {
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
    select.group = None;
    select.base = Base::Derived(Arc::new(inner));
    select
}

/// Whether an order is by a value that is selected as it is.
fn is_listed(order: &Order, select: &Select) -> bool {
    let same = |output: &Output| match (&output.expr, &order.expr) {
        (_, Expr::Annotation { name, nullable: _ }) => output.name == *name,
        (Expr::Column(a), Expr::Column(b)) => a.index == b.index && a.path.is_none() && b.path.is_none(),
        _ => false,
    };
    let selected = select.outputs.iter().filter(|output| output.selected);
    selected.filter(|output| !output.ty.travels_as_text()).any(same)
}

/// Distinct values as groups: each stands where the first of those equal to it would.
pub(crate) fn ordered_by_first(select: Select) -> Select {
    let mut select = Arc::unwrap_or_clone(Arc::new(select).resolved());
    select.outputs.retain(|output| output.selected);
    let mut inner = Select { distinct: Distinct::No, limit: None, offset: 0, lock: None, ..select.clone() };
    select.keys = None;
    let number = inner.outputs.len() as u32;
    let order = std::mem::take(&mut inner.order);
    let function = Expr::constant("row_number()");
    let row_number = Window { function, partition: Vec::new(), order, frame: None, nullable: false };
    let expr = Expr::Window(Box::new(row_number));
    inner.outputs.push(Output { name: "", expr, ty: any_type(), selected: true });
    let mut select = outside(Select { filter: Predicate::Const(true), ..select }, inner);
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

/// A page with values of aggregates over paths: the page is taken first, and they are computed for its rows alone.
fn sliced_first(select: &Select) -> Option<Select> {
    let asked = select.filter.has(is_over) || select.order.iter().any(|order| order.expr.has(is_over));
    let selected = || select.outputs.iter().filter(|output| output.selected);
    let listed = selected().any(|output| output.expr.has(is_over));
    // A window of such values needs those of all rows.
    let asked = asked || selected().any(|output| output.expr.has(is_window_of_overs));
    let plain = select.group.is_none() && matches!(select.distinct, Distinct::No);
    let page = select.is_sliced() && listed && !asked && !matches!(select.base, Base::PerKey { .. });
    let windows = selected().any(|output| output.expr.has(is_query_of_windows));
    if !plain || !(page || windows) {
        return None;
    }
    let mut inner = Select {
        outputs: Vec::new(),
        related: Vec::new(),
        named: Vec::new(),
        lock: None,
        ..Select::clone(select)
    };
    let mut outer = Select::clone(select);
    (outer.filter, outer.keys, outer.limit, outer.offset) = (Predicate::Const(true), None, None, 0);
    // Windows are over all rows, and not over those of the page.
    outer.rewrite(&mut |expr| {
        inner.compute(expr, |expr| is_window(expr) || matches!(expr, Expr::Derived { .. }))
    });
    outer.base = Base::Derived(Arc::new(inner));
    Some(outer)
}
