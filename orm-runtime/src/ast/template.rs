use std::borrow::Cow;

use super::{Expr, Order, Predicate};
use crate::types::SqlType;

/// SQL text with expressions in it: every function, operator and `CASE` that needs nothing more of the writer than
/// its words.
#[derive(Debug, Clone)]
pub struct Template {
    /// The text and what stands in it, from left to right. It stands for itself: an operator brings its parentheses.
    pub parts: Vec<Part>,
    /// Whether the value can be NULL.
    pub nullable: bool,
}

/// A piece of a [`Template`].
#[derive(Debug, Clone)]
pub enum Part {
    /// SQL, as it is.
    Text(Cow<'static, str>),
    /// An expression.
    Expr(Expr),
    /// A condition. It may be NULL where it is not true, as in `WHERE`.
    Predicate(Predicate),
    /// An order, as after `ORDER BY`.
    Order(Order),
    /// The name of a type.
    Type(&'static SqlType),
    /// A name, to be quoted.
    Identifier(&'static str),
    /// A constant text, to be quoted.
    Literal(&'static str),
    /// What makes the statement one that cannot be sent, in words.
    Mistake(Box<str>),
    /// No text: a mark that the type of the value is taken at the user's word.
    Unchecked,
}

impl From<&'static str> for Part {
    fn from(sql: &'static str) -> Part {
        Part::Text(sql.into())
    }
}

impl From<Expr> for Part {
    fn from(expr: Expr) -> Part {
        Part::Expr(expr)
    }
}

impl Template {
    /// The parts as an expression.
    pub fn of(parts: Vec<Part>, nullable: bool) -> Expr {
        Expr::Template(Box::new(Template { parts, nullable }))
    }

    /// `function(argument, ..)`
    pub fn call(function: &'static str, arguments: impl IntoIterator<Item = Expr>, nullable: bool) -> Expr {
        let mut parts = vec![Part::Text(function.into()), Part::Text("(".into())];
        for (i, argument) in arguments.into_iter().enumerate() {
            if i > 0 {
                parts.push(Part::Text(", ".into()));
            }
            parts.push(Part::Expr(argument));
        }
        parts.push(Part::Text(")".into()));
        Expr::Template(Box::new(Template { parts, nullable }))
    }

    /// `(left operator right)`, NULL where an operand is.
    pub fn infix(left: Expr, operator: &'static str, right: Expr) -> Expr {
        let nullable = left.is_nullable() || right.is_nullable();
        let parts = vec![
            Part::Text("(".into()),
            Part::Expr(left),
            Part::Text(operator.into()),
            Part::Expr(right),
            Part::Text(")".into()),
        ];
        Expr::Template(Box::new(Template { parts, nullable }))
    }
}
