use std::sync::Arc;

use super::Select;
use super::expr::{Expr, Value};
use crate::schema::PathNode;

/// A condition that is true or false for each row, never NULL.
///
/// Each leaf knows how to be false as well as true (`negated`), so that a complement is a rewrite of the tree and
/// PostgreSQL still sees conditions that its indexes serve.
#[derive(Debug, Clone)]
pub enum Predicate {
    /// True or false for every row.
    Const(bool),
    /// All of these.
    And(Vec<Predicate>),
    /// Any of these.
    Or(Vec<Predicate>),
    /// A comparison.
    Compare {
        /// The operator.
        op: CompareOp,
        /// The left operand.
        left: Expr,
        /// The right operand.
        right: Expr,
        /// Whether this is the complement.
        negated: bool,
    },
    /// `IS NULL`.
    IsNull {
        /// The operand.
        expr: Expr,
        /// Whether this is the complement.
        negated: bool,
    },
    /// One of a list of values.
    In {
        /// The operand.
        expr: Expr,
        /// The values, an array without NULLs.
        values: Value,
        /// Whether NULL is in the list too.
        or_null: bool,
        /// Whether this is the complement.
        negated: bool,
    },
    /// A text that contains, starts with, ends with or equals another.
    Match {
        /// Where to look.
        expr: Expr,
        /// What to look for. A bound value is a pattern with `%`, `_` and `\` of the text escaped.
        text: Expr,
        /// How.
        how: Match,
        /// Whether upper and lower case are the same.
        ignore_case: bool,
        /// Whether this is the complement.
        negated: bool,
    },
    /// A column that is itself a condition.
    Bool {
        /// The operand.
        expr: Expr,
        /// Whether this is the complement.
        negated: bool,
    },
    /// SQL of the user's, which may be NULL. It is false where it is not true, and nothing more is known of it.
    Opaque {
        /// The condition.
        expr: Expr,
        /// Whether this is the complement.
        negated: bool,
    },
    /// Whether a to-many path leads to a row for which `filter` is true.
    Exists {
        /// The path.
        path: &'static PathNode,
        /// The condition on the rows at its end.
        filter: Box<Predicate>,
        /// Whether this is the complement.
        negated: bool,
    },
    /// Whether a query has any row.
    ExistsQuery {
        /// The query.
        select: Arc<Select>,
        /// Whether this is the complement.
        negated: bool,
    },
    /// Whether an expression is among the values, other than NULL, of a query of one column.
    InQuery {
        /// The operand.
        expr: Expr,
        /// The query.
        select: Arc<Select>,
        /// Whether this is the complement.
        negated: bool,
    },
}

/// A comparison operator. `!=` is the complement of `=`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CompareOp {
    /// `=`
    Eq,
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `>`
    Gt,
    /// `>=`
    Ge,
}

/// How one text is found in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Match {
    /// Anywhere.
    Contains,
    /// At the start.
    StartsWith,
    /// At the end.
    EndsWith,
    /// From start to end.
    Exact,
}

impl Predicate {
    /// Both, with constants folded away.
    pub(crate) fn and(self, other: Predicate) -> Predicate {
        match (self, other) {
            (Predicate::Const(true), p) | (p, Predicate::Const(true)) => p,
            (Predicate::Const(false), _) | (_, Predicate::Const(false)) => Predicate::Const(false),
            (Predicate::And(mut all), Predicate::And(more)) => {
                all.extend(more);
                Predicate::And(all)
            }
            (Predicate::And(mut all), p) => {
                all.push(p);
                Predicate::And(all)
            }
            (p, Predicate::And(mut all)) => {
                all.insert(0, p);
                Predicate::And(all)
            }
            (p, q) => Predicate::And(vec![p, q]),
        }
    }

    /// Either, with constants folded away.
    pub(crate) fn or(self, other: Predicate) -> Predicate {
        match (self, other) {
            (Predicate::Const(false), p) | (p, Predicate::Const(false)) => p,
            (Predicate::Const(true), _) | (_, Predicate::Const(true)) => Predicate::Const(true),
            (Predicate::Or(mut any), Predicate::Or(more)) => {
                any.extend(more);
                Predicate::Or(any)
            }
            (Predicate::Or(mut any), p) => {
                any.push(p);
                Predicate::Or(any)
            }
            (p, Predicate::Or(mut any)) => {
                any.insert(0, p);
                Predicate::Or(any)
            }
            (p, q) => Predicate::Or(vec![p, q]),
        }
    }

    /// True for exactly the rows for which this is not.
    pub(crate) fn complement(self) -> Predicate {
        match self {
            Predicate::Const(value) => Predicate::Const(!value),
            Predicate::And(all) => any_of(all.into_iter().map(Predicate::complement)),
            Predicate::Or(any) => all_of(any.into_iter().map(Predicate::complement)),
            Predicate::Compare { op, left, right, negated } => {
                Predicate::Compare { op, left, right, negated: !negated }
            }
            Predicate::IsNull { expr, negated } => Predicate::IsNull { expr, negated: !negated },
            Predicate::In { expr, values, or_null, negated } => {
                Predicate::In { expr, values, or_null, negated: !negated }
            }
            Predicate::Match { expr, text, how, ignore_case, negated } => {
                Predicate::Match { expr, text, how, ignore_case, negated: !negated }
            }
            Predicate::Bool { expr, negated } => Predicate::Bool { expr, negated: !negated },
            Predicate::Opaque { expr, negated } => Predicate::Opaque { expr, negated: !negated },
            Predicate::Exists { path, filter, negated } => {
                Predicate::Exists { path, filter, negated: !negated }
            }
            Predicate::ExistsQuery { select, negated } => {
                Predicate::ExistsQuery { select, negated: !negated }
            }
            Predicate::InQuery { expr, select, negated } => {
                Predicate::InQuery { expr, select, negated: !negated }
            }
        }
    }

    /// Whether the condition is known to be false for every row.
    pub(crate) fn is_never(&self) -> bool {
        matches!(self, Predicate::Const(false))
    }
}

/// The conjunction of `predicates`.
pub(crate) fn all_of(predicates: impl Iterator<Item = Predicate>) -> Predicate {
    predicates.fold(Predicate::Const(true), Predicate::and)
}

/// The disjunction of `predicates`.
pub(crate) fn any_of(predicates: impl Iterator<Item = Predicate>) -> Predicate {
    predicates.fold(Predicate::Const(false), Predicate::or)
}
