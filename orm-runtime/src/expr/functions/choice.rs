//! Functions that choose one of their arguments.

use crate::ast::{self, Template};
use crate::expr::{Expr, Expression, Term};
use crate::model::{Model, Root};
use crate::types::{ColumnType, FieldType, Nullability, Wrap};

/// An expression that is NULL where both of two are.
type Either<M, B, N, A> = Expr<Root<M>, Wrap<<N as Nullability>::And<A>, B>>;

/// `first`, or `other` where it is NULL: `coalesce(first, other)`. NULL only where both are; for more than two,
/// `coalesce(.nick, coalesce(.name, "nobody"))`.
pub fn coalesce<M, B, T, N, A>(
    first: impl Expression<Model = M, Type = T, Base = B>,
    other: impl Term<M, B, Null = A>,
) -> Either<M, B, N, A>
where
    M: Model,
    B: ColumnType,
    T: FieldType<Base = B, Null = N>,
    N: Nullability,
    A: Nullability,
{
    either("coalesce", first.into_node(), other.into_term())
}

/// The greater of two, or the one that is not NULL: `greatest(first, other)`.
pub fn greatest<M, B, T, N, A>(
    first: impl Expression<Model = M, Type = T, Base = B>,
    other: impl Term<M, B, Null = A>,
) -> Either<M, B, N, A>
where
    M: Model,
    B: ColumnType,
    T: FieldType<Base = B, Null = N>,
    N: Nullability,
    A: Nullability,
{
    either("greatest", first.into_node(), other.into_term())
}

/// The smaller of two, or the one that is not NULL: `least(first, other)`.
pub fn least<M, B, T, N, A>(
    first: impl Expression<Model = M, Type = T, Base = B>,
    other: impl Term<M, B, Null = A>,
) -> Either<M, B, N, A>
where
    M: Model,
    B: ColumnType,
    T: FieldType<Base = B, Null = N>,
    N: Nullability,
    A: Nullability,
{
    either("least", first.into_node(), other.into_term())
}

/// `first`, or NULL where it equals `other`: `nullif(first, other)`, as in `.total / nullif(.quantity, 0)`.
pub fn nullif<M: Model, B: ColumnType>(
    first: impl Expression<Model = M, Base = B>,
    other: impl Term<M, B>,
) -> Expr<Root<M>, Option<B>> {
    Expr::new(Template::call("nullif", [first.into_node(), other.into_term()], true))
}

fn either<P, T>(function: &'static str, first: ast::Expr, other: ast::Expr) -> Expr<P, T> {
    let nullable = first.is_nullable() && other.is_nullable();
    Expr::new(Template::call(function, [first, other], nullable))
}
