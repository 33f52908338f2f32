use std::marker::PhantomData;

use super::{Condition, Orders, Predicate};
use crate::ast;
use crate::model::{Fields, LoadPath, Model, Path, Root, ToManyPath};
use crate::schema::PathNode;

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
        any(self, condition(Inner::<Self>::default()))
    }

    /// Every row is one for which `condition` is true; so it is where there is no row:
    /// `NOT EXISTS (.. WHERE NOT condition)`.
    fn all<C>(self, condition: impl FnOnce(Inner<Self>) -> C) -> Predicate<Start<Self>>
    where
        Self::Path: ToManyPath,
        C: Condition<Here<Self>>,
    {
        all(self, condition(Inner::<Self>::default()))
    }

    /// No row for which `condition` is true: `NOT EXISTS (.. WHERE condition)`.
    fn none<C>(self, condition: impl FnOnce(Inner<Self>) -> C) -> Predicate<Start<Self>>
    where
        Self::Path: ToManyPath,
        C: Condition<Here<Self>>,
    {
        none(self, condition(Inner::<Self>::default()))
    }

    /// At least one row: `EXISTS (..)`.
    fn exists(self) -> Predicate<Start<Self>>
    where
        Self::Path: ToManyPath,
    {
        exists(self)
    }

    /// No row: `NOT EXISTS (..)`.
    fn is_empty(self) -> Predicate<Start<Self>>
    where
        Self::Path: ToManyPath,
    {
        is_empty(self)
    }

    /// The relation in an order, for `prefetch_related`: each parent's rows come in it.
    fn order_by<O: Orders<Here<Self>>>(self, order: impl FnOnce(Inner<Self>) -> O) -> Ordered<Self>
    where
        Self::Path: ToManyPath,
    {
        ordered(self, order(Inner::<Self>::default()))
    }
}

impl<F: Fields> ToMany for F {}

/// The fields at the end of a to-many path.
#[diagnostic::on_unimplemented(
    message = "`any`, `all`, `none`, `exists` and `is_empty` ask about the rows of a to-many relation, and this is none",
    label = "expected a to-many relation",
    note = "name a relation: `.orders.any(.total > min)`"
)]
pub trait ManyRows {
    /// The model where the path starts.
    type Root: Model;
    /// The model where it ends.
    type Here: Model;
    /// The columns and relations of the rows at its end.
    type Inner: Default;
    /// The path as data.
    const PATH: Option<&'static PathNode>;
}

impl<F: Fields<Path: ToManyPath>> ManyRows for F {
    type Root = Start<F>;
    type Here = Here<F>;
    type Inner = Inner<F>;
    const PATH: Option<&'static PathNode> = <F::Path as Path>::NODE;
}

fn quantified<M>(path: Option<&'static PathNode>, filter: ast::Predicate, negated: bool) -> Predicate<M> {
    let Some(path) = path else {
        // Only a path of at least one relation is a to-many path.
        return Predicate::never();
    };
    if filter.is_never() {
        return Predicate::new(ast::Predicate::Const(negated));
    }
    Predicate::new(ast::Predicate::Exists { path, filter: Box::new(filter), negated })
}

/// What `query!` writes for `.books.any(..)`.
#[doc(hidden)]
pub fn any<M, H, F, C>(_: F, condition: C) -> Predicate<M>
where
    F: ManyRows<Root = M, Here = H>,
    C: Condition<H>,
{
    quantified(F::PATH, condition.into_predicate().node, false)
}

/// What `query!` writes for `.books.all(..)`.
#[doc(hidden)]
pub fn all<M, H, F, C>(_: F, condition: C) -> Predicate<M>
where
    F: ManyRows<Root = M, Here = H>,
    C: Condition<H>,
{
    quantified(F::PATH, condition.into_predicate().node.complement(), true)
}

/// What `query!` writes for `.books.none(..)`.
#[doc(hidden)]
pub fn none<M, H, F, C>(_: F, condition: C) -> Predicate<M>
where
    F: ManyRows<Root = M, Here = H>,
    C: Condition<H>,
{
    quantified(F::PATH, condition.into_predicate().node, true)
}

/// What `query!` writes for `.books.exists()`.
#[doc(hidden)]
pub fn exists<M, F: ManyRows<Root = M>>(_: F) -> Predicate<M> {
    quantified(F::PATH, ast::Predicate::Const(true), false)
}

/// What `query!` writes for `.books.is_empty()`.
#[doc(hidden)]
pub fn is_empty<M, F: ManyRows<Root = M>>(_: F) -> Predicate<M> {
    quantified(F::PATH, ast::Predicate::Const(true), true)
}

/// What `query!` binds inside the parentheses of `.books.any(..)`: the columns of a book.
#[doc(hidden)]
pub fn inner<F: ManyRows<Inner = I>, I: Default>(_: &F) -> I {
    I::default()
}

/// What `query!` writes for `.books.order_by(..)`.
#[doc(hidden)]
pub fn ordered<H, F: ManyRows<Here = H>, O: Orders<H>>(_: F, order: O) -> Ordered<F> {
    Ordered { order: order.into_orders(), fields: PhantomData }
}

/// A to-many relation in an order, for `prefetch_related`.
///
/// - `F`: the fields at the end of the path.
#[derive(Debug)]
#[must_use = "an order does nothing until a query uses it"]
pub struct Ordered<F> {
    pub(crate) order: Vec<ast::Order>,
    fields: PhantomData<fn() -> F>,
}

/// What `prefetch_related` takes: a path of relations, the last of which may be in an order.
///
/// - `S`: the row type of the query so far.
#[diagnostic::on_unimplemented(
    message = "only relations can be loaded, and this is not a relation",
    label = "expected a relation",
    note = "the columns of a row are always loaded"
)]
pub trait Prefetch<S> {
    /// The row type with the relations of the path loaded.
    type Out: crate::model::Row;
    #[doc(hidden)]
    fn into_related(self) -> Option<ast::Related>;
}

#[diagnostic::do_not_recommend]
impl<S, F: Fields + LoadPath<S>> Prefetch<S> for F {
    type Out = F::Out;
    fn into_related(self) -> Option<ast::Related> {
        None
    }
}

#[diagnostic::do_not_recommend]
impl<S, F: Fields + LoadPath<S>> Prefetch<S> for Ordered<F> {
    type Out = F::Out;
    fn into_related(self) -> Option<ast::Related> {
        let path = F::Path::NODE?;
        Some(ast::Related { path, order: self.order })
    }
}
