use super::{ExactlyOne, Holds, Kind, OneOrNone, Path, Relation, Root, Row, Slot, To};

/// A path as a lens on row types: the row type found at its end, and the whole with that end replaced.
///
/// - `S`: the whole row type.
pub trait Lens<S> {
    /// The row type at the end of the path; the bare model where nothing is loaded yet.
    type Get: Row;
    /// `S` with the row type `X` at the end of the path.
    type Put<X: Row>: Row;
}

#[diagnostic::do_not_recommend]
impl<S: Row, M> Lens<S> for Root<M> {
    type Get = S;
    type Put<X: Row> = X;
}

#[diagnostic::do_not_recommend]
impl<S, P: Lens<S>, R: Relation> Lens<S> for To<P, R>
where
    P::Get: Slot<R, Value: Holds<R>>,
{
    type Get = <<P::Get as Slot<R>>::Value as Holds<R>>::Row;
    type Put<X: Row> = P::Put<<P::Get as Slot<R>>::Set<<R::Kind as Kind>::Store<X>>>;
}

/// The columns and relations at the end of a path: a model's generated `Fields` struct.
#[diagnostic::on_unimplemented(
    message = "only relations can be loaded, and this is not a relation",
    label = "expected a relation",
    note = "the columns of a row are always loaded"
)]
pub trait Fields: Default {
    /// The path.
    type Path: Path;
}

/// A path of at least one relation.
#[diagnostic::on_unimplemented(
    message = "this is the model itself, and not one of its relations",
    label = "expected a relation",
    note = "name a relation: `|o| o.user()`"
)]
pub trait Nonempty {}

impl<P, R> Nonempty for To<P, R> {}

/// A path of to-one relations only.
#[diagnostic::on_unimplemented(
    message = "`select_related` follows to-one relations only, and this path goes through a to-many relation",
    label = "to-many: cannot be joined row by row",
    note = "load it with `.prefetch_related(...)`: a second query, stitched by key"
)]
pub trait ToOne {}

#[diagnostic::do_not_recommend]
impl<M> ToOne for Root<M> {}
#[diagnostic::do_not_recommend]
impl<P: ToOne, R: Relation> ToOne for To<P, R> where R::Kind: ToOne {}
#[diagnostic::do_not_recommend]
impl ToOne for ExactlyOne {}
#[diagnostic::do_not_recommend]
impl ToOne for OneOrNone {}
