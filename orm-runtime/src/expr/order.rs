use std::marker::PhantomData;

use super::{Expr, Expression};
use crate::ast::{self, Nulls};
use crate::tuples::each_tuple;
use crate::types::{ColumnType, SqlType};

/// One expression to order the rows of the model `M` by, with its direction.
///
/// - `M`: the model.
#[derive(Debug)]
#[must_use = "an order does nothing until a query uses it"]
pub struct Order<M> {
    pub(crate) node: ast::Order,
    model: PhantomData<fn() -> M>,
}

impl<M> Clone for Order<M> {
    fn clone(&self) -> Self {
        Order::new(self.node.clone())
    }
}

impl<M> Order<M> {
    fn new(node: ast::Order) -> Self {
        Order { node, model: PhantomData }
    }

    /// Smallest first.
    pub(crate) fn by(expr: ast::Expr, ty: &'static SqlType) -> Self {
        Order::new(ast::Order { expr, ty, descending: false, nulls: None })
    }

    /// NULLs before everything else. PostgreSQL puts them last, or first in a descending order.
    pub fn nulls_first(mut self) -> Self {
        self.node.nulls = Some(Nulls::First);
        self
    }

    /// NULLs after everything else. PostgreSQL puts them last, or first in a descending order.
    pub fn nulls_last(mut self) -> Self {
        self.node.nulls = Some(Nulls::Last);
        self
    }
}

/// What `order_by` takes: a column or an expression (smallest first), or an [`Order`].
///
/// - `M`: the model of the query.
#[diagnostic::on_unimplemented(
    message = "rows of `{M}` cannot be ordered by this",
    label = "expected a column or an expression",
    note = "name a column: `.created_at`, or `-.created_at` for the largest first"
)]
pub trait IntoOrder<M> {
    /// The order.
    fn into_order(self) -> Order<M>;
}

#[diagnostic::do_not_recommend]
impl<M> IntoOrder<M> for Order<M> {
    fn into_order(self) -> Order<M> {
        self
    }
}

impl<M, P, T> IntoOrder<M> for Expr<P, T>
where
    Expr<P, T>: Expression<Model = M>,
{
    fn into_order(self) -> Order<M> {
        Order::by(self.into_node(), <Self as Expression>::Base::SQL)
    }
}

fn descending<M>(mut order: Order<M>) -> Order<M> {
    order.node.descending = !order.node.descending;
    order
}

/// What an order is of: a query set, or the rows at the end of a path.
#[doc(hidden)]
pub trait OrderedRows {
    /// The model of the rows.
    type Model;
}

/// What `query!` writes for each argument of `order_by`.
#[doc(hidden)]
pub fn asc<R: OrderedRows<Model = M>, M, O: IntoOrder<M>>(_: &R, order: O) -> ast::Order {
    order.into_order().node
}

/// What `query!` writes for `-` in the order of a window or an aggregate: largest first.
#[doc(hidden)]
pub fn largest_first<M, O: IntoOrder<M>>(order: O) -> Order<M> {
    descending(order.into_order())
}

/// What `query!` writes for each expression in the order of a window or an aggregate.
#[doc(hidden)]
pub fn in_order<M, O: IntoOrder<M>>(order: O) -> Order<M> {
    order.into_order()
}

/// What `query!` writes for `-` in `order_by`: largest first.
#[doc(hidden)]
pub fn desc<R: OrderedRows<Model = M>, M, O: IntoOrder<M>>(_: &R, order: O) -> ast::Order {
    descending(order.into_order()).node
}

impl<P, T> Expr<P, T>
where
    Self: Expression,
{
    /// Smallest first.
    pub fn asc(self) -> Order<<Self as Expression>::Model> {
        self.into_order()
    }

    /// Largest first.
    pub fn desc(self) -> Order<<Self as Expression>::Model> {
        descending(self.into_order())
    }
}

/// What the closure of `order_by` returns: one order, a tuple of up to eight, or a `Vec` of them.
///
/// - `M`: the model of the query.
#[diagnostic::on_unimplemented(
    message = "rows of `{M}` cannot be ordered by this",
    label = "expected a column, or a tuple of columns",
    note = "name columns: `|o| (o.created_at().desc(), o.id())`"
)]
pub trait Orders<M> {
    #[doc(hidden)]
    fn into_orders(self) -> Vec<ast::Order>;
}

#[diagnostic::do_not_recommend]
impl<M> Orders<M> for Order<M> {
    fn into_orders(self) -> Vec<ast::Order> {
        vec![self.node]
    }
}

#[diagnostic::do_not_recommend]
impl<M, P, T> Orders<M> for Expr<P, T>
where
    Expr<P, T>: Expression<Model = M>,
{
    fn into_orders(self) -> Vec<ast::Order> {
        vec![self.into_order().node]
    }
}

#[diagnostic::do_not_recommend]
impl<M, const N: usize> Orders<M> for [Order<M>; N] {
    fn into_orders(self) -> Vec<ast::Order> {
        self.into_iter().map(|order| order.node).collect()
    }
}

#[diagnostic::do_not_recommend]
impl<M> Orders<M> for Vec<Order<M>> {
    fn into_orders(self) -> Vec<ast::Order> {
        self.into_iter().map(|order| order.node).collect()
    }
}

macro_rules! tuples {
    ($(($($T:ident $i:tt),+))*) => { $(
        impl<M, $($T: IntoOrder<M>),+> Orders<M> for ($($T,)+) {
            fn into_orders(self) -> Vec<ast::Order> {
                vec![$(self.$i.into_order().node),+]
            }
        }
    )* };
}
each_tuple!(tuples);
