//! Columns by name, for what writes them.

use std::marker::PhantomData;

use super::Expr;
use crate::ast::{self, Value};
use crate::model::{Fields, Model, Root};
use crate::tuples::each_tuple;
use crate::types::{Assign, FieldType};

/// A column of the model's own table, and not of one reached over a relation.
#[diagnostic::on_unimplemented(
    message = "only columns of the model itself can be written, and this is not one",
    label = "expected a column of the model itself",
    note = "of a relation name the foreign key: `.user_id`; the columns at its end are written by an update of their own model"
)]
pub trait OwnColumn {
    /// The model.
    type Model: Model;
    /// The column's type, an `Option` where it can be NULL.
    type Type: FieldType;
    #[doc(hidden)]
    fn into_column(self) -> ast::Expr;
}

#[diagnostic::do_not_recommend]
impl<M: Model, T: FieldType> OwnColumn for Expr<Root<M>, T> {
    type Model = M;
    type Type = T;
    fn into_column(self) -> ast::Expr {
        self.node
    }
}

/// What `query!` writes for a column in a list of columns of `M` that are written.
#[doc(hidden)]
pub fn own_column<M, C: OwnColumn<Model = M>>(column: C) -> ast::Expr {
    column.into_column()
}

/// What the closures of `bulk_update` and `save_only` return: a column of the model itself, or a tuple of up to eight.
///
/// - `M`: the model.
#[diagnostic::on_unimplemented(
    message = "this does not name columns of `{M}`",
    label = "expected a column, or a tuple of columns",
    note = "name columns of the model itself: `|o| (o.total(), o.note())`"
)]
pub trait Columns<M> {
    #[doc(hidden)]
    fn into_columns(self) -> Vec<ast::Expr>;
}

#[diagnostic::do_not_recommend]
impl<M: Model, T: FieldType> Columns<M> for Expr<Root<M>, T> {
    fn into_columns(self) -> Vec<ast::Expr> {
        vec![self.node]
    }
}

macro_rules! tuples {
    ($(($($T:ident $i:tt),+))*) => { $(
        #[diagnostic::do_not_recommend]
        impl<M, $($T: OwnColumn<Model = M>),+> Columns<M> for ($($T,)+) {
            fn into_columns(self) -> Vec<ast::Expr> {
                vec![$(self.$i.into_column()),+]
            }
        }
    )* };
}
each_tuple!(tuples);

/// The positions of columns in the table of `M`; `None` where one is an expression over columns.
pub(crate) fn positions<M, C: Columns<M>>(columns: C) -> Option<Vec<usize>> {
    columns.into_columns().iter().map(position).collect()
}

fn position(column: &ast::Expr) -> Option<usize> {
    match column {
        ast::Expr::Column(column) if column.path.is_none() => Some(column.index),
        _ => None,
    }
}

/// A column of `M` and the value that a row is to have there.
#[doc(hidden)]
#[derive(Debug)]
pub struct ColumnValue<M> {
    pub(crate) column: Option<usize>,
    pub(crate) value: Value,
    model: PhantomData<fn() -> M>,
}

/// What `query!` writes for `email = e` where columns of every kind can be named.
#[doc(hidden)]
pub fn column_value<M, F, C, V>(_: F, column: C, value: V) -> ColumnValue<M>
where
    M: Model,
    F: Fields<Path = Root<M>>,
    C: OwnColumn<Model = M>,
    V: Assign<C::Type>,
{
    let value = Value::field(value.assign());
    ColumnValue { column: position(&column.into_column()), value, model: PhantomData }
}
