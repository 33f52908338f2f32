//! Going through the parts of expressions and conditions.

use std::sync::Arc;

use super::outer::{self, outer_expressions};
use super::{Aggregate, Expr, Order, Output, Part, Predicate, Select, Window};

/// A part of an expression or a condition.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Node<'a> {
    Expr(&'a Expr),
    Predicate(&'a Predicate),
}

impl Expr {
    /// Shows `see` the expression and, where it says so, the parts of what it saw. What stands in the scope of other
    /// rows (the condition of an `EXISTS`, a subquery) is no part, but `outer(..)` in a subquery is.
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
            | Expr::Below { .. }
            | Expr::Outer(_) => {}
            Expr::Subquery(select) => outer_expressions(select, &mut |expr| expr.walk(see)),
            Expr::Binary { op: _, left, right } => {
                left.walk(see);
                right.walk(see);
            }
            Expr::Negative(inner) => inner.walk(see),
            Expr::Template(template) => {
                for part in &template.parts {
                    match part {
                        Part::Text(_)
                        | Part::Type(_)
                        | Part::Identifier(_)
                        | Part::Literal(_)
                        | Part::Mistake(_)
                        | Part::Unchecked => {}
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
            | Expr::Below { .. }
            | Expr::Outer(_) => {}
            Expr::Subquery(select) => outer::rewrite(select, change),
            Expr::Binary { op: _, left, right } => {
                left.rewrite(change);
                right.rewrite(change);
            }
            Expr::Negative(inner) => inner.rewrite(change),
            Expr::Template(template) => {
                for part in &mut template.parts {
                    match part {
                        Part::Text(_)
                        | Part::Type(_)
                        | Part::Identifier(_)
                        | Part::Literal(_)
                        | Part::Mistake(_)
                        | Part::Unchecked => {}
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
            found |= match node {
                Node::Expr(Expr::Below { path: _, expr }) => expr.has(is),
                Node::Expr(expr) => is(expr),
                Node::Predicate(_) => false,
            };
            !found
        });
        found
    }

    /// [`has`](Expr::has), where a name stands for the last of `outputs` that has it.
    pub(crate) fn has_named(&self, is: fn(&Expr) -> bool, outputs: &[Output]) -> bool {
        let mut found = false;
        self.walk(&mut |node| {
            found |= holds(node, is, outputs);
            !found
        });
        found
    }

    /// Whether the expression, or one of `outputs` that a name in it stands for, has a subquery.
    pub(crate) fn has_subquery(&self, outputs: &[Output]) -> bool {
        let mut found = false;
        self.walk(&mut |node| {
            found |= match node {
                Node::Expr(Expr::Subquery(_) | Expr::Over(_))
                | Node::Predicate(
                    Predicate::Exists { .. } | Predicate::ExistsQuery { .. } | Predicate::InQuery { .. },
                ) => true,
                Node::Expr(Expr::Annotation { name, nullable: _ }) => {
                    let place = outputs.iter().rposition(|output| output.name == *name);
                    place.is_some_and(|place| outputs[place].expr.has_subquery(&outputs[..place]))
                }
                Node::Expr(_) | Node::Predicate(_) => false,
            };
            !found
        });
        found
    }
}

/// Whether `is` holds of an expression, or of a part of the one that its name stands for.
fn holds(node: Node<'_>, is: fn(&Expr) -> bool, outputs: &[Output]) -> bool {
    match node {
        Node::Expr(Expr::Annotation { name, nullable: _ }) => {
            // An output may refer to an earlier one of its own name.
            let place = outputs.iter().rposition(|output| output.name == *name);
            place.is_some_and(|place| outputs[place].expr.has_named(is, &outputs[..place]))
        }
        Node::Expr(expr) => is(expr),
        Node::Predicate(_) => false,
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
            Predicate::Const(_) | Predicate::Exists { path: _, filter: _, negated: _ } => {}
            Predicate::ExistsQuery { select, negated: _ } => {
                outer_expressions(select, &mut |expr| expr.walk(see));
            }
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
            | Predicate::Opaque { expr, negated: _ }
            | Predicate::In { expr, values: _, or_null: _, negated: _ } => expr.walk(see),
            Predicate::InQuery { expr, select, negated: _ } => {
                expr.walk(see);
                outer_expressions(select, &mut |expr| expr.walk(see));
            }
        }
    }

    /// [`Expr::rewrite`] for a condition.
    pub(crate) fn rewrite(&mut self, change: &mut dyn FnMut(&mut Expr) -> bool) {
        match self {
            Predicate::Const(_) | Predicate::Exists { path: _, filter: _, negated: _ } => {}
            Predicate::ExistsQuery { select, negated: _ } => outer::rewrite(select, change),
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
            | Predicate::Opaque { expr, negated: _ }
            | Predicate::In { expr, values: _, or_null: _, negated: _ } => expr.rewrite(change),
            Predicate::InQuery { expr, select, negated: _ } => {
                expr.rewrite(change);
                outer::rewrite(select, change);
            }
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

    /// [`Expr::has_named`] for a condition.
    pub(crate) fn has_named(&self, is: fn(&Expr) -> bool, outputs: &[Output]) -> bool {
        let mut found = false;
        self.walk(&mut |node| {
            found |= holds(node, is, outputs);
            !found
        });
        found
    }
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
