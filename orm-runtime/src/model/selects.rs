use std::any::Any;

use super::{Model, Row, Shape};
use crate::types::{Cursor, Mismatch};

/// What a query set makes of the rows of its table: the rows whole, with relations loaded, with values beside them, or
/// values alone. A row type stands for itself.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not what the rows of a query can be",
    label = "not a row type",
    note = "name a model, or a row type with `loaded!(Model {{ relation }})`"
)]
pub trait Selects: 'static {
    /// The model whose table is queried.
    type Model: Model;
    /// What one row stands for in conditions: the model, or a [`Group`](super::Group) of its rows.
    type Unit: 'static;
    /// What a query on such rows can filter and order by.
    type Scope: Default;
    /// The names that a new annotation must not have.
    type Taken: Default;
    /// What the terminals return.
    type Out: Send + 'static;
    /// What is selected, as data.
    const SHAPE: &'static Shape;
    /// How many to-many slots a row has.
    const MANY: usize;
    /// Reads a row; its to-many slots are empty.
    ///
    /// # Errors
    ///
    /// When a column's bytes are not a value of the field's type.
    #[doc(hidden)]
    fn read(cursor: &mut Cursor<'_>) -> Result<Self::Out, Mismatch>;
    /// Moves `children` into to-many slot number `slot`, as [`Row::fill`] does.
    #[doc(hidden)]
    fn put(out: &mut Self::Out, slot: usize, children: &mut dyn Any) -> Option<usize>;
}

#[diagnostic::do_not_recommend]
impl<R: Row> Selects for R {
    type Model = R::Model;
    type Unit = R::Model;
    type Scope = R::Scope;
    type Taken = R::Scope;
    type Out = R;
    const SHAPE: &'static Shape = R::SHAPE;
    const MANY: usize = R::MANY;
    fn read(cursor: &mut Cursor<'_>) -> Result<R, Mismatch> {
        R::decode(cursor)
    }
    fn put(out: &mut R, slot: usize, children: &mut dyn Any) -> Option<usize> {
        out.fill(slot, children)
    }
}

/// Rows that relations can be loaded into: whole ones, with values beside them or not.
#[diagnostic::on_unimplemented(
    message = "the rows of this query are values or groups, and this is for whole rows",
    label = "only whole rows have this",
    note = "do it before `values`, `values_list`, `group_by` or `aggregate`"
)]
pub trait WholeRows: Selects<Unit = <Self as Selects>::Model> {
    /// The row itself, without what stands beside it.
    type Row: Row<Model = <Self as Selects>::Model>;
    /// The same with the row type `X` in place of the row.
    type Put<X: Row>: WholeRows;
    /// The model in a row.
    #[doc(hidden)]
    fn model(out: &Self::Out) -> &<Self as Selects>::Model;
    /// The model in a row, to be changed.
    #[doc(hidden)]
    fn model_mut(out: &mut Self::Out) -> &mut <Self as Selects>::Model;
}

#[diagnostic::do_not_recommend]
impl<R: Row> WholeRows for R {
    type Row = R;
    type Put<X: Row> = X;
    fn model(out: &R) -> &R::Model {
        Row::model(out)
    }
    fn model_mut(out: &mut R) -> &mut R::Model {
        Row::model_mut(out)
    }
}
