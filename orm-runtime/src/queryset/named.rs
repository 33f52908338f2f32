//! Relations that are prefetched by a query of their own, under a name of their own.

use std::marker::PhantomData;

use super::{Countable, QuerySet, State};
use crate::ast::Named;
use crate::model::{
    Annotated, Annotation, Fields, Many, Model, Path, Relation, Selects, To, ToOne, WholeRows,
};
use crate::schema::PathNode;

/// A path whose last relation is to-many, and no other.
#[diagnostic::on_unimplemented(
    message = "a prefetch with a name is of one to-many relation, and this path is not",
    label = "expected a path with one to-many relation, at its end",
    note = "a to-one relation is loaded by `.select_related(.user)`, under its own name",
    note = "what lies below it is loaded in its query: `recent = .books.filter(..).prefetch_related(.tags)`"
)]
pub trait OneToMany: Path {
    /// The path as data.
    #[doc(hidden)]
    const STEPS: &'static PathNode;
}

#[diagnostic::do_not_recommend]
impl<P: Path + ToOne, R: Relation<Kind = Many>> OneToMany for To<P, R> {
    const STEPS: &'static PathNode =
        &PathNode::new(P::NODE, <R::Source as Model>::table, R::RELATION, R::INDEX);
}

/// The rows at the end of a path from the model `M`, by a query of their own.
///
/// - `M`: the model.
/// - `S`: the rows of the query.
#[derive(Debug)]
#[doc(hidden)]
pub struct Related<M, S> {
    named: Named,
    types: PhantomData<fn() -> (M, S)>,
}

/// What `query!` binds for the relation of a prefetch with a name: all its rows.
#[doc(hidden)]
pub fn related<F: Fields<Path = P>, P: OneToMany>(_: F) -> (PhantomData<P>, QuerySet<P::Here>) {
    (PhantomData, QuerySet::new())
}

/// What `query!` makes of the relation and the query for its rows.
#[doc(hidden)]
pub fn related_by<P: OneToMany, S: Selects<Model = P::Here>, St: Countable>(
    _: PhantomData<P>,
    query: QuerySet<P::Here, S, St>,
) -> Related<P::Root, S> {
    Related { named: Named { origin: Vec::new(), path: P::STEPS, select: query.select }, types: PhantomData }
}

/// What `query!` writes for `.prefetch_related(name = .relation..)`.
#[doc(hidden)]
pub fn prefetch_named<M: Model, S: WholeRows<Model = M>, St: State, A: Annotation, const N: usize>(
    mut query: QuerySet<M, S, St>,
    _: PhantomData<A>,
    relations: [Named; N],
) -> QuerySet<M, Annotated<S, A>, St> {
    query.select_mut().named.extend(relations);
    query.retyped()
}

impl<M: Model, S> Related<M, S> {
    /// The relation without the type of its rows, for a query on rows of its model.
    #[doc(hidden)]
    pub fn into_named<Rows: Selects<Model = M>, St>(self, _: &QuerySet<M, Rows, St>) -> Named {
        self.named
    }
}
