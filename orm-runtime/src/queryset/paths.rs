use super::load::{Prefetch, SelectRelated};
use crate::ast;
use crate::expr::Ordered;
use crate::model::{Fields, Row};

/// What the closure of `select_related` returns: a path of to-one relations, or a tuple of up to six.
///
/// - `S`: the row type of the query so far.
#[diagnostic::on_unimplemented(
    message = "`select_related` takes a path of to-one relations, or a tuple of them",
    label = "one of these is not a path of to-one relations",
    note = "name relations: `|o| (o.user(), o.product().category())`; to-many ones are for `prefetch_related`"
)]
pub trait LoadPaths<S> {
    /// The row type with the relations loaded.
    type Out: Row;
}

impl<S, F: Fields + SelectRelated<S>> LoadPaths<S> for F {
    type Out = F::Out;
}

/// What the closure of `prefetch_related` returns: a path of relations, or a tuple of up to six.
///
/// - `S`: the row type of the query so far.
#[diagnostic::on_unimplemented(
    message = "`prefetch_related` takes a path of relations, or a tuple of them",
    label = "one of these is not a path of relations",
    note = "name relations: `|a| (a.books().tags(), a.profile())`"
)]
pub trait PrefetchPaths<S> {
    /// The row type with the relations loaded.
    type Out: Row;
    #[doc(hidden)]
    fn into_related(self) -> Vec<ast::Related>;
}

impl<S, F: Fields + Prefetch<S>> PrefetchPaths<S> for F {
    type Out = F::Out;
    fn into_related(self) -> Vec<ast::Related> {
        Vec::new()
    }
}

impl<S, P> PrefetchPaths<S> for Ordered<P>
where
    Self: Prefetch<S>,
{
    type Out = <Self as Prefetch<S>>::Out;
    fn into_related(self) -> Vec<ast::Related> {
        Prefetch::<S>::into_related(self).into_iter().collect()
    }
}

/// Each path loads into the row type that the one before it made.
macro_rules! tuples {
    ($(($($T:ident $i:tt: $from:ty),+) $Last:ident;)*) => { $(
        #[diagnostic::do_not_recommend]
        impl<S, $($T: SelectRelated<$from>),+> LoadPaths<S> for ($($T,)+) {
            type Out = $Last::Out;
        }
        #[diagnostic::do_not_recommend]
        impl<S, $($T: Prefetch<$from>),+> PrefetchPaths<S> for ($($T,)+) {
            type Out = $Last::Out;
            fn into_related(self) -> Vec<ast::Related> {
                [$(Prefetch::<$from>::into_related(self.$i)),+].into_iter().flatten().collect()
            }
        }
    )* };
}
tuples! {
    (A 0: S) A;
    (A 0: S, B 1: A::Out) B;
    (A 0: S, B 1: A::Out, C 2: B::Out) C;
    (A 0: S, B 1: A::Out, C 2: B::Out, D 3: C::Out) D;
    (A 0: S, B 1: A::Out, C 2: B::Out, D 3: C::Out, E 4: D::Out) E;
    (A 0: S, B 1: A::Out, C 2: B::Out, D 3: C::Out, E 4: D::Out, F 5: E::Out) F;
}
