use std::marker::PhantomData;
use std::sync::Arc;

use super::{Condition, Expr, Expression, OrderedRows, Orders, Predicate};
use crate::ast::{self, Over};
use crate::model::{Fields, Group, Model, OverMany, Path, Root, ToManyPath};

type Here<F> = <<F as Fields>::Path as Path>::Here;
type Start<F> = <<F as Fields>::Path as Path>::Root;
type Inner<F> = <Here<F> as Model>::Fields<Root<Here<F>>>;

/// Questions about the rows at the end of a to-many path. Each is one `EXISTS`, so rows are never multiplied.
///
/// Implemented for the generated `Fields` struct of every model.
pub trait ToMany: Fields {
    /// At least one row for which `condition` is true: `EXISTS (.. WHERE condition)`.
    fn any<C>(self, condition: impl FnOnce(Inner<Self>) -> C) -> Predicate<Start<Self>>
    where
        Self::Path: ToManyPath,
        C: Condition<Here<Self>>,
    {
        any(Rows::<Self::Path>::new(), condition(Inner::<Self>::default()))
    }

    /// Every row is one for which `condition` is true; so it is where there is no row:
    /// `NOT EXISTS (.. WHERE NOT condition)`.
    fn all<C>(self, condition: impl FnOnce(Inner<Self>) -> C) -> Predicate<Start<Self>>
    where
        Self::Path: ToManyPath,
        C: Condition<Here<Self>>,
    {
        all(Rows::<Self::Path>::new(), condition(Inner::<Self>::default()))
    }

    /// No row for which `condition` is true: `NOT EXISTS (.. WHERE condition)`.
    fn none<C>(self, condition: impl FnOnce(Inner<Self>) -> C) -> Predicate<Start<Self>>
    where
        Self::Path: ToManyPath,
        C: Condition<Here<Self>>,
    {
        none(Rows::<Self::Path>::new(), condition(Inner::<Self>::default()))
    }

    /// At least one row: `EXISTS (..)`.
    fn exists(self) -> Predicate<Start<Self>>
    where
        Self::Path: ToManyPath,
    {
        exists(Rows::<Self::Path>::new())
    }

    /// No row: `NOT EXISTS (..)`.
    #[allow(clippy::wrong_self_convention, reason = "a path is a value of no size, used up by each question")]
    fn is_empty(self) -> Predicate<Start<Self>>
    where
        Self::Path: ToManyPath,
    {
        is_empty(Rows::<Self::Path>::new())
    }

    /// The rows for which `condition` is true, for a question about them.
    fn filter<C>(self, condition: impl FnOnce(Inner<Self>) -> C) -> Rows<Self::Path>
    where
        Self::Path: ToManyPath,
        C: Condition<Here<Self>>,
    {
        filtered(Rows::<Self::Path>::new(), condition(Inner::<Self>::default()))
    }

    /// How many rows there are, as a value of each row that the path starts from: `count(*)` in a subquery of its own.
    fn count(self) -> Expr<OverMany<Start<Self>>, i64>
    where
        Self::Path: ToManyPath,
    {
        super::count(Rows::<Self::Path>::new())
    }

    /// An expression of aggregates over the rows, as a value of each row that the path starts from:
    /// `u.orders().aggregate(|o| o.total().sum())`.
    fn aggregate<E>(self, value: impl FnOnce(Inner<Self>) -> E) -> Expr<OverMany<Start<Self>>, E::Type>
    where
        Self::Path: ToManyPath,
        E: Expression<Model = Group<Here<Self>>>,
    {
        over(Rows::<Self::Path>::new(), value(Inner::<Self>::default()))
    }

    /// The relation in an order, for `prefetch_related`: each parent's rows come in it.
    fn order_by<O: Orders<Here<Self>>>(self, order: impl FnOnce(Inner<Self>) -> O) -> Ordered<Self::Path>
    where
        Self::Path: ToManyPath,
    {
        Ordered { order: order(Inner::<Self>::default()).into_orders(), path: PhantomData }
    }
}

impl<F: Fields> ToMany for F {}

/// The fields at the end of a to-many path.
#[diagnostic::on_unimplemented(
    message = "`any`, `all`, `none`, `exists` and `is_empty` ask about the rows of a to-many relation, and this is not one",
    label = "expected a to-many relation",
    note = "name one: `.orders.any(.total > min)`; the columns of a to-one relation are used directly: `.user.active`"
)]
pub trait ManyRows {
    /// The path.
    type Path: Path;
    /// The columns and relations of the rows at its end.
    type Inner: Default;
}

#[diagnostic::do_not_recommend]
impl<F: Fields<Path: ToManyPath>> ManyRows for F {
    type Path = F::Path;
    type Inner = Inner<F>;
}

/// The rows at the end of the path `P`, all or those that pass a filter.
///
/// - `P`: the path.
#[derive(Debug)]
#[must_use = "rows of a relation do nothing until something is asked about them"]
pub struct Rows<P> {
    filter: ast::Predicate,
    path: PhantomData<fn() -> P>,
}

impl<P> Rows<P> {
    pub(crate) fn new() -> Self {
        Rows { filter: ast::Predicate::Const(true), path: PhantomData }
    }
}

impl<P: Path> OrderedRows for Rows<P> {
    type Model = P::Here;
}

/// The questions of [`ToMany`], about the rows that pass a filter.
impl<P: Path> Rows<P> {
    /// Of these rows those for which `condition` is true too.
    pub fn filter<C: Condition<P::Here>>(self, condition: impl FnOnce(InnerOf<P>) -> C) -> Self {
        filtered(self, condition(Default::default()))
    }

    /// Of these rows those for which `condition` is not true.
    pub fn exclude<C: Condition<P::Here>>(self, condition: impl FnOnce(InnerOf<P>) -> C) -> Self {
        filtered(self, super::not(condition(Default::default())))
    }

    /// At least one of them is one for which `condition` is true.
    pub fn any<C: Condition<P::Here>>(self, condition: impl FnOnce(InnerOf<P>) -> C) -> Predicate<P::Root> {
        any(self, condition(Default::default()))
    }

    /// All of them are.
    pub fn all<C: Condition<P::Here>>(self, condition: impl FnOnce(InnerOf<P>) -> C) -> Predicate<P::Root> {
        all(self, condition(Default::default()))
    }

    /// None of them is.
    pub fn none<C: Condition<P::Here>>(self, condition: impl FnOnce(InnerOf<P>) -> C) -> Predicate<P::Root> {
        none(self, condition(Default::default()))
    }

    /// There is one.
    pub fn exists(self) -> Predicate<P::Root> {
        exists(self)
    }

    /// There is none.
    #[allow(clippy::wrong_self_convention, reason = "the rows are used up by each question")]
    pub fn is_empty(self) -> Predicate<P::Root> {
        is_empty(self)
    }

    /// How many there are, as a value of each row.
    pub fn count(self) -> Expr<OverMany<P::Root>, i64> {
        super::count(self)
    }

    /// An expression of aggregates over them, as a value of each row.
    pub fn aggregate<E: Expression<Model = Group<P::Here>>>(
        self,
        value: impl FnOnce(InnerOf<P>) -> E,
    ) -> Expr<OverMany<P::Root>, E::Type> {
        over(self, value(Default::default()))
    }
}

/// The columns and relations of the rows at the end of the path `P`.
type InnerOf<P> = <<P as Path>::Here as Model>::Fields<Root<<P as Path>::Here>>;

/// What `query!` binds for `.books.any(..)`: the path, and the columns of a book for the dots in the parentheses.
#[doc(hidden)]
pub fn many_rows<F: ManyRows<Path = P, Inner = I>, P, I: Default>(_: F) -> (Rows<P>, I) {
    (Rows::new(), I::default())
}

/// What `query!` writes for `.books.any(..)`.
#[doc(hidden)]
pub fn any<P: Path, C: Condition<P::Here>>(rows: Rows<P>, condition: C) -> Predicate<P::Root> {
    quantified(rows, condition.into_predicate().node, false)
}

/// What `query!` writes for `.books.all(..)`.
#[doc(hidden)]
pub fn all<P: Path, C: Condition<P::Here>>(rows: Rows<P>, condition: C) -> Predicate<P::Root> {
    quantified(rows, condition.into_predicate().node.complement(), true)
}

/// What `query!` writes for `.books.none(..)`.
#[doc(hidden)]
pub fn none<P: Path, C: Condition<P::Here>>(rows: Rows<P>, condition: C) -> Predicate<P::Root> {
    quantified(rows, condition.into_predicate().node, true)
}

/// What `query!` writes for `.books.exists()`.
#[doc(hidden)]
pub fn exists<P: Path>(rows: Rows<P>) -> Predicate<P::Root> {
    quantified(rows, ast::Predicate::Const(true), false)
}

/// What `query!` writes for `.books.is_empty()`.
#[doc(hidden)]
pub fn is_empty<P: Path>(rows: Rows<P>) -> Predicate<P::Root> {
    quantified(rows, ast::Predicate::Const(true), true)
}

fn quantified<P: Path>(rows: Rows<P>, condition: ast::Predicate, negated: bool) -> Predicate<P::Root> {
    let Some(path) = P::NODE else {
        // Only a path of at least one relation is a to-many path.
        return Predicate::never();
    };
    let filter = rows.filter.and(condition);
    if filter.is_never() {
        return Predicate::from_node(ast::Predicate::Const(negated));
    }
    Predicate::from_node(ast::Predicate::Exists { path, filter: Box::new(filter), negated })
}

/// What `query!` writes for `.books.filter(..)`.
#[doc(hidden)]
pub fn filtered<P: Path, C: Condition<P::Here>>(mut rows: Rows<P>, condition: C) -> Rows<P> {
    rows.filter = rows.filter.and(condition.into_predicate().node);
    rows
}

/// What `query!` writes for aggregates over `.books.filter(..)`: a value of groups of books becomes one of each author.
#[doc(hidden)]
pub fn over<P, E>(rows: Rows<P>, value: E) -> Expr<OverMany<P::Root>, E::Type>
where
    P: Path,
    E: Expression<Model = Group<P::Here>>,
{
    let value = value.into_node();
    Expr::new(match P::NODE {
        Some(path) => ast::Expr::Over(Arc::new(Over { path, filter: rows.filter, value })),
        // Only a path of at least one relation is a to-many path.
        None => value,
    })
}

/// What `query!` writes for `.books.order_by(..)`.
#[doc(hidden)]
pub fn ordered<P: Path, const N: usize>(_: Rows<P>, order: [ast::Order; N]) -> Ordered<P> {
    Ordered { order: Vec::from(order), path: PhantomData }
}

/// A to-many relation in an order, for `prefetch_related`.
///
/// - `P`: the path to the relation.
#[derive(Debug)]
#[must_use = "an order does nothing until a query uses it"]
pub struct Ordered<P> {
    pub(crate) order: Vec<ast::Order>,
    path: PhantomData<fn() -> P>,
}
