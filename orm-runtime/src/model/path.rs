use std::marker::PhantomData;

use super::{ExactlyOne, Group, Kind, Many, Model, OneOrNone, Relation};
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
    /// Whether there may be several.
    type Multiplicity: Multiplicity;
    /// The path as data; `None` is the empty one.
    const NODE: Option<&'static PathNode>;
}

#[diagnostic::do_not_recommend]
impl<M: Model> Path for Root<M> {
    type Root = M;
    type Here = M;
    type Null = NonNull;
    type Multiplicity = One;
    const NODE: Option<&'static PathNode> = None;
}

#[diagnostic::do_not_recommend]
impl<P: Path, R: Relation> Path for To<P, R> {
    type Root = P::Root;
    type Here = R::Target;
    type Null = <P::Null as Nullability>::Or<<R::Kind as Kind>::Null>;
    type Multiplicity = <P::Multiplicity as Multiplicity>::Or<<R::Kind as Kind>::Multiplicity>;
    const NODE: Option<&'static PathNode> =
        Some(&PathNode::new(P::NODE, <R::Source as Model>::table, R::RELATION, R::INDEX));
}

/// Whether a path leads to one row or to several, as a type: [`One`] or [`Several`].
pub trait Multiplicity: 'static {
    /// This, or several because of `N`.
    type Or<N: Multiplicity>: Multiplicity;
    /// Where an aggregate over columns at the end of such a path is a value: for a group of rows of the model `M`, or
    /// for each row of it.
    type Total<M: 'static>: 'static;
}

/// One row at most.
#[derive(Debug)]
pub struct One;

/// Any number of rows.
#[derive(Debug)]
pub struct Several;

impl Multiplicity for One {
    type Or<N: Multiplicity> = N;
    type Total<M: 'static> = Root<Group<M>>;
}

impl Multiplicity for Several {
    type Or<N: Multiplicity> = Several;
    type Total<M: 'static> = OverMany<M>;
}

/// In place of the path of a column: an aggregate over the rows of a to-many path from the model `M`.
#[derive(Debug)]
pub struct OverMany<M>(PhantomData<fn() -> M>);

/// In place of the path of a column: a function over the rows around each row of `M`.
#[derive(Debug)]
pub struct Windowed<M>(PhantomData<fn() -> M>);

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
