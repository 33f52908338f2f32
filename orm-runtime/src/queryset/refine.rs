//! Refinements that change neither the rows' type nor what can be done next, and those that combine queries.

use std::sync::Arc;

use super::{Countable, QuerySet, ReadOnly, Refinable};
use crate::ast::{Base, Distinct, Order, Predicate, Select, SetOperator};
use crate::expr::Orders;
use crate::model::{Model, Row, Selects};

impl<M: Model, S: Selects<Model = M>, St: Refinable> QuerySet<M, S, St> {
    /// Equal rows once: `SELECT DISTINCT`. Rows that have their primary key are never equal, so this is for values.
    ///
    /// In an order of something that is not selected, each row stands where the first of those equal to it would.
    pub fn distinct(mut self) -> Self {
        self.select_mut().distinct = Distinct::All;
        self
    }

    /// The opposite order, NULLs included. Without an order it changes nothing.
    pub fn reverse(mut self) -> Self {
        let select = self.select_mut();
        select.order = std::mem::take(&mut select.order).into_iter().map(Order::reversed).collect();
        self
    }

    /// No rows. Terminals answer without a statement.
    pub fn none(mut self) -> Self {
        self.select_mut().filter = Predicate::Const(false);
        self
    }

    /// The first row, in the order of the query, of those equal in these: `SELECT DISTINCT ON`. The order is led by
    /// them, as PostgreSQL wants it.
    ///
    /// `Order::objects().distinct_on(|o| o.user_id()).order_by(|o| o.created_at().desc())`
    pub fn distinct_on<O: Orders<S::Unit>>(self, on: impl FnOnce(S::Scope) -> O) -> QuerySet<M, S, ReadOnly>
    where
        St: Countable,
    {
        distinct_on(self, on(S::Scope::default()))
    }
}

/// What `query!` writes for `.distinct_on(expression, ..)`.
#[doc(hidden)]
pub fn distinct_on<M: Model, S: Selects<Model = M>, St: Refinable + Countable, O: Orders<S::Unit>>(
    mut query: QuerySet<M, S, St>,
    on: O,
) -> QuerySet<M, S, ReadOnly> {
    let on = on.into_orders().into_iter().map(|order| order.expr).collect();
    query.select_mut().distinct = Distinct::On(on);
    query.retyped()
}

/// Combinations of queries with the same rows. What comes after is of the combined rows: they can be filtered, ordered,
/// sliced, counted and loaded with relations, but not written.
impl<M: Model, S: Row<Model = M>, St: Countable> QuerySet<M, S, St> {
    /// Rows of either query, equal ones once: `UNION`.
    pub fn union<Other: Countable>(self, other: QuerySet<M, S, Other>) -> QuerySet<M, S, ReadOnly> {
        self.combined(SetOperator::Union, other)
    }

    /// Rows of either query, those of both twice: `UNION ALL`.
    pub fn union_all<Other: Countable>(self, other: QuerySet<M, S, Other>) -> QuerySet<M, S, ReadOnly> {
        self.combined(SetOperator::UnionAll, other)
    }

    /// Rows of both queries: `INTERSECT`.
    pub fn intersection<Other: Countable>(self, other: QuerySet<M, S, Other>) -> QuerySet<M, S, ReadOnly> {
        self.combined(SetOperator::Intersect, other)
    }

    /// Rows of this query that are not rows of the other: `EXCEPT`.
    pub fn difference<Other: Countable>(self, other: QuerySet<M, S, Other>) -> QuerySet<M, S, ReadOnly> {
        self.combined(SetOperator::Except, other)
    }

    fn combined<Other>(self, op: SetOperator, other: QuerySet<M, S, Other>) -> QuerySet<M, S, ReadOnly> {
        let related = self.select.related.iter().chain(&other.select.related).cloned().collect();
        let bare = |select: &Select| {
            let mut select = Select { related: Vec::new(), ..select.clone() };
            // An order says something of the rows only where they are a slice.
            if !select.is_sliced() && !matches!(select.distinct, Distinct::On(_)) {
                select.order.clear();
            }
            Arc::new(select)
        };
        let queries = vec![bare(&self.select), bare(&other.select)];
        let base = Base::Combined { op, queries };
        let mut combined = QuerySet::<M>::new();
        *combined.select_mut() = Select { base, related, ..Select::new(M::table) };
        combined.retyped()
    }
}
