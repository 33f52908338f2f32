//! The functions of SQL: methods on [`Expr`] where they are of one column, free functions where they are of several
//! or of none, and `sql` for all others.

mod argument;
mod array;
mod case;
mod cast;
mod choice;
mod date_parts;
mod interval;
#[cfg(feature = "serde_json")]
mod json;
mod math;
mod moments;
mod padding;
mod raw;
mod search;
mod temporal;
mod text;
mod trigonometry;

pub use super::Constant;
pub use argument::{Argument, Arguments};
pub use array::{Array, Collection, Container};
pub use case::{Case, when};
pub use choice::{coalesce, greatest, least, nullif};
pub use date_parts::Unit;
pub use interval::{Interval, days, hours, minutes, months, seconds, weeks, years};
#[cfg(feature = "serde_json")]
pub use json::{Json, JsonKey};
pub use math::{Fractional, pi, random};
#[cfg(feature = "uuid")]
pub use moments::random_uuid;
pub use moments::{current_date, now};
pub use raw::{condition, function, sql};
pub use search::SearchQuery;
pub use temporal::{Calendar, Clock, HasDate, HasTime, Timestamp};
pub use text::concat;

use super::{Expr, Expression, Predicate, Term};
use crate::ast::{self, Part, Template};
use crate::model::Root;
use crate::types::{FieldType, Nullability, Wrap};

type ModelOf<E> = <E as Expression>::Model;
type NullOf<E> = <<E as Expression>::Type as FieldType>::Null;
type TermNull<E, V, A> = <V as Term<ModelOf<E>, A>>::Null;

/// An expression of type `B`, NULL where `E` is.
type Of<E, B> = Expr<Root<ModelOf<E>>, Wrap<NullOf<E>, B>>;

/// An expression of type `B`, NULL where `E` or its parameter `V` of type `A` is.
type With<E, V, A, B> = Expr<Root<ModelOf<E>>, Wrap<<NullOf<E> as Nullability>::Or<TermNull<E, V, A>>, B>>;

/// An expression of type `C`, NULL where `E` or one of its parameters `V` of type `A` and `W` of type `B` is.
type WithBoth<E, V, A, W, B, C> = Expr<
    Root<ModelOf<E>>,
    Wrap<<<NullOf<E> as Nullability>::Or<TermNull<E, V, A>> as Nullability>::Or<TermNull<E, W, B>>, C>,
>;

/// `function(argument, ..)`, NULL where an argument is.
fn call<const N: usize>(function: &'static str, arguments: [ast::Expr; N]) -> ast::Expr {
    let nullable = arguments.iter().any(ast::Expr::is_nullable);
    Template::call(function, arguments, nullable)
}

/// The expression between two pieces of SQL, NULL where it is.
fn around(before: &'static str, expr: ast::Expr, after: &'static str) -> ast::Expr {
    let nullable = expr.is_nullable();
    Template::of(vec![before.into(), expr.into(), after.into()], nullable)
}

/// The parts as an expression, NULL where one of the expressions in them is.
fn strict<const N: usize>(parts: [Part; N]) -> ast::Expr {
    let nullable = parts.iter().any(|part| matches!(part, Part::Expr(expr) if expr.is_nullable()));
    Template::of(parts.into(), nullable)
}

/// The condition that a boolean expression is true.
fn holds<M>(expr: ast::Expr) -> Predicate<M> {
    Predicate::from_node(ast::Predicate::Bool { expr, negated: false })
}
