//! Arrays, and what texts, arrays and JSON have in common: that one contains another.

use std::ops::{Bound, RangeBounds};

use super::{Of, holds, strict};
use crate::ast::{self, Match, Template, Value};
use crate::expr::lookup::pattern;
use crate::expr::{Expr, Expression, Operand, Predicate, Term};
use crate::model::Root;
use crate::types::{ArrayElement, ColumnType, FieldType};

/// A column type of which one value can contain another: text, arrays and JSON.
#[diagnostic::on_unimplemented(
    message = "this is for text, arrays and JSON, and the column has type `{Self}`",
    label = "not a text, an array or JSON"
)]
pub trait Container: ColumnType {
    /// The type of what it can contain.
    type Sought: ColumnType;
    /// What is looked for, from a Rust value.
    #[doc(hidden)]
    fn sought(value: Self::Sought) -> Self::Sought {
        value
    }
    /// The condition that `expr` contains `sought`.
    #[doc(hidden)]
    fn found(expr: ast::Expr, sought: ast::Expr) -> ast::Predicate {
        ast::Predicate::Bool { expr: Template::infix(expr, " @> ", sought), negated: false }
    }
}

#[diagnostic::do_not_recommend]
impl Container for String {
    type Sought = String;
    fn sought(text: String) -> String {
        pattern(text, Match::Contains)
    }
    fn found(expr: ast::Expr, text: ast::Expr) -> ast::Predicate {
        ast::Predicate::Match { expr, text, how: Match::Contains, ignore_case: false, negated: false }
    }
}

/// A column type whose values have a part that can be contained in another: arrays and JSON.
#[diagnostic::on_unimplemented(
    message = "this is for arrays and JSON, and the column has type `{Self}`",
    label = "not an array or JSON"
)]
pub trait Collection: Container {}

/// The type of an array column.
#[diagnostic::on_unimplemented(
    message = "this is for arrays, and the column has type `{Self}`",
    label = "not an array"
)]
pub trait Array: Collection {
    /// The type of its elements.
    type Element: ArrayElement;
}

#[diagnostic::do_not_recommend]
impl<E: ArrayElement> Container for Vec<E> {
    type Sought = Vec<E>;
}
#[diagnostic::do_not_recommend]
impl<E: ArrayElement> Collection for Vec<E> {}
#[diagnostic::do_not_recommend]
impl<E: ArrayElement> Array for Vec<E> {
    type Element = E;
}

/// What contains what.
impl<P, T: FieldType> Expr<P, T>
where
    Self: Expression<Type = T>,
{
    /// Contains `other`. For a text `LIKE '%other%'`, in which `%`, `_` and `\` stand for themselves; for an array all
    /// elements of `other`, for JSON its keys and values, `self @> other`. Not true of NULL.
    pub fn contains<V>(self, other: V) -> Predicate<<Self as Expression>::Model>
    where
        T::Base: Container,
        V: Operand<<Self as Expression>::Model, <T::Base as Container>::Sought>,
    {
        Predicate::from_node(match other.into_changed(T::Base::sought) {
            Some(other) => T::Base::found(self.node, other),
            None => ast::Predicate::Const(false),
        })
    }

    /// Is contained in `other`: `self <@ other`. Not true of NULL.
    pub fn contained_by<V>(self, other: V) -> Predicate<<Self as Expression>::Model>
    where
        T::Base: Collection,
        V: Operand<<Self as Expression>::Model, <T::Base as Container>::Sought>,
    {
        related(self.node, " <@ ", other.into_operand())
    }
}

/// Functions and lookups of arrays. An index counts from 0, as in Rust.
impl<P, T: FieldType> Expr<P, T>
where
    Self: Expression<Type = T>,
{
    /// Has an element in common with `other`: `self && other`. Not true of NULL.
    pub fn overlap<V>(self, other: V) -> Predicate<<Self as Expression>::Model>
    where
        T::Base: Array,
        V: Operand<<Self as Expression>::Model, <T::Base as Container>::Sought>,
    {
        related(self.node, " && ", other.into_operand())
    }

    /// Has `value` among its elements: `self @> ARRAY[value]`, which a GIN index serves. Not true of NULL.
    pub fn contains_value<V>(self, value: V) -> Predicate<<Self as Expression>::Model>
    where
        T::Base: Array,
        V: Term<<Self as Expression>::Model, <T::Base as Array>::Element>,
    {
        let array = strict(["ARRAY[".into(), value.into_term().into(), "]".into()]);
        related(self.node, " @> ", Some(array))
    }

    /// How many elements: `cardinality(self)`.
    pub fn len(self) -> Of<Self, i32>
    where
        T::Base: Array,
    {
        Expr::new(super::call("cardinality", [self.node]))
    }

    /// The element at `index`, NULL where there is none: `self[index + 1]`.
    pub fn index(
        self,
        index: usize,
    ) -> Expr<Root<<Self as Expression>::Model>, Option<<T::Base as Array>::Element>>
    where
        T::Base: Array,
    {
        let index = ast::Expr::Value(Value::one(number(index).saturating_add(1)));
        let parts = vec!["(".into(), self.node.into(), ")[".into(), index.into(), "]".into()];
        Expr::new(Template::of(parts, true))
    }

    /// The elements of a range of indices that there are: `self[start + 1:end]`, as in `.scores.slice(..3)`.
    pub fn slice(self, range: impl RangeBounds<usize>) -> Of<Self, T::Base>
    where
        T::Base: Array,
    {
        let start = match range.start_bound() {
            Bound::Included(&start) => number(start),
            Bound::Excluded(&start) => number(start).saturating_add(1),
            Bound::Unbounded => 0,
        };
        let end = match range.end_bound() {
            Bound::Included(&end) => number(end).saturating_add(1),
            Bound::Excluded(&end) => number(end),
            Bound::Unbounded => i32::MAX,
        };
        let bound = |n: i32| ast::Expr::Value(Value::one(n)).into();
        Expr::new(strict([
            "(".into(),
            self.node.into(),
            ")[".into(),
            bound(start.saturating_add(1)),
            ":".into(),
            bound(end),
            "]".into(),
        ]))
    }
}

fn number(index: usize) -> i32 {
    i32::try_from(index).unwrap_or(i32::MAX)
}

/// The condition `(left operator right)`; nothing is related to NULL.
pub(super) fn related<M>(left: ast::Expr, operator: &'static str, right: Option<ast::Expr>) -> Predicate<M> {
    match right {
        Some(right) => holds(Template::infix(left, operator, right)),
        None => Predicate::never(),
    }
}
