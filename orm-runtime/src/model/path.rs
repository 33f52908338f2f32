use std::marker::PhantomData;

use super::{ExactlyOne, Kind, Many, Model, OneOrNone, Relation};
use crate::schema::PathNode;
use crate::types::{NonNull, Nullability};

/// The empty path from the model `M`: where every path starts.
#[derive(Debug)]
pub struct Root<M>(PhantomData<fn() -> M>);

/// The path `P`, then the relation `R`.
#[derive(Debug)]
pub struct To<P, R>(PhantomData<fn() -> (P, R)>);

/// A path of relations, as a type: [`Root`], or [`To`] after another path.
pub trait Path: 'static {
    /// The model where it starts.
    type Root: Model;
    /// The model where it ends.
    type Here: Model;
    /// Whether there may be no row at its end.
    type Null: Nullability;
    /// The path as data; `None` is the empty one.
    const NODE: Option<&'static PathNode>;
}

#[diagnostic::do_not_recommend]
impl<M: Model> Path for Root<M> {
    type Root = M;
    type Here = M;
    type Null = NonNull;
    const NODE: Option<&'static PathNode> = None;
}

#[diagnostic::do_not_recommend]
impl<P: Path, R: Relation> Path for To<P, R> {
    type Root = P::Root;
    type Here = R::Target;
    type Null = <P::Null as Nullability>::Or<<R::Kind as Kind>::Null>;
    const NODE: Option<&'static PathNode> =
        Some(&PathNode::new(P::NODE, <R::Source as Model>::table, R::RELATION, R::INDEX));
}

/// A path that leads to one row at most, so that a column at its end is one value.
#[diagnostic::on_unimplemented(
    message = "this path goes through a to-many relation: it has many values, not one",
    label = "many values",
    note = "ask about its rows: `.relation.any(.column > value)`, or `all`, `none`, `exists`, `is_empty`"
)]
pub trait SingleValued {}

#[diagnostic::do_not_recommend]
impl<M> SingleValued for Root<M> {}
#[diagnostic::do_not_recommend]
impl<P: SingleValued, R: Relation> SingleValued for To<P, R> where R::Kind: SingleValued {}
#[diagnostic::do_not_recommend]
impl SingleValued for ExactlyOne {}
#[diagnostic::do_not_recommend]
impl SingleValued for OneOrNone {}

/// A path whose last relation is a to-many one.
#[diagnostic::on_unimplemented(
    message = "this relation leads to one row, and `any`, `all`, `none`, `exists` and `is_empty` ask about many",
    label = "not a to-many relation",
    note = "use its columns directly: `.user.active`"
)]
pub trait ToManyPath {}

#[diagnostic::do_not_recommend]
impl<P, R: Relation<Kind = Many>> ToManyPath for To<P, R> {}
