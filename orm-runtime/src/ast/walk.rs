//! Going through the parts of expressions and conditions.

use std::sync::Arc;

use super::{Aggregate, Expr, Order, Part, Predicate, Select, Window};

/// A part of an expression or a condition.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Node<'a> {
    Expr(&'a Expr),
    Predicate(&'a Predicate),
}

impl Expr {
    /// Shows `see` the expression and, where it says so, the parts of what it saw. What stands in the scope of other
    /// rows (the condition of an `EXISTS`, a subquery) is no part.
    pub(crate) fn walk<'a>(&'a self, see: &mut dyn FnMut(Node<'a>) -> bool) {
        if !see(Node::Expr(self)) {
            return;
        }
        match self {
            Expr::Column(_)
            | Expr::Value(_)
            | Expr::Annotation { .. }
            | Expr::Derived { .. }
            | Expr::Over(_)
            | Expr::Subquery(_)
            | Expr::Outer(_) => {}
            Expr::Binary { op: _, left, right } => {
                left.walk(see);
                right.walk(see);
            }
            Expr::Negative(inner) => inner.walk(see),
            Expr::Template(template) => {
                for part in &template.parts {
                    match part {
                        Part::Text(_) | Part::Type(_) => {}
                        Part::Expr(inner) => inner.walk(see),
                        Part::Predicate(condition) => condition.walk(see),
                        Part::Order(order) => order.expr.walk(see),
                    }
                }
            }
            Expr::Aggregate(aggregate) => {
                let Aggregate { function: _, arguments, distinct: _, order, filter, cast: _, default } =
                    &**aggregate;
                arguments.iter().chain(default).for_each(|argument| argument.walk(see));
                order.iter().for_each(|order| order.expr.walk(see));
                filter.walk(see);
            }
            Expr::Window(window) => {
                let Window { function, partition, order, frame: _, nullable: _ } = &**window;
                function.walk(see);
                partition.iter().for_each(|expr| expr.walk(see));
                order.iter().for_each(|order| order.expr.walk(see));
            }
        }
    }

    /// Shows `change` the expression, which it may replace, and where it says so the parts of what it left.
    pub(crate) fn rewrite(&mut self, change: &mut dyn FnMut(&mut Expr) -> bool) {
        if !change(self) {
            return;
        }
        match self {
            Expr::Column(_)
            | Expr::Value(_)
            | Expr::Annotation { .. }
            | Expr::Derived { .. }
            | Expr::Over(_)
            | Expr::Subquery(_)
            | Expr::Outer(_) => {}
            Expr::Binary { op: _, left, right } => {
                left.rewrite(change);
                right.rewrite(change);
            }
            Expr::Negative(inner) => inner.rewrite(change),
            Expr::Template(template) => {
                for part in &mut template.parts {
                    match part {
                        Part::Text(_) | Part::Type(_) => {}
                        Part::Expr(inner) => inner.rewrite(change),
                        Part::Predicate(condition) => condition.rewrite(change),
                        Part::Order(order) => order.expr.rewrite(change),
                    }
                }
            }
            Expr::Aggregate(aggregate) => {
                let Aggregate { function: _, arguments, distinct: _, order, filter, cast: _, default } =
                    &mut **aggregate;
                arguments.iter_mut().chain(default).for_each(|argument| argument.rewrite(change));
                rewrite_orders(order, change);
                filter.rewrite(change);
            }
            Expr::Window(window) => {
                let Window { function, partition, order, frame: _, nullable: _ } = &mut **window;
                function.rewrite(change);
                partition.iter_mut().for_each(|expr| expr.rewrite(change));
                rewrite_orders(order, change);
            }
        }
    }

    /// Whether a part of the expression is one of which `is` holds.
    pub(crate) fn has(&self, is: fn(&Expr) -> bool) -> bool {
        let mut found = false;
        self.walk(&mut |node| {
            found |= matches!(node, Node::Expr(expr) if is(expr));
            !found
        });
        found
    }
}

/// [`Expr::rewrite`] for each order.
pub(crate) fn rewrite_orders(orders: &mut [Order], change: &mut dyn FnMut(&mut Expr) -> bool) {
    orders.iter_mut().for_each(|order| order.expr.rewrite(change));
}

impl Predicate {
    /// [`Expr::walk`] for a condition.
    pub(crate) fn walk<'a>(&'a self, see: &mut dyn FnMut(Node<'a>) -> bool) {
        if !see(Node::Predicate(self)) {
            return;
        }
        match self {
            Predicate::Const(_)
            | Predicate::Exists { path: _, filter: _, negated: _ }
            | Predicate::ExistsQuery { select: _, negated: _ } => {}
            Predicate::And(parts) | Predicate::Or(parts) => parts.iter().for_each(|part| part.walk(see)),
            Predicate::Compare { op: _, left, right, negated: _ } => {
                left.walk(see);
                right.walk(see);
            }
            Predicate::Match { expr, text, how: _, ignore_case: _, negated: _ } => {
                expr.walk(see);
                text.walk(see);
            }
            Predicate::IsNull { expr, negated: _ }
            | Predicate::Bool { expr, negated: _ }
            | Predicate::In { expr, values: _, or_null: _, negated: _ }
            | Predicate::InQuery { expr, select: _, negated: _ } => expr.walk(see),
        }
    }

    /// [`Expr::rewrite`] for a condition.
    pub(crate) fn rewrite(&mut self, change: &mut dyn FnMut(&mut Expr) -> bool) {
        match self {
            Predicate::Const(_)
            | Predicate::Exists { path: _, filter: _, negated: _ }
            | Predicate::ExistsQuery { select: _, negated: _ } => {}
            Predicate::And(parts) | Predicate::Or(parts) => {
                parts.iter_mut().for_each(|part| part.rewrite(change));
            }
            Predicate::Compare { op: _, left, right, negated: _ } => {
                left.rewrite(change);
                right.rewrite(change);
            }
            Predicate::Match { expr, text, how: _, ignore_case: _, negated: _ } => {
                expr.rewrite(change);
                text.rewrite(change);
            }
            Predicate::IsNull { expr, negated: _ }
            | Predicate::Bool { expr, negated: _ }
            | Predicate::In { expr, values: _, or_null: _, negated: _ }
            | Predicate::InQuery { expr, select: _, negated: _ } => expr.rewrite(change),
        }
    }

    /// Whether a part of the condition is an expression of which `is` holds.
    pub(crate) fn has(&self, is: fn(&Expr) -> bool) -> bool {
        let mut found = false;
        self.walk(&mut |node| {
            found |= matches!(node, Node::Expr(expr) if is(expr));
            !found
        });
        found
    }
}

/// Shows `see` each expression over the query around `select`, at whatever depth it stands in it.
pub(crate) fn outer_expressions<'a>(select: &'a Select, see: &mut dyn FnMut(&'a Expr)) {
    in_select(select, 1, see);
}

fn in_select<'a>(select: &'a Select, depth: u32, see: &mut dyn FnMut(&'a Expr)) {
    let mut visit = |node: Node<'a>| visit(node, depth, see);
    select.filter.walk(&mut visit);
    select.order.iter().for_each(|order| order.expr.walk(&mut visit));
    select.outputs.iter().for_each(|output| output.expr.walk(&mut visit));
}

fn visit<'a>(node: Node<'a>, depth: u32, see: &mut dyn FnMut(&'a Expr)) -> bool {
    match node {
        Node::Expr(Expr::Outer(inner)) if depth == 1 => see(inner),
        Node::Expr(Expr::Outer(inner)) => inner.walk(&mut |node| visit(node, depth - 1, see)),
        Node::Expr(Expr::Over(over)) => {
            over.filter.walk(&mut |node| visit(node, depth, see));
            over.value.walk(&mut |node| visit(node, depth, see));
        }
        Node::Predicate(Predicate::Exists { path: _, filter, negated: _ }) => {
            filter.walk(&mut |node| visit(node, depth, see));
        }
        Node::Expr(Expr::Subquery(select))
        | Node::Predicate(
            Predicate::ExistsQuery { select, negated: _ }
            | Predicate::InQuery { expr: _, select, negated: _ },
        ) => in_select(select, depth + 1, see),
        _ => {}
    }
    true
}

impl Select {
    /// Changes the expressions of the query itself.
    pub(crate) fn rewrite(&mut self, change: &mut dyn FnMut(&mut Expr) -> bool) {
        self.filter.rewrite(change);
        rewrite_orders(&mut self.order, change);
        self.outputs.iter_mut().for_each(|output| output.expr.rewrite(change));
        self.group.iter_mut().flatten().for_each(|key| key.rewrite(change));
        if let super::Distinct::On(on) = &mut self.distinct {
            on.iter_mut().for_each(|expr| expr.rewrite(change));
        }
    }

    /// Adds outputs whose names may be those of earlier ones: what was said before, and what they themselves say, means
    /// the earlier ones.
    pub(crate) fn add_outputs(&mut self, mut outputs: Vec<super::Output>) {
        let is_known = |name| self.outputs.iter().any(|output| output.name == name);
        if outputs.iter().any(|output| is_known(output.name)) {
            let select = Arc::new(self.clone()).resolved();
            let known: Vec<_> =
                select.outputs.iter().map(|output| (output.name, output.expr.clone())).collect();
            let latest: Vec<_> = known.into_iter().rev().collect();
            outputs.iter_mut().for_each(|output| output.expr.rewrite(&mut |expr| resolve(expr, &latest)));
            *self = Select::clone(&select);
        }
        self.outputs.extend(outputs);
    }

    /// The query with each reference to an annotation replaced by the annotation.
    pub(crate) fn resolved(self: &Arc<Self>) -> Arc<Select> {
        if self.outputs.is_empty() {
            return Arc::clone(self);
        }
        let mut select = Select::clone(self);
        // An annotation may refer to earlier ones.
        let mut known: Vec<(&'static str, Expr)> = Vec::with_capacity(select.outputs.len());
        for output in &mut select.outputs {
            output.expr.rewrite(&mut |expr| resolve(expr, &known));
            known.retain(|(name, _)| *name != output.name);
            known.push((output.name, output.expr.clone()));
        }
        select.rewrite(&mut |expr| resolve(expr, &known));
        Arc::new(select)
    }
}

/// Puts what is annotated in the place of its name.
fn resolve(expr: &mut Expr, known: &[(&'static str, Expr)]) -> bool {
    if let Expr::Annotation { name, nullable: _ } = expr
        && let Some((_, value)) = known.iter().find(|(known, _)| known == name)
    {
        *expr = value.clone();
        return false;
    }
    true
}
