use std::marker::PhantomData;

use super::{At, Kind, Model, Rel, RowType};

/// How the value of a slot is read. `()` cannot be: the relation was not loaded.
///
/// - `R`: the relation of the slot.
pub trait Access<R> {
    /// The value, borrowed.
    type Ref<'a>
    where
        Self: 'a;
    /// The value, owned.
    type Owned;
    /// Borrows the value.
    fn get(&self) -> Self::Ref<'_>;
    /// Moves the value out.
    fn take(self) -> Self::Owned;
}

/// What a slot holds when its relation was loaded.
pub trait Filled {}

impl Filled for Assumed {}
impl<T: RowType> Filled for T {}
impl<T: RowType> Filled for Option<T> {}
impl<T: RowType> Filled for Vec<T> {}

/// Stands in the slots of a row that an accessor returns after the error that its relation was not loaded, so that
/// what follows is no second error. No value of it exists.
#[derive(Debug)]
pub enum Assumed {}

/// What a plain model offers in place of a slot. The lifetime keeps a bound on it from being judged before a call.
#[derive(Debug)]
pub struct NotLoaded<'a>(PhantomData<&'a ()>);

#[diagnostic::do_not_recommend]
impl<M: At<I, Target: Model>, const I: usize> Access<Rel<M, I>> for Assumed {
    type Ref<'a> = <M::Kind as Kind>::Ref<'a, <M::Target as Model>::Assumed>;
    type Owned = <M::Kind as Kind>::Owned<<M::Target as Model>::Assumed>;
    fn get(&self) -> Self::Ref<'_> {
        match *self {}
    }
    fn take(self) -> Self::Owned {
        match self {}
    }
}

#[diagnostic::do_not_recommend]
impl<R, T: RowType> Access<R> for T {
    type Ref<'a>
        = &'a T
    where
        T: 'a;
    type Owned = T;
    fn get(&self) -> &T {
        self
    }
    fn take(self) -> T {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<R, T: RowType> Access<R> for Option<T> {
    type Ref<'a>
        = Option<&'a T>
    where
        T: 'a;
    type Owned = Option<T>;
    fn get(&self) -> Option<&T> {
        self.as_ref()
    }
    fn take(self) -> Option<T> {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<R, T: RowType> Access<R> for Vec<T> {
    type Ref<'a>
        = &'a [T]
    where
        T: 'a;
    type Owned = Vec<T>;
    fn get(&self) -> &[T] {
        self
    }
    fn take(self) -> Vec<T> {
        self
    }
}

/// The body of what a plain model offers in place of an accessor: no call of it compiles.
pub fn not_loaded() -> ! {
    unreachable!("a relation that was not loaded cannot be read")
}
