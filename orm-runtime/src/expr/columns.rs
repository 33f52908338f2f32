use std::marker::PhantomData;

use tokio_postgres::types::ToSql;

use super::Expr;
use crate::ast::{self, Value};
use crate::model::{Fields, Model, Root};
use crate::types::{Assign, ColumnType, FieldType, Param};

/// A column of the model `M` itself, and not of one that a relation leads to.
///
/// - `M`: the model.
#[diagnostic::on_unimplemented(
    message = "this is not a column of `{M}`",
    label = "expected a column of `{M}`",
    note = "name a column of the model itself; a relation has one, its foreign key: `user_id`"
)]
pub trait OwnColumn<M> {
    /// The type of the field.
    type Type: FieldType + ToSql;
    /// The column's position; `None` where it is an expression over columns.
    #[doc(hidden)]
    fn position(&self) -> Option<usize>;
}

#[diagnostic::do_not_recommend]
impl<M: Model, T: FieldType + ToSql> OwnColumn<M> for Expr<Root<M>, T> {
    type Type = T;
    fn position(&self) -> Option<usize> {
        match &self.node {
            ast::Expr::Column(column) => Some(column.index),
            _ => None,
        }
    }
}

/// Columns of the model `M` itself: one, or a tuple of up to eight, which may hold tuples.
///
/// - `M`: the model.
#[diagnostic::on_unimplemented(
    message = "these are not columns of `{M}`",
    label = "expected a column of `{M}`, or a tuple of them",
    note = "name columns of the model itself: `|u| u.email()`, or `|u| (u.nick(), u.active())`"
)]
pub trait OwnColumns<M> {
    /// The columns' positions; `None` where one is an expression over columns.
    #[doc(hidden)]
    fn positions(&self) -> Option<Vec<usize>>;
}

#[diagnostic::do_not_recommend]
impl<M, P, T> OwnColumns<M> for Expr<P, T>
where
    Expr<P, T>: OwnColumn<M>,
{
    fn positions(&self) -> Option<Vec<usize>> {
        Some(vec![self.position()?])
    }
}

macro_rules! tuples {
    ($(($($T:ident $i:tt),+))*) => { $(
        #[diagnostic::do_not_recommend]
        impl<M, $($T: OwnColumns<M>),+> OwnColumns<M> for ($($T,)+) {
            fn positions(&self) -> Option<Vec<usize>> {
                let mut all = Vec::new();
                $(all.extend(self.$i.positions()?);)+
                Some(all)
            }
        }
    )* };
}
tuples! {
    (A 0)
    (A 0, B 1)
    (A 0, B 1, C 2)
    (A 0, B 1, C 2, D 3)
    (A 0, B 1, C 2, D 3, E 4)
    (A 0, B 1, C 2, D 3, E 4, F 5)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7)
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
    C: OwnColumn<M>,
    V: Assign<C::Type>,
{
    let ty = <C::Type as FieldType>::Base::SQL;
    let param = Param::new(ty.wire(), value.assign());
    ColumnValue { column: column.position(), value: Value { param, ty, array: false }, model: PhantomData }
}
