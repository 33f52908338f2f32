use std::marker::PhantomData;

use super::{Comparable, IntoOrder, Operand, Order, Orders, Term};
use crate::ast;
use crate::types::{ColumnType, NonNull};

/// An expression that names no columns, such as `now()`: it is one value for the whole query, or a new one for each
/// row, and stands in a query on any model wherever a Rust value may stand, and as a value of each row.
///
/// - `T`: the type of the value, which is never NULL.
#[derive(Debug)]
#[must_use = "an expression does nothing until a query uses it"]
pub struct Constant<T> {
    pub(crate) node: ast::Expr,
    ty: PhantomData<fn() -> T>,
}

impl<T> Clone for Constant<T> {
    fn clone(&self) -> Self {
        Constant::new(self.node.clone())
    }
}

impl<T> Constant<T> {
    pub(crate) fn new(node: ast::Expr) -> Self {
        Constant { node, ty: PhantomData }
    }
}

#[diagnostic::do_not_recommend]
impl<B: ColumnType> Comparable<B> for Constant<B> {
    fn compared(&self, _: impl FnOnce(B) -> B) -> Option<ast::Expr> {
        Some(self.node.clone())
    }
}

#[diagnostic::do_not_recommend]
impl<M, B: ColumnType> Operand<M, B> for Constant<B> {
    fn into_operand(self) -> Option<ast::Expr> {
        Some(self.node)
    }
    fn into_changed(self, _: impl FnOnce(B) -> B) -> Option<ast::Expr> {
        Some(self.node)
    }
}

#[diagnostic::do_not_recommend]
impl<M, B: ColumnType> Term<M, B> for Constant<B> {
    type Null = NonNull;
    fn into_term(self) -> ast::Expr {
        self.node
    }
}

#[diagnostic::do_not_recommend]
impl<M, T: ColumnType> IntoOrder<M> for Constant<T> {
    fn into_order(self) -> Order<M> {
        Order::by(self.node, T::SQL)
    }
}

#[diagnostic::do_not_recommend]
impl<M, T: ColumnType> Orders<M> for Constant<T> {
    fn into_orders(self) -> Vec<ast::Order> {
        vec![Order::<M>::by(self.node, T::SQL).node]
    }
}
