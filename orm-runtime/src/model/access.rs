use std::marker::PhantomData;

use super::{At, Kind, Model, Rel, Row};

/// How the value of a slot is borrowed and moved out. `()` has no such thing: the relation was not loaded.
///
/// - `R`: the relation of the slot.
pub trait Borrow<R> {
    /// The value, borrowed.
    type Ref<'a>
    where
        Self: 'a;
    /// Borrows the value.
    fn borrow(&self) -> Self::Ref<'_>;
}

/// Stands in the slots of a row that an accessor returns after the error that its relation was not loaded, so that
/// what follows is no second error. No value of it exists.
#[derive(Debug)]
pub enum Assumed {}

/// What a plain model offers in place of a slot. The lifetime keeps a bound on it from being judged before a call.
#[derive(Debug)]
pub struct NotLoaded<'a>(PhantomData<&'a ()>);

#[diagnostic::do_not_recommend]
impl<M: At<I>, const I: usize> Borrow<Rel<M, I>> for Assumed {
    type Ref<'a> = <M::Kind as Kind>::Ref<'a, <M::Target as Model>::Assumed>;
    fn borrow(&self) -> Self::Ref<'_> {
        match *self {}
    }
}

#[diagnostic::do_not_recommend]
impl<R, T: Row> Borrow<R> for T {
    type Ref<'a>
        = &'a T
    where
        T: 'a;
    fn borrow(&self) -> &T {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<R, T: Row> Borrow<R> for Option<T> {
    type Ref<'a>
        = Option<&'a T>
    where
        T: 'a;
    fn borrow(&self) -> Option<&T> {
        self.as_ref()
    }
}

#[diagnostic::do_not_recommend]
impl<R, T: Row> Borrow<R> for Vec<T> {
    type Ref<'a>
        = &'a [T]
    where
        T: 'a;
    fn borrow(&self) -> &[T] {
        self
    }
}
