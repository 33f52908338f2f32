use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use super::paths::{LoadPaths, PrefetchPaths};
use super::{Refinable, State, Whole};
use crate::ast::{self, Select};
use crate::expr::{Condition, OrderedRows, Orders};
use crate::model::{Model, Root, Selects, WholeRows};

/// A lazy query. Building one sends nothing; a terminal method such as `all(&db)` does, when awaited.
///
/// Query sets are values: `clone` is cheap, methods take one and return the refined one, and the original of a
/// clone stays as it was.
///
/// - `M`: the model whose table is queried.
/// - `S`: the type of the rows: the model, or the model with relations loaded.
/// - `St`: what can still be done with it; see [`State`].
#[must_use = "a query set is lazy: nothing runs until a terminal method such as `all(&db)` is awaited"]
#[allow(clippy::type_complexity, reason = "three parameters, each with a meaning of its own")]
pub struct QuerySet<M, S = M, St = Whole> {
    pub(crate) select: Arc<Select>,
    types: PhantomData<fn() -> (M, S, St)>,
}

impl<M, S, St> Clone for QuerySet<M, S, St> {
    fn clone(&self) -> Self {
        QuerySet { select: Arc::clone(&self.select), types: PhantomData }
    }
}

impl<M: Model> QuerySet<M> {
    /// All rows of the model's table: what `Model::objects()` returns.
    pub fn new() -> Self {
        QuerySet { select: Arc::new(Select::new(M::table)), types: PhantomData }
    }
}

impl<M: Model> Default for QuerySet<M> {
    fn default() -> Self {
        QuerySet::new()
    }
}

impl<M: Model, S: Selects<Model = M>, St: State> QuerySet<M, S, St> {
    /// The same query with another row type and state.
    pub(crate) fn retyped<T, U>(self) -> QuerySet<M, T, U> {
        QuerySet { select: self.select, types: PhantomData }
    }

    /// The query without a `DISTINCT` that finds no rows equal: whole rows have their keys.
    pub(crate) fn distinct_as_needed(mut self) -> Self {
        if S::SHAPE.whole && matches!(self.select.distinct, ast::Distinct::All) {
            self.select_mut().distinct = ast::Distinct::No;
        }
        self
    }

    /// The query, to be changed; copied first where a clone still shares it.
    pub(crate) fn select_mut(&mut self) -> &mut Select {
        Arc::make_mut(&mut self.select)
    }

    /// Only rows for which the condition is true. Several filters are all to be true.
    ///
    /// `User::objects().filter(|u| u.active().and(u.email().ends_with("@example.com")))`
    pub fn filter<C: Condition<S::Unit>>(self, condition: impl FnOnce(S::Scope) -> C) -> Self
    where
        St: Refinable,
    {
        super::filter(self, condition(S::Scope::default()))
    }

    /// Only rows for which the condition is not true: exactly those that `filter` with it leaves out, rows with
    /// NULLs included.
    pub fn exclude<C: Condition<S::Unit>>(self, condition: impl FnOnce(S::Scope) -> C) -> Self
    where
        St: Refinable,
    {
        super::exclude(self, condition(S::Scope::default()))
    }

    /// The order of the rows, in place of any given before. Without one the order is the database's.
    pub fn order_by<O: Orders<S::Unit>>(mut self, order: impl FnOnce(S::Scope) -> O) -> Self
    where
        St: Refinable,
    {
        self.select_mut().order = order(S::Scope::default()).into_orders();
        self
    }

    /// Loads to-one relations in the same statement, by a JOIN each.
    ///
    /// Takes a path or a tuple of paths; loading `.a().b()` loads `a` too. The row type changes with it.
    pub fn select_related<L: LoadPaths<S::Row>>(
        self,
        paths: impl FnOnce(M::Fields<Root<M>>) -> L,
    ) -> QuerySet<M, S::Put<L::Out>, St>
    where
        S: WholeRows,
    {
        let _: L = paths(Default::default());
        self.retyped()
    }

    /// Loads relations by one more statement for each level of to-many relations (two for a many-to-many one),
    /// whatever the number of rows. To-one relations on the way are joined.
    ///
    /// Takes a path or a tuple of paths. The row type changes with it.
    pub fn prefetch_related<L: PrefetchPaths<S::Row>>(
        mut self,
        paths: impl FnOnce(M::Fields<Root<M>>) -> L,
    ) -> QuerySet<M, S::Put<L::Out>, St>
    where
        S: WholeRows,
    {
        let related = paths(Default::default()).into_related();
        self.add_related(related);
        self.retyped()
    }

    pub(crate) fn add_related(&mut self, related: Vec<ast::Related>) {
        if !related.is_empty() {
            self.select_mut().related.extend(related);
        }
    }

    /// At most `rows` rows: `LIMIT`.
    pub fn limit(self, rows: usize) -> QuerySet<M, S, St::Sliced> {
        super::slice(self, ..rows)
    }

    /// Without the first `rows` rows: `OFFSET`.
    pub fn offset(self, rows: usize) -> QuerySet<M, S, St::Sliced> {
        super::slice(self, rows..)
    }
}

impl<M, S: Selects, St> OrderedRows for QuerySet<M, S, St> {
    type Model = S::Unit;
}

impl<M, S, St> fmt::Debug for QuerySet<M, S, St> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("QuerySet").field(&self.select).finish()
    }
}
