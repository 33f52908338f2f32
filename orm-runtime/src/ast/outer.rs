//! What a subquery says of the query around it: the expressions in `outer(..)`.

use std::sync::Arc;

use super::walk::Node;
use super::{Base, Distinct, Expr, Predicate, Select};

/// Shows `see` each expression over the query around `select`, at whatever depth it stands in it.
pub(crate) fn outer_expressions<'a>(select: &'a Select, see: &mut dyn FnMut(&'a Expr)) {
    match &select.base {
        Base::Table => {}
        Base::Derived(inner) | Base::PerKey { keys: _, link: _, select: inner } => {
            outer_expressions(inner, see)
        }
        Base::Combined { op: _, queries } => queries.iter().for_each(|query| outer_expressions(query, see)),
    }
    let mut visit = |node: Node<'a>| visit(node, see);
    select.filter.walk(&mut visit);
    select.order.iter().for_each(|order| order.expr.walk(&mut visit));
    select.outputs.iter().for_each(|output| output.expr.walk(&mut visit));
    select.group.iter().flatten().for_each(|key| key.walk(&mut visit));
    if let Distinct::On(on) = &select.distinct {
        on.iter().for_each(|expr| expr.walk(&mut visit));
    }
}

fn visit<'a>(node: Node<'a>, see: &mut dyn FnMut(&'a Expr)) -> bool {
    match node {
        Node::Expr(Expr::Outer(inner)) => see(inner),
        Node::Expr(Expr::Over(over)) => {
            over.filter.walk(&mut |node| visit(node, see));
            over.value.walk(&mut |node| visit(node, see));
        }
        Node::Predicate(Predicate::Exists { path: _, filter, negated: _ }) => {
            filter.walk(&mut |node| visit(node, see));
        }
        _ => {}
    }
    true
}

/// Changes the expressions over the query around `select`.
pub(super) fn rewrite(select: &mut Arc<Select>, change: &mut dyn FnMut(&mut Expr) -> bool) {
    let mut any = false;
    outer_expressions(select, &mut |_| any = true);
    if any {
        in_select(Arc::make_mut(select), change);
    }
}

fn in_select(select: &mut Select, change: &mut dyn FnMut(&mut Expr) -> bool) {
    match &mut select.base {
        Base::Table => {}
        Base::Derived(inner) | Base::PerKey { keys: _, link: _, select: inner } => rewrite(inner, change),
        Base::Combined { op: _, queries } => queries.iter_mut().for_each(|query| rewrite(query, change)),
    }
    let filter = std::mem::replace(&mut select.filter, Predicate::Const(true));
    select.rewrite(&mut |expr| in_expr(expr, change));
    select.filter = filter;
    in_predicate(&mut select.filter, change);
}

fn in_expr(expr: &mut Expr, change: &mut dyn FnMut(&mut Expr) -> bool) -> bool {
    match expr {
        Expr::Outer(inner) => {
            inner.rewrite(change);
            false
        }
        Expr::Over(over) => {
            let over = Arc::make_mut(over);
            in_predicate(&mut over.filter, change);
            over.value.rewrite(&mut |expr| in_expr(expr, change));
            false
        }
        _ => true,
    }
}

fn in_predicate(predicate: &mut Predicate, change: &mut dyn FnMut(&mut Expr) -> bool) {
    match predicate {
        Predicate::And(parts) | Predicate::Or(parts) => {
            parts.iter_mut().for_each(|part| in_predicate(part, change));
        }
        Predicate::Exists { path: _, filter, negated: _ } => in_predicate(filter, change),
        other => other.rewrite(&mut |expr| in_expr(expr, change)),
    }
}
