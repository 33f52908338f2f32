use crate::model::{ExactlyOne, Fields, Nonempty, Path, Relation, Root, To};
use crate::schema::PathNode;

/// What `of` takes: a path of `belongs_to` relations whose keys are never NULL.
#[diagnostic::on_unimplemented(
    message = "`of` names relations whose rows are locked, and this is not a relation",
    label = "expected a relation",
    note = "name one: `.of(.user)`; the rows of the query itself are always locked"
)]
pub trait LockPath {
    #[doc(hidden)]
    fn into_path(self) -> Option<&'static PathNode>;
}

impl<F: Fields<Path: Nonempty + Required>> LockPath for F {
    fn into_path(self) -> Option<&'static PathNode> {
        <F::Path as Path>::NODE
    }
}

/// A path that always leads to exactly one row.
#[diagnostic::on_unimplemented(
    message = "`of` locks rows that are certainly there, and this path goes through a relation that may lead to none, or to many",
    label = "not exactly one row",
    note = "lock such rows by a query of their own: `query!(Model.filter(..).select_for_update())`"
)]
pub trait Required {}

#[diagnostic::do_not_recommend]
impl<M> Required for Root<M> {}
#[diagnostic::do_not_recommend]
impl<P: Required, R: Relation<Kind = ExactlyOne>> Required for To<P, R> {}

/// What the closure of `of` returns: a path that `of` can lock, or a tuple of up to six.
#[diagnostic::on_unimplemented(
    message = "`of` takes a path of relations, or a tuple of them",
    label = "one of these is not a path of relations",
    note = "name relations: `|o| (o.user(), o.product())`"
)]
pub trait LockPaths {
    #[doc(hidden)]
    fn into_paths(self) -> Vec<&'static PathNode>;
}

impl<F: Fields + LockPath> LockPaths for F {
    fn into_paths(self) -> Vec<&'static PathNode> {
        self.into_path().into_iter().collect()
    }
}

macro_rules! tuples {
    ($(($($T:ident $i:tt),+);)*) => { $(
        #[diagnostic::do_not_recommend]
        impl<$($T: LockPath),+> LockPaths for ($($T,)+) {
            fn into_paths(self) -> Vec<&'static PathNode> {
                [$(self.$i.into_path()),+].into_iter().flatten().collect()
            }
        }
    )* };
}
tuples! {
    (A 0);
    (A 0, B 1);
    (A 0, B 1, C 2);
    (A 0, B 1, C 2, D 3);
    (A 0, B 1, C 2, D 3, E 4);
    (A 0, B 1, C 2, D 3, E 4, F 5);
}
