use std::marker::PhantomData;

use super::{At, Kind, Model, Rel, Row, Slot};

/// The relations of a model by name: a generated struct with one `const fn` a relation.
pub trait Names: Sized + 'static {
    /// The one value.
    const GET: &'static Self;
}

/// A relation's name: its number `I`, and the model `M` that it leads to.
#[derive(Debug)]
pub struct Name<M, const I: usize>(PhantomData<fn() -> M>);

impl<M, const I: usize> Name<M, I> {
    /// The name.
    #[allow(clippy::new_without_default, reason = "only generated code makes one")]
    pub const fn new() -> Self {
        Name(PhantomData)
    }
    /// The relation's number.
    pub const fn index(&self) -> usize {
        I
    }
}

impl<M: Model, const I: usize> Name<M, I> {
    /// The relations of the model that it leads to.
    pub const fn of(&self) -> &'static M::Relations {
        <M::Relations as Names>::GET
    }
}

/// Relation number `I`, loaded with the relations in the list `L` below it: one name of a `loaded!`.
#[derive(Debug)]
pub struct With<const I: usize, L>(PhantomData<fn() -> L>);

/// A list of [`With`], made of pairs: what stands between the braces of a `loaded!`.
///
/// - `S`: the row type into which they are loaded.
pub trait LoadList<S> {
    /// The row type with them loaded.
    type Out: Row;
}

impl<S: Row> LoadList<S> for () {
    type Out = S;
}

impl<S, M, const I: usize, L, Rest> LoadList<S> for (With<I, L>, Rest)
where
    M: At<I, Target: Model>,
    S: Row<Model = M> + Slot<Rel<M, I>>,
    L: LoadList<M::Target>,
    Rest: LoadList<<S as Slot<Rel<M, I>>>::Set<<M::Kind as Kind>::Store<L::Out>>>,
{
    type Out = Rest::Out;
}

/// The row type of the model `M` with the relations in the list `L` loaded.
pub type Load<M, L> = <L as LoadList<M>>::Out;
