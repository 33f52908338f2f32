use super::{Expr, Order, Predicate};
use crate::schema::PathNode;
use crate::types::SqlType;

/// A value computed from several rows.
#[derive(Debug, Clone)]
pub struct Aggregate {
    /// The function's name.
    pub function: &'static str,
    /// What it is given for each row; `count` of nothing is `count(*)`.
    pub arguments: Vec<Expr>,
    /// Whether equal arguments count once.
    pub distinct: bool,
    /// In which order it is given them.
    pub order: Vec<Order>,
    /// Which rows it is given.
    pub filter: Predicate,
    /// The type that its result is cast to, where it has another one.
    pub cast: Option<&'static SqlType>,
    /// Its value where there is no row, or only NULLs; without one that is NULL, and 0 for `count`.
    pub default: Option<Expr>,
}

/// An aggregate over the rows at the end of a to-many path, as a value of the row that the path starts from.
#[derive(Debug, Clone)]
pub struct Over {
    /// The path.
    pub path: &'static PathNode,
    /// Which rows at its end.
    pub filter: Predicate,
    /// An expression of aggregates over the table at its end.
    pub value: Expr,
}

impl Aggregate {
    /// `function(arguments)`
    pub fn new(function: &'static str, arguments: Vec<Expr>, cast: Option<&'static SqlType>) -> Aggregate {
        Aggregate {
            function,
            arguments,
            distinct: false,
            order: Vec::new(),
            filter: Predicate::Const(true),
            cast,
            default: None,
        }
    }

    /// Whether the value can be NULL.
    pub fn is_nullable(&self) -> bool {
        match &self.default {
            Some(default) => default.is_nullable(),
            None => self.function != "count",
        }
    }

    /// Whether it is `count(*)`.
    pub(crate) fn is_of_rows(&self) -> bool {
        let filtered = !matches!(self.filter, Predicate::Const(true));
        self.function == "count"
            && self.arguments.is_empty()
            && !self.distinct
            && !filtered
            && self.default.is_none()
    }

    /// The value over no rows.
    pub(crate) fn over_nothing(&self) -> Expr {
        match &self.default {
            Some(default) => default.clone(),
            None if self.function == "count" => Expr::constant("0::bigint"),
            None => Expr::constant("NULL"),
        }
    }
}
