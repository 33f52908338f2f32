use std::borrow::Cow;

use crate::ast;
use crate::types::{ColumnType, ToValue};

/// A value that a column of type `B` can be compared with: what a [`ToValue`] makes, or an expression that names no
/// columns, such as `now()`.
///
/// - `B`: the column's type, without `Option`.
#[diagnostic::on_unimplemented(
    message = "a column of type `{B}` cannot be compared with `{Self}`",
    label = "expected a value of type `{B}`",
    note = "values are not converted: a float is written `1.0`, and `i64::from(n)` makes a `bigint` of an `i32`"
)]
pub trait Comparable<B: ColumnType> {
    /// The value without its types, changed by `change` first where it is one of Rust's; `None` is NULL.
    #[doc(hidden)]
    fn compared(&self, change: impl FnOnce(B) -> B) -> Option<ast::Expr>;
}

/// The bound parameter for what a [`ToValue`] makes.
#[doc(hidden)]
pub fn compared_value<B: ColumnType, V: ToValue<B> + ?Sized>(
    value: &V,
    change: impl FnOnce(B) -> B,
) -> Option<ast::Expr> {
    value.to_value().map(|value| ast::Expr::Value(ast::Value::one(change(value))))
}

/// The operand for a Rust value; `None` is NULL.
pub(crate) fn value<B: ColumnType, V: Comparable<B> + ?Sized>(value: &V) -> Option<ast::Expr> {
    value.compared(|value| value)
}

#[diagnostic::do_not_recommend]
impl<B: ColumnType, V: Comparable<B> + ?Sized> Comparable<B> for &V {
    fn compared(&self, change: impl FnOnce(B) -> B) -> Option<ast::Expr> {
        (**self).compared(change)
    }
}

#[diagnostic::do_not_recommend]
impl<B: ColumnType, V: Comparable<B>> Comparable<B> for Option<V> {
    fn compared(&self, change: impl FnOnce(B) -> B) -> Option<ast::Expr> {
        self.as_ref().and_then(|value| value.compared(change))
    }
}

#[diagnostic::do_not_recommend]
impl Comparable<String> for str {
    fn compared(&self, change: impl FnOnce(String) -> String) -> Option<ast::Expr> {
        compared_value(self, change)
    }
}

#[diagnostic::do_not_recommend]
impl Comparable<String> for Cow<'_, str> {
    fn compared(&self, change: impl FnOnce(String) -> String) -> Option<ast::Expr> {
        compared_value(self, change)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Clone> Comparable<Vec<T>> for [T]
where
    Vec<T>: ColumnType,
{
    fn compared(&self, change: impl FnOnce(Vec<T>) -> Vec<T>) -> Option<ast::Expr> {
        compared_value(self, change)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Clone, const N: usize> Comparable<Vec<T>> for [T; N]
where
    Vec<T>: ColumnType,
{
    fn compared(&self, change: impl FnOnce(Vec<T>) -> Vec<T>) -> Option<ast::Expr> {
        compared_value(self, change)
    }
}
