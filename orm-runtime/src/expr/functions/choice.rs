//! Functions that choose one of their arguments.

use super::{ModelOf, NullOf, Parameter, TermNull};
use crate::ast::Template;
use crate::expr::{Expr, Expression};
use crate::model::Root;
use crate::types::{Null, Nullability, Wrap};

/// The first of two, or the other where it is NULL.
type Either<E, V, B> = Expr<Root<ModelOf<E>>, Wrap<<NullOf<E> as Nullability>::And<TermNull<E, V, B>>, B>>;

fn either<E, V>(function: &'static str, first: E, other: V) -> Either<E, V, E::Base>
where
    E: Expression,
    V: Parameter<E::Model, E::Base>,
{
    let (first, other) = (first.into_node(), other.into_term());
    let nullable = first.is_nullable() && other.is_nullable();
    Expr::new(Template::call(function, [first, other], nullable))
}

/// `first`, or `other` where it is NULL: `coalesce(first, other)`. NULL only where both are; for more than two,
/// `coalesce(.nick, coalesce(.name, "nobody"))`.
pub fn coalesce<E, V>(first: E, other: V) -> Either<E, V, E::Base>
where
    E: Expression,
    V: Parameter<E::Model, E::Base>,
{
    either("coalesce", first, other)
}

/// The greater of two, or the one that is not NULL: `greatest(first, other)`.
pub fn greatest<E, V>(first: E, other: V) -> Either<E, V, E::Base>
where
    E: Expression,
    V: Parameter<E::Model, E::Base>,
{
    either("greatest", first, other)
}

/// The smaller of two, or the one that is not NULL: `least(first, other)`.
pub fn least<E, V>(first: E, other: V) -> Either<E, V, E::Base>
where
    E: Expression,
    V: Parameter<E::Model, E::Base>,
{
    either("least", first, other)
}

/// `first`, or NULL where it equals `other`: `nullif(first, other)`, as in `.total / nullif(.quantity, 0)`.
pub fn nullif<E, V>(first: E, other: V) -> Expr<Root<E::Model>, Wrap<Null, E::Base>>
where
    E: Expression,
    V: Parameter<E::Model, E::Base>,
{
    Expr::new(Template::call("nullif", [first.into_node(), other.into_term()], true))
}
