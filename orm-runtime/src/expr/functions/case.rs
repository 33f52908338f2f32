use std::marker::PhantomData;

use super::Argument;
use crate::ast::{self, Part, Template};
use crate::expr::{Condition, Expr, Term};
use crate::model::{Model, Root};
use crate::types::{ColumnType, Nullability, Wrap};

/// The types that a `CASE` carries and holds no value of.
type Types<M, B, N> = PhantomData<fn() -> (M, B, N)>;

/// A `CASE` to which branches can still be added: the value of the first one whose condition is true.
///
/// - `M`: the model of the query.
/// - `B`: the type of the values, without `Option`.
/// - `N`: whether one of them can be NULL.
#[derive(Debug)]
#[must_use = "a `CASE` ends with `.otherwise(value)` or `.end()`"]
pub struct Case<M, B, N> {
    parts: Vec<Part>,
    nullable: bool,
    types: Types<M, B, N>,
}

/// `CASE WHEN condition THEN value ..`: more branches follow by [`when`](Case::when), and it ends with
/// [`otherwise`](Case::otherwise) or [`end`](Case::end). In `query!` it is written `if condition { value } else { .. }`.
pub fn when<M, B, N>(
    condition: impl Condition<M>,
    value: impl Argument<M, Base = B, Null = N>,
) -> Case<M, B, N>
where
    M: Model,
    B: ColumnType,
    N: Nullability,
{
    branch(vec!["CASE".into()], false, condition.into_predicate().node, value.into_argument())
}

/// The branches so far and one more.
fn branch<M, B, N>(
    mut parts: Vec<Part>,
    nullable: bool,
    condition: ast::Predicate,
    value: ast::Expr,
) -> Case<M, B, N> {
    let nullable = nullable || value.is_nullable();
    parts.extend([" WHEN ".into(), Part::Predicate(condition), " THEN ".into(), value.into()]);
    Case { parts, nullable, types: PhantomData }
}

impl<M: Model, B: ColumnType, N: Nullability> Case<M, B, N> {
    /// `WHEN condition THEN value`, where no condition before is true.
    pub fn when<A: Nullability>(
        self,
        condition: impl Condition<M>,
        value: impl Term<M, B, Null = A>,
    ) -> Case<M, B, N::Or<A>> {
        branch(self.parts, self.nullable, condition.into_predicate().node, value.into_term())
    }

    /// `ELSE value END`.
    pub fn otherwise<A: Nullability>(
        mut self,
        value: impl Term<M, B, Null = A>,
    ) -> Expr<Root<M>, Wrap<N::Or<A>, B>> {
        let value = value.into_term();
        let nullable = self.nullable || value.is_nullable();
        self.parts.extend([" ELSE ".into(), value.into(), " END".into()]);
        Expr::new(Template::of(self.parts, nullable))
    }

    /// `END`: NULL where no condition is true.
    pub fn end(mut self) -> Expr<Root<M>, Option<B>> {
        self.parts.push(" END".into());
        Expr::new(Template::of(self.parts, true))
    }
}
