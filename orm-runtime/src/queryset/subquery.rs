//! Query sets inside the conditions and values of another.

use std::sync::Arc;

use super::{QuerySet, State};
use crate::ast;
use crate::expr::{Expr, Expression, List, Operand, OrderedRows, Predicate};
use crate::model::{Model, Root, Selects, Tuple, ValuesList};
use crate::types::{ColumnType, FieldType};

/// An expression over the query around a subquery: what [`outer`] makes.
///
/// - `T`: the type of the value.
#[derive(Debug)]
#[must_use = "an expression does nothing until a query uses it"]
pub struct Outer<T> {
    node: ast::Expr,
    ty: std::marker::PhantomData<fn() -> T>,
}

/// In a subquery, a column or an expression of the query around it, to compare with.
///
/// `User::objects().filter(|u| exists(Order::objects().filter(|o| o.user_id().eq(outer(u.id())))))`
///
/// In a query that stands in no other one, terminals refuse it with a configuration error.
pub fn outer<E: Expression<Type = T>, T: FieldType>(expression: E) -> Outer<T> {
    let node = ast::Expr::Outer(Box::new(expression.into_node()));
    Outer { node, ty: std::marker::PhantomData }
}

#[diagnostic::do_not_recommend]
impl<M, B: ColumnType, T: FieldType<Base = B>> Operand<M, B> for Outer<T> {
    fn into_operand(self) -> Option<ast::Expr> {
        Some(self.node)
    }
    fn into_changed(self, _: impl FnOnce(B) -> B) -> Option<ast::Expr> {
        Some(self.node)
    }
}

/// Whether a query has any row: `EXISTS (SELECT 1 ..)`, in the same statement. For the rows of a relation there is
/// `.orders.any(..)`.
///
/// `query!(User.filter(exists(Order.filter(.user_id == outer(.id) && .total > 100.0))))`
pub fn exists_in<U, M: Model, S: Selects<Model = M>, St: State>(query: QuerySet<M, S, St>) -> Predicate<U> {
    if query.select.is_empty() {
        return Predicate::from_node(ast::Predicate::Const(false));
    }
    let select = query.distinct_as_needed().select;
    Predicate::from_node(ast::Predicate::ExistsQuery { select, negated: false })
}

/// What `query!` writes for `subquery(..)`: the one value of a query of one column, `(SELECT ..)`, in the same statement.
/// NULL where there is no row; of several rows the first, and without an order that is any.
#[doc(hidden)]
pub fn subquery<Q: OrderedRows<Model = U>, U, M: Model, S: Selects<Model = M>, T: FieldType, St: State>(
    _: &Q,
    query: QuerySet<M, ValuesList<S, (T,)>, St>,
) -> Expr<Root<U>, Option<T::Base>>
where
    (T,): Tuple,
{
    let mut select = query.select;
    let one = select.group.as_ref().is_some_and(Vec::is_empty);
    if !one {
        Arc::make_mut(&mut select).slice(0, Some(1));
    }
    Expr::new(ast::Expr::Subquery(select))
}

#[diagnostic::do_not_recommend]
impl<B: ColumnType, M, S, T: FieldType<Base = B>, St> List<B> for QuerySet<M, ValuesList<S, (T,)>, St> {
    fn into_condition(self, expr: ast::Expr) -> ast::Predicate {
        if self.select.is_empty() {
            return ast::Predicate::Const(false);
        }
        ast::Predicate::InQuery { expr, select: self.select, negated: false }
    }
}
