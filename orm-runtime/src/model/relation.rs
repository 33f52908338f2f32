use std::marker::PhantomData;

use super::{Kind, Model};
use crate::schema;

/// Relation number `I` of a model, in the order declared. Implemented by `#[derive(Model)]`.
pub trait At<const I: usize>: Model {
    /// The model at the other end. That it is one is asked where it is used, once.
    type Target;
    /// How many rows it leads to.
    type Kind: Kind;
    /// Where the foreign key is: here ([`Declared`]), on the other side ([`Mirrored`]), or between both ([`Linked`]).
    type Side;
    /// The relation as data.
    const RELATION: &'static schema::Relation;
}

/// A `belongs_to`: this side holds the foreign key.
#[derive(Debug)]
pub struct Declared;

/// A `has_many` or `has_one`: the other model holds the foreign key.
#[derive(Debug)]
pub struct Mirrored;

/// A `many_to_many`: a third model holds the foreign keys.
#[derive(Debug)]
pub struct Linked;

/// Relation number `I` of the model `M`, as a type.
#[derive(Debug)]
pub struct Rel<M, const I: usize>(PhantomData<fn() -> M>);

/// A relation, whatever its model and number: [`Rel`] is the only one.
pub trait Relation: 'static {
    /// The model that declares it.
    type Source: Model;
    /// The model at the other end.
    type Target: Model;
    /// How many rows it leads to.
    type Kind: Kind;
    /// Its number among the relations of its model.
    const INDEX: usize;
    /// The relation as data.
    const RELATION: &'static schema::Relation;
}

#[diagnostic::do_not_recommend]
impl<M: At<I, Target: Model>, const I: usize> Relation for Rel<M, I> {
    type Source = M;
    type Target = M::Target;
    type Kind = M::Kind;
    const INDEX: usize = I;
    const RELATION: &'static schema::Relation = M::RELATION;
}

/// A relation whose rows are linked by a third table.
#[diagnostic::on_unimplemented(
    message = "only a many-to-many relation has links that can be added, removed, set or cleared",
    label = "not a many-to-many relation",
    note = "the rows of a `has_many` hold the foreign key themselves: create or update them with it"
)]
pub trait ManyToMany: Relation {}

#[diagnostic::do_not_recommend]
impl<M: At<I, Target: Model, Side = Linked>, const I: usize> ManyToMany for Rel<M, I> {}

/// A `belongs_to` that refers to the model `M`, so that `M` can declare its other side.
#[diagnostic::on_unimplemented(
    message = "a relation of `{M}` can only mirror a `belongs_to = {M}`",
    label = "this is not a `belongs_to` that refers to `{M}`",
    note = "name the other model and its `belongs_to`: `has_many(orders: Order.user)`, where `Order` has `#[model(belongs_to = User)] user_id`"
)]
pub trait Mirrors<M> {}

#[diagnostic::do_not_recommend]
impl<M, T, const I: usize> Mirrors<M> for Rel<T, I> where T: At<I, Side = Declared, Target = M> {}

/// A `belongs_to` that refers to the model `Near`, beside one of the same model, `R`, that refers to `Far`: what links
/// two models many to many.
#[diagnostic::on_unimplemented(
    message = "these relations do not link `{Near}` to `{Far}`",
    label = "expected a `belongs_to = {Near}`, and after it a `belongs_to = {Far}`",
    note = "name them in this order: `many_to_many(tags: Tag, through = BookTag(book, tag))` on `Book`"
)]
pub trait Links<R, Near, Far> {}

#[diagnostic::do_not_recommend]
impl<T, const I: usize, const J: usize, Near, Far> Links<Rel<T, J>, Near, Far> for Rel<T, I>
where
    Rel<T, I>: Mirrors<Near>,
    Rel<T, J>: Mirrors<Far>,
{
}

/// Asks the compiler whether relations `A` and `B` link `Near` to `Far`.
pub const fn links<A: Links<B, Near, Far>, B, Near, Far>() {}

/// Asks the compiler whether relation `R` refers to `M` by a foreign key of its own.
pub const fn mirrors<R: Mirrors<M>, M>() {}
