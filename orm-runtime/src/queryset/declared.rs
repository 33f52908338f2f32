//! Annotations whose struct is declared, so that signatures can name it.

use std::marker::PhantomData;

use super::{QuerySet, Refinable};
use crate::ast::Output;
use crate::expr::Expr;
use crate::model::{Annotated, Annotation, Model, Root, Selects};
use crate::types::{ColumnType, FieldType};

/// A struct around a row, declared with `#[derive(Annotated)]`.
#[diagnostic::on_unimplemented(
    message = "`annotate` takes names and values, or a struct declared with `#[derive(Annotated)]`",
    label = "not such a struct",
    note = "declare it: `#[derive(Annotated)] struct WithCount<R> {{ row: R, count: i64 }}`"
)]
pub trait Around {
    /// The values of its fields, each to be computed by the query.
    type Values: AroundValues;
}

/// The values of the fields of a declared struct.
pub trait AroundValues {
    /// What the struct is around a row.
    type Annotation: Annotation;
    /// The values under the names of the fields.
    #[doc(hidden)]
    fn into_outputs(self) -> Vec<Output>;
}

/// The value of a field of type `T`.
///
/// - `T`: the type.
#[derive(Debug)]
pub struct FieldValue<T> {
    output: Output,
    ty: PhantomData<fn() -> T>,
}

impl<T> FieldValue<T> {
    /// The value under the name of its field.
    #[doc(hidden)]
    pub fn named(self, name: &'static str) -> Output {
        Output { name, ..self.output }
    }
}

/// A value of type `Self` that a field of type `T` holds: one of the same type, and for an `Option` also one that is
/// never NULL.
///
/// - `T`: the type of the field.
#[diagnostic::on_unimplemented(
    message = "the value has type `{Self}`, and the field has type `{T}`",
    label = "a value of type `{Self}`",
    note = "aggregates of no rows are NULL: give the field an `Option`, or the value a `.default(..)`"
)]
pub trait Fits<T> {}

#[diagnostic::do_not_recommend]
impl<T: ColumnType> Fits<T> for T {}
#[diagnostic::do_not_recommend]
impl<T: ColumnType> Fits<Option<T>> for T {}
#[diagnostic::do_not_recommend]
impl<T: ColumnType> Fits<Option<T>> for Option<T> {}

/// What `query!` writes for each field.
#[doc(hidden)]
pub fn fits<U, V: FieldType + Fits<T>, T>(value: Expr<Root<U>, V>) -> FieldValue<T> {
    let output = Output { name: "", expr: value.node, ty: V::Base::SQL, selected: true };
    FieldValue { output, ty: PhantomData }
}

/// What `query!` writes for `.annotate(WithCount { count: .orders.count() })`.
#[doc(hidden)]
pub fn annotate_declared<M: Model, S: Selects<Model = M>, St: Refinable, V: AroundValues>(
    mut query: QuerySet<M, S, St>,
    values: V,
) -> QuerySet<M, Annotated<S, V::Annotation>, St> {
    query.select_mut().outputs.extend(values.into_outputs());
    query.retyped()
}
