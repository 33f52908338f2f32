use super::comparable::value;
use super::{Comparable, Expr, Expression};
use crate::ast;
use crate::types::{ArrayElement, ColumnType, FieldType, ToValue};

/// What may stand beside an expression of base type `B` in a query on the model `M`: a Rust value of a fitting
/// type, or another expression.
///
/// - `M`: the model of the query.
/// - `B`: the type of the other side, without `Option`.
#[diagnostic::on_unimplemented(
    message = "a column of type `{B}` cannot be compared with `{Self}`",
    label = "expected a value or a column of type `{B}`"
)]
pub trait Operand<M, B: ColumnType> {
    /// The operand without its types; `None` is NULL.
    #[doc(hidden)]
    fn into_operand(self) -> Option<ast::Expr>;
    /// The same, a Rust value changed by `change` first.
    #[doc(hidden)]
    fn into_changed(self, change: impl FnOnce(B) -> B) -> Option<ast::Expr>;
}

#[diagnostic::do_not_recommend]
impl<M, B: ColumnType, V: Comparable<B> + ?Sized> Operand<M, B> for &V {
    fn into_operand(self) -> Option<ast::Expr> {
        value(self)
    }
    fn into_changed(self, change: impl FnOnce(B) -> B) -> Option<ast::Expr> {
        self.compared(change)
    }
}

#[diagnostic::do_not_recommend]
impl<M, B: ColumnType, V: Comparable<B>> Operand<M, B> for Option<V> {
    fn into_operand(self) -> Option<ast::Expr> {
        value(&self)
    }
    fn into_changed(self, change: impl FnOnce(B) -> B) -> Option<ast::Expr> {
        Operand::<M, B>::into_changed(&self, change)
    }
}

#[diagnostic::do_not_recommend]
impl<M, B: ColumnType, P, T: FieldType<Base = B>> Operand<M, B> for Expr<P, T>
where
    Expr<P, T>: Expression<Model = M, Type = T>,
{
    fn into_operand(self) -> Option<ast::Expr> {
        Some(self.into_node())
    }
    fn into_changed(self, _: impl FnOnce(B) -> B) -> Option<ast::Expr> {
        Some(self.into_node())
    }
}

#[diagnostic::do_not_recommend]
impl<M, T: ArrayElement, V: ToValue<T>, const N: usize> Operand<M, Vec<T>> for [V; N] {
    fn into_operand(self) -> Option<ast::Expr> {
        Operand::<M, Vec<T>>::into_changed(self, |values| values)
    }
    fn into_changed(self, change: impl FnOnce(Vec<T>) -> Vec<T>) -> Option<ast::Expr> {
        let values: Option<Vec<T>> = self.iter().map(V::to_value).collect();
        values.map(|values| ast::Expr::Value(ast::Value::one(change(values))))
    }
}
