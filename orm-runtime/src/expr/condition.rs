use std::marker::PhantomData;
use std::ops::{BitAnd, BitOr, Not};

use super::{Expr, Expression};
use crate::ast;
use crate::model::{Model, Root};
use crate::types::FieldType;

/// A condition on the rows of the model `M`, true or false for each, never NULL.
///
/// Conditions are values: build them one by one and combine them with `&`, `|` and `!`.
///
/// - `M`: the model.
#[derive(Debug)]
#[must_use = "a condition does nothing until a query uses it"]
pub struct Predicate<M> {
    pub(crate) node: ast::Predicate,
    model: PhantomData<fn() -> M>,
}

impl<M> Clone for Predicate<M> {
    fn clone(&self) -> Self {
        Predicate::from_node(self.node.clone())
    }
}

impl<M> Predicate<M> {
    pub(crate) fn from_node(node: ast::Predicate) -> Self {
        Predicate { node, model: PhantomData }
    }

    /// A condition on the columns and relations of the model, apart from any query.
    pub fn new<C: Condition<M>>(condition: impl FnOnce(M::Fields<Root<M>>) -> C) -> Self
    where
        M: Model,
    {
        condition(Default::default()).into_predicate()
    }

    /// True of every row: where a conjunction assembled at run time starts.
    pub fn always() -> Self {
        Predicate::from_node(ast::Predicate::Const(true))
    }

    /// True of no row: where a disjunction assembled at run time starts. A query filtered by it is not sent.
    pub fn never() -> Self {
        Predicate::from_node(ast::Predicate::Const(false))
    }

    /// Both conditions.
    pub fn and<C: Condition<M>>(self, other: C) -> Self {
        and(self, other)
    }

    /// Either condition.
    pub fn or<C: Condition<M>>(self, other: C) -> Self {
        or(self, other)
    }

    /// The complement: true of exactly the rows of which this is not, those with NULLs included.
    #[allow(clippy::should_implement_trait, reason = "it is implemented too, and chains need the method")]
    pub fn not(self) -> Self {
        not(self)
    }
}

/// What `filter` takes: a [`Predicate`], or a boolean column, which is true where it is `true`.
///
/// - `M`: the model of the query.
#[diagnostic::on_unimplemented(
    message = "this is not a condition on `{M}`",
    label = "expected a condition on `{M}`",
    note = "compare a column: `.total > min`; without its leading dot a name is a Rust variable",
    note = "an aggregate of the rows themselves is for conditions after `group_by`; over a relation, as `.orders.total.sum()`, it is a value of each row"
)]
pub trait Condition<M> {
    /// The condition as a predicate.
    fn into_predicate(self) -> Predicate<M>;
}

#[diagnostic::do_not_recommend]
impl<M> Condition<M> for Predicate<M> {
    fn into_predicate(self) -> Predicate<M> {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<M, P, T: FieldType<Base = bool>> Condition<M> for Expr<P, T>
where
    Expr<P, T>: Expression<Model = M>,
{
    fn into_predicate(self) -> Predicate<M> {
        Predicate::from_node(ast::Predicate::Bool { expr: self.into_node(), negated: false })
    }
}

/// Both conditions: what `query!` writes for `&&`.
#[doc(hidden)]
pub fn and<M, A: Condition<M>, B: Condition<M>>(a: A, b: B) -> Predicate<M> {
    Predicate::from_node(a.into_predicate().node.and(b.into_predicate().node))
}

/// Either condition: what `query!` writes for `||`.
#[doc(hidden)]
pub fn or<M, A: Condition<M>, B: Condition<M>>(a: A, b: B) -> Predicate<M> {
    Predicate::from_node(a.into_predicate().node.or(b.into_predicate().node))
}

/// The complement: what `query!` writes for `!`.
#[doc(hidden)]
pub fn not<M, A: Condition<M>>(a: A) -> Predicate<M> {
    Predicate::from_node(a.into_predicate().node.complement())
}

impl<M, C: Condition<M>> BitAnd<C> for Predicate<M> {
    type Output = Self;
    fn bitand(self, other: C) -> Self {
        and(self, other)
    }
}

impl<M, C: Condition<M>> BitOr<C> for Predicate<M> {
    type Output = Self;
    fn bitor(self, other: C) -> Self {
        or(self, other)
    }
}

impl<M> Not for Predicate<M> {
    type Output = Self;
    fn not(self) -> Self {
        not(self)
    }
}

/// Boolean columns as conditions.
impl<P, T: FieldType<Base = bool>> Expr<P, T>
where
    Self: Expression<Type = T>,
{
    /// Whether the column is true, and `other`.
    pub fn and<C>(self, other: C) -> Predicate<<Self as Expression>::Model>
    where
        C: Condition<<Self as Expression>::Model>,
    {
        and(self, other)
    }

    /// Whether the column is true, or `other`.
    pub fn or<C>(self, other: C) -> Predicate<<Self as Expression>::Model>
    where
        C: Condition<<Self as Expression>::Model>,
    {
        or(self, other)
    }

    /// Whether the column is false or NULL.
    #[allow(clippy::should_implement_trait, reason = "the operator's output is a condition, not a column")]
    pub fn not(self) -> Predicate<<Self as Expression>::Model> {
        not(self)
    }
}
