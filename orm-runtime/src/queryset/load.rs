use crate::ast;
use crate::expr::{Expr, Ordered};
use crate::model::{Fields, Lens, Nonempty, Path, Row, ToOne};

/// What `select_related` takes: a path of to-one relations.
///
/// - `S`: the row type of the query so far.
#[diagnostic::on_unimplemented(
    message = "only relations can be loaded, and this is not a relation",
    label = "expected a relation",
    note = "the columns of a row are always loaded"
)]
pub trait SelectRelated<S> {
    /// The row type with the relations of the path loaded.
    type Out: Row;
}

impl<S, F: Fields<Path: ToOne + Nonempty + Lens<S>>> SelectRelated<S> for F {
    type Out = Loaded<F::Path, S>;
}

// Never true: it is there for the message of `IsRelation`.
#[diagnostic::do_not_recommend]
impl<S: Row, P, T> SelectRelated<S> for Expr<P, T>
where
    Expr<P, T>: IsRelation,
{
    type Out = S;
}

/// What a column is not.
#[diagnostic::on_unimplemented(
    message = "only relations can be loaded, and this is a column",
    label = "expected a relation",
    note = "the columns of a row are always loaded"
)]
pub trait IsRelation {}

/// What `prefetch_related` takes: a path of relations, the last of which may be in an order.
///
/// - `S`: the row type of the query so far.
#[diagnostic::on_unimplemented(
    message = "only relations can be loaded, and this is not a relation",
    label = "expected a relation",
    note = "the columns of a row are always loaded"
)]
pub trait Prefetch<S> {
    /// The row type with the relations of the path loaded.
    type Out: Row;
    #[doc(hidden)]
    fn into_related(self) -> Option<ast::Related>;
}

impl<S, F: Fields<Path: Nonempty + Lens<S>>> Prefetch<S> for F {
    type Out = Loaded<F::Path, S>;
    fn into_related(self) -> Option<ast::Related> {
        None
    }
}

// Never true: it is there for the message of `IsRelation`.
#[diagnostic::do_not_recommend]
impl<S: Row, P, T> Prefetch<S> for Expr<P, T>
where
    Expr<P, T>: IsRelation,
{
    type Out = S;
    fn into_related(self) -> Option<ast::Related> {
        None
    }
}

impl<S, P: Path + Lens<S>> Prefetch<S> for Ordered<P> {
    type Out = Loaded<P, S>;
    fn into_related(self) -> Option<ast::Related> {
        let path = P::NODE?;
        Some(ast::Related { path, order: self.order })
    }
}

/// The row type `S` with the relations of the path `P` loaded: what stands at its end is put there again, which fills
/// the slots on the way.
type Loaded<P, S> = <P as Lens<S>>::Put<<P as Lens<S>>::Get>;
