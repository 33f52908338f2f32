//! The methods of a query set as functions of values: what `query!` writes, so that `?` and `.await` work in their
//! arguments and an error stands at the argument.

use super::{Prefetch, QuerySet, Refinable, SelectRelated, State};
use crate::ast;
use crate::expr::Condition;
use crate::model::{Model, Row, Selects, WholeRows};

/// What a chain can start from beside a model: a query set, or a reference to one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a query set",
    label = "expected a model or a query set",
    note = "a chain starts from a model, as in `query!(Order.filter(..))`, or from a query set"
)]
pub trait Source {
    /// The type of the query set.
    type QuerySet;
    #[doc(hidden)]
    fn into_query_set(self) -> Self::QuerySet;
}

#[diagnostic::do_not_recommend]
impl<M, S, St> Source for QuerySet<M, S, St> {
    type QuerySet = Self;
    fn into_query_set(self) -> Self {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<Q: Source + Clone> Source for &Q {
    type QuerySet = Q::QuerySet;
    fn into_query_set(self) -> Q::QuerySet {
        self.clone().into_query_set()
    }
}

/// What `query!` writes for a variable at the start of a chain: it is borrowed, and can be used again.
pub fn source<'q, Q, T>(source: &'q Q) -> T
where
    &'q Q: Source<QuerySet = T>,
{
    source.into_query_set()
}

/// What `query!` writes for any other expression at the start of a chain.
pub fn temporary<Q: Source<QuerySet = T>, T>(source: Q) -> T {
    source.into_query_set()
}

/// What `query!` binds for a leading dot to stand on.
pub fn fields<M, S: Selects<Model = M>, St>(_: &QuerySet<M, S, St>) -> S::Scope {
    S::Scope::default()
}

/// The names that an annotation of the query must not have.
pub fn taken<M, S: Selects<Model = M>, St>(_: &QuerySet<M, S, St>) -> S::Taken {
    S::Taken::default()
}

/// What `query!` writes for `Model.create(..)`.
pub fn create<M: Model>(new: M::New) -> M::Create {
    new.into()
}

/// What `query!` writes for `.filter(condition)`.
pub fn filter<M: Model, S: Selects<Model = M, Unit = U>, St: Refinable, C: Condition<U>, U>(
    mut query: QuerySet<M, S, St>,
    condition: C,
) -> QuerySet<M, S, St> {
    query.select_mut().refine(condition.into_predicate().node);
    query
}

/// What `query!` writes for `.exclude(condition)`.
pub fn exclude<M: Model, S: Selects<Model = M, Unit = U>, St: Refinable, C: Condition<U>, U>(
    mut query: QuerySet<M, S, St>,
    condition: C,
) -> QuerySet<M, S, St> {
    query.select_mut().refine(condition.into_predicate().node.complement());
    query
}

/// What `query!` writes for `.order_by(order, ..)`. That the orders are of the query was checked when they were made.
pub fn order_by<M: Model, S: Selects<Model = M>, St: Refinable, const N: usize>(
    mut query: QuerySet<M, S, St>,
    order: [ast::Order; N],
) -> QuerySet<M, S, St> {
    query.select_mut().order = Vec::from(order);
    query
}

/// What `query!` writes for `.select_related(path)`.
pub fn select_related<M: Model, S: WholeRows<Model = M, Row = R>, St: State, R, F, Out: Row>(
    query: QuerySet<M, S, St>,
    _: F,
) -> QuerySet<M, S::Put<Out>, St>
where
    F: SelectRelated<R, Out = Out>,
{
    query.retyped()
}

/// What `query!` writes for `.prefetch_related(path)`.
pub fn prefetch_related<M: Model, S: WholeRows<Model = M, Row = R>, St: State, R, F, Out: Row>(
    mut query: QuerySet<M, S, St>,
    path: F,
) -> QuerySet<M, S::Put<Out>, St>
where
    F: Prefetch<R, Out = Out>,
{
    query.add_related(path.into_related().into_iter().collect());
    query.retyped()
}
