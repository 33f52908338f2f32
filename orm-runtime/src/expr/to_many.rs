use std::marker::PhantomData;

use super::{Condition, OrderedRows, Orders, Predicate};
use crate::ast;
use crate::model::{Fields, Model, Path, Root, ToManyPath};

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

    /// The relation in an order, for `prefetch_related`: each parent's rows come in it.
    fn order_by<O: Orders<Here<Self>>>(self, order: impl FnOnce(Inner<Self>) -> O) -> Ordered<Self::Path>
    where
        Self::Path: ToManyPath,
    {
        ordered(Rows::<Self::Path>::new(), order(Inner::<Self>::default()))
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

/// The rows at the end of the path `P`.
#[doc(hidden)]
#[derive(Debug)]
pub struct Rows<P>(PhantomData<fn() -> P>);

impl<P> Clone for Rows<P> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<P> Copy for Rows<P> {}

impl<P> Rows<P> {
    fn new() -> Self {
        Rows(PhantomData)
    }
}

impl<P: Path> OrderedRows for Rows<P> {
    type Model = P::Here;
}

/// What `query!` binds for `.books.any(..)`: the path, and the columns of a book for the dots in the parentheses.
#[doc(hidden)]
pub fn many_rows<F: ManyRows<Path = P, Inner = I>, P, I: Default>(_: F) -> (Rows<P>, I) {
    (Rows::new(), I::default())
}

/// What `query!` writes for `.books.any(..)`.
#[doc(hidden)]
pub fn any<P: Path, C: Condition<P::Here>>(_: Rows<P>, condition: C) -> Predicate<P::Root> {
    quantified::<P>(condition.into_predicate().node, false)
}

/// What `query!` writes for `.books.all(..)`.
#[doc(hidden)]
pub fn all<P: Path, C: Condition<P::Here>>(_: Rows<P>, condition: C) -> Predicate<P::Root> {
    quantified::<P>(condition.into_predicate().node.complement(), true)
}

/// What `query!` writes for `.books.none(..)`.
#[doc(hidden)]
pub fn none<P: Path, C: Condition<P::Here>>(_: Rows<P>, condition: C) -> Predicate<P::Root> {
    quantified::<P>(condition.into_predicate().node, true)
}

/// What `query!` writes for `.books.exists()`.
#[doc(hidden)]
pub fn exists<P: Path>(_: Rows<P>) -> Predicate<P::Root> {
    quantified::<P>(ast::Predicate::Const(true), false)
}

/// What `query!` writes for `.books.is_empty()`.
#[doc(hidden)]
pub fn is_empty<P: Path>(_: Rows<P>) -> Predicate<P::Root> {
    quantified::<P>(ast::Predicate::Const(true), true)
}

fn quantified<P: Path>(filter: ast::Predicate, negated: bool) -> Predicate<P::Root> {
    let Some(path) = P::NODE else {
        // Only a path of at least one relation is a to-many path.
        return Predicate::never();
    };
    if filter.is_never() {
        return Predicate::from_node(ast::Predicate::Const(negated));
    }
    Predicate::from_node(ast::Predicate::Exists { path, filter: Box::new(filter), negated })
}

/// What `query!` writes for `.books.order_by(..)`.
#[doc(hidden)]
pub fn ordered<P: Path, O: Orders<P::Here>>(_: Rows<P>, order: O) -> Ordered<P> {
    Ordered { order: order.into_orders(), path: PhantomData }
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
