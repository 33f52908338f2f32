//! What a write returns of each row.

use super::Expr;
use crate::ast;
use crate::model::{Model, Root};
use crate::tuples::each_tuple;
use crate::types::{ColumnType, Cursor, FieldType, Mismatch};

/// A value that `returning` can return: a column of the row itself, or an expression over such columns.
///
/// - `M`: the model.
#[diagnostic::on_unimplemented(
    message = "`returning` takes columns of `{M}` and expressions over them, and this is neither",
    label = "expected a column of the row itself",
    note = "what is over a relation takes a query of its own"
)]
pub trait Output<M> {
    /// The type of the value.
    type Value: FieldType;
    #[doc(hidden)]
    fn into_output(self) -> ast::Returned;
}

#[diagnostic::do_not_recommend]
impl<M: Model, T: FieldType> Output<M> for Expr<Root<M>, T> {
    type Value = T;
    fn into_output(self) -> ast::Returned {
        ast::Returned { expr: self.node, ty: <T::Base as ColumnType>::SQL }
    }
}

/// What the closure of `returning` returns: one [`Output`], or a tuple of up to eight.
///
/// - `M`: the model.
#[diagnostic::on_unimplemented(
    message = "`returning` takes columns of `{M}` and expressions over them, and this is neither",
    label = "expected a column of the row itself, or a tuple of up to eight",
    note = "what is over a relation takes a query of its own"
)]
pub trait Outputs<M> {
    /// What is returned of each row: a value, or a tuple of values.
    type Row: Send + 'static;
    #[doc(hidden)]
    fn into_outputs(self) -> Vec<ast::Returned>;
    #[doc(hidden)]
    fn decode(cursor: &mut Cursor<'_>) -> Result<Self::Row, Mismatch>;
}

#[diagnostic::do_not_recommend]
impl<M: Model, T: FieldType> Outputs<M> for Expr<Root<M>, T> {
    type Row = T;
    fn into_outputs(self) -> Vec<ast::Returned> {
        vec![Output::<M>::into_output(self)]
    }
    fn decode(cursor: &mut Cursor<'_>) -> Result<T, Mismatch> {
        cursor.read()
    }
}

macro_rules! tuples {
    ($(($($T:ident $i:tt),+))*) => { $(
        #[diagnostic::do_not_recommend]
        impl<M, $($T: Output<M>),+> Outputs<M> for ($($T,)+) {
            type Row = ($($T::Value,)+);
            fn into_outputs(self) -> Vec<ast::Returned> {
                vec![$(self.$i.into_output()),+]
            }
            fn decode(cursor: &mut Cursor<'_>) -> Result<Self::Row, Mismatch> {
                Ok(($(cursor.read::<$T::Value>()?,)+))
            }
        }
    )* };
}
each_tuple!(tuples);
