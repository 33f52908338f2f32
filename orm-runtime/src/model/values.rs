use std::any::Any;
use std::marker::PhantomData;

use super::{Fields, Selects, Shape, new_level};
use crate::types::{Cursor, FieldType, Mismatch};

/// What one row of a grouped query stands for in conditions: rows of the model `M`, of which only aggregates and what
/// they were grouped by are known.
///
/// - `M`: the model.
#[derive(Debug)]
pub struct Group<M>(PhantomData<fn() -> M>);

/// Where the names that are taken end: the fields of a model, or none.
#[doc(hidden)]
pub trait LastNames {}

impl<F: Fields> LastNames for F {}

/// No names at all.
#[doc(hidden)]
#[derive(Debug, Default, Clone, Copy)]
pub struct NoNames;

impl LastNames for NoNames {}

/// Values in place of the rows, as a struct of fields.
///
/// - `S`: the rows.
/// - `V`: the struct.
#[derive(Debug)]
pub struct Records<S, V>(PhantomData<fn() -> (S, V)>);

/// Values in place of the rows, as a tuple; of one value that value.
///
/// - `S`: the rows.
/// - `T`: the types of the values, as a tuple.
#[derive(Debug)]
pub struct ValuesList<S, T>(PhantomData<fn() -> (S, T)>);

/// Rows grouped by values, which stand in place of them as a struct of fields.
///
/// - `S`: the rows.
/// - `V`: the struct.
#[derive(Debug)]
pub struct Grouped<S, V>(PhantomData<fn() -> (S, V)>);

/// A struct of values by name. `query!` writes one for each `values`, `group_by` and `aggregate`.
pub trait Record: Sized + Send + 'static {
    /// What a query can filter and order by: the values, before the columns in `F`.
    type Scope<F: Default, U: 'static>: Default;
    /// Reads the values.
    ///
    /// # Errors
    ///
    /// When a column's bytes are not a value of the field's type.
    fn read(cursor: &mut Cursor<'_>) -> Result<Self, Mismatch>;
}

/// No values: of groups that are known by their aggregates alone.
#[diagnostic::do_not_recommend]
impl Record for () {
    type Scope<F: Default, U: 'static> = F;
    fn read(_: &mut Cursor<'_>) -> Result<(), Mismatch> {
        Ok(())
    }
}

/// The values of one row of a `values_list`.
#[diagnostic::on_unimplemented(
    message = "`values_list` takes one to eight values",
    label = "too many values",
    note = "name them: `values(.id, city = .profile.city)`"
)]
pub trait Tuple: 'static {
    /// What stands for the row.
    type Out: Send + 'static;
    /// Reads the values.
    ///
    /// # Errors
    ///
    /// When a column's bytes are not a value of the type.
    fn read(cursor: &mut Cursor<'_>) -> Result<Self::Out, Mismatch>;
}

#[diagnostic::do_not_recommend]
impl<T: FieldType> Tuple for (T,) {
    type Out = T;
    fn read(cursor: &mut Cursor<'_>) -> Result<T, Mismatch> {
        cursor.read()
    }
}

macro_rules! tuples {
    ($(($($T:ident),+))*) => { $(
        #[diagnostic::do_not_recommend]
        impl<$($T: FieldType),+> Tuple for ($($T),+) {
            type Out = Self;
            fn read(cursor: &mut Cursor<'_>) -> Result<Self, Mismatch> {
                Ok(($(cursor.read::<$T>()?),+))
            }
        }
    )* };
}
tuples! {
    (A, B)
    (A, B, C)
    (A, B, C, D)
    (A, B, C, D, E)
    (A, B, C, D, E, F)
    (A, B, C, D, E, F, G)
    (A, B, C, D, E, F, G, H)
}

macro_rules! selects {
    ($($kind:ident<$S:ident, $V:ident: $bound:ident> $unit:ty, $scope:ty, $taken:ty, $out:ty, $read:expr;)*) => { $(
        #[diagnostic::do_not_recommend]
        impl<$S: Selects, $V: $bound> Selects for $kind<$S, $V> {
            type Model = $S::Model;
            type Unit = $unit;
            type Scope = $scope;
            type Taken = $taken;
            type Out = $out;
            const SHAPE: &'static Shape = &Shape::values($S::SHAPE.table, new_level::<Self>);
            const MANY: usize = 0;
            fn read(cursor: &mut Cursor<'_>) -> Result<Self::Out, Mismatch> {
                $read(cursor)
            }
            fn put(_: &mut Self::Out, slot: usize, _: &mut dyn Any) -> Option<usize> {
                Some(slot)
            }
        }
    )* };
}
selects! {
    Records<S, V: Record> S::Unit, V::Scope<S::Scope, S::Unit>, V::Scope<S::Taken, S::Unit>, V, V::read;
    ValuesList<S, T: Tuple> S::Unit, S::Scope, S::Taken, T::Out, T::read;
    Grouped<S, V: Record> Group<S::Model>, V::Scope<S::Scope, Group<S::Model>>, V::Scope<NoNames, Group<S::Model>>, V, V::read;
}
