//! New values for columns: what `update` takes.

use std::marker::PhantomData;

use super::{Constant, Expr, Expression, OwnColumn, Predicate};
use crate::ast::{self, Part, Template};
use crate::model::{Model, Root};
use crate::types::{Assign, ColumnType, FieldType};

/// A column of the model `M` and its new value.
///
/// - `M`: the model.
#[derive(Debug)]
#[must_use = "an assignment does nothing until an update uses it"]
pub struct Assignment<M> {
    pub(crate) node: ast::Assignment,
    model: PhantomData<fn() -> M>,
}

impl<M> Clone for Assignment<M> {
    fn clone(&self) -> Self {
        Assignment::new(self.node.column.clone(), self.node.value.clone())
    }
}

impl<M> Assignment<M> {
    fn new(column: ast::Expr, value: ast::Expr) -> Self {
        Assignment { node: ast::Assignment { column, value }, model: PhantomData }
    }
}

/// Changes.
impl<P, T> Expr<P, T> {
    /// Sets the column to a value, or to an expression over columns. Over relations of one row only.
    ///
    /// `o.total().set(9.5)`, `o.total().set(o.total() * 1.1)`
    pub fn set<V, K>(self, value: V) -> Assignment<<Self as OwnColumn>::Model>
    where
        Self: OwnColumn,
        V: Assigned<<Self as OwnColumn>::Model, <Self as OwnColumn>::Type, K>,
    {
        Assignment::new(self.into_column(), value.into_assigned())
    }

    /// Sets the column to NULL.
    pub fn set_null(self) -> Assignment<<Self as OwnColumn>::Model>
    where
        Self: OwnColumn<Type: TakesNull>,
    {
        let null = <<Self as OwnColumn>::Type as TakesNull>::null();
        Assignment::new(self.into_column(), ast::Expr::Value(null))
    }
}

/// What stands on the left of `=` in an `update`: a column of the model's own table.
#[diagnostic::on_unimplemented(
    message = "a relation cannot be set: set its foreign key",
    label = "a relation, not a column",
    note = "the foreign key is a column: `user_id = user.id`"
)]
pub trait Settable {
    /// The model.
    type Model: Model;
    /// The column's type, an `Option` where it can be NULL.
    type Type: FieldType;
    #[doc(hidden)]
    fn into_target(self) -> ast::Expr;
}

#[diagnostic::do_not_recommend]
impl<M: Model, T: FieldType> Settable for Expr<Root<M>, T> {
    type Model = M;
    type Type = T;
    fn into_target(self) -> ast::Expr {
        self.node
    }
}

/// What a column of type `T` of the model `M` can be set to: a Rust value, as by [`Assign`], or an expression over
/// columns or of none.
///
/// - `M`: the model.
/// - `T`: the column's type, `Option` included.
/// - `K`: which of these; the compiler finds out.
#[diagnostic::on_unimplemented(
    message = "a column of type `{T}` cannot be set to `{Self}`",
    label = "expected a value or an expression of type `{T}`",
    note = "values are not converted: a float is written `1.0`, and `i64::from(n)` makes a `bigint` of an `i32`"
)]
pub trait Assigned<M, T, K> {
    #[doc(hidden)]
    fn into_assigned(self) -> ast::Expr;
}

/// A Rust value, in [`Assigned`].
#[derive(Debug)]
pub struct Given;

/// An expression, in [`Assigned`].
#[derive(Debug)]
pub struct Calculated;

#[diagnostic::do_not_recommend]
impl<M, T: FieldType, V: Assign<T>> Assigned<M, T, Given> for V {
    fn into_assigned(self) -> ast::Expr {
        ast::Expr::Value(ast::Value::field(self.assign()))
    }
}

#[diagnostic::do_not_recommend]
impl<M, T, V: Computed<M, Type: FitsInto<T>>> Assigned<M, T, Calculated> for V {
    fn into_assigned(self) -> ast::Expr {
        self.into_computed()
    }
}

/// An expression without columns, such as `now()`, in [`Assigned`].
#[derive(Debug)]
pub struct Unrelated;

#[diagnostic::do_not_recommend]
impl<M, T: FieldType> Assigned<M, T, Unrelated> for Constant<T::Base> {
    fn into_assigned(self) -> ast::Expr {
        self.node
    }
}

/// An expression that a column of the model `M` can be set to. A condition is one, of type `bool`.
///
/// - `M`: the model.
#[diagnostic::on_unimplemented(
    message = "a column cannot be set to this",
    label = "expected a value or an expression",
    note = "a relation is not a value: name one of its columns, as in `.user.id`"
)]
pub trait Computed<M> {
    /// The expression's type.
    type Type;
    #[doc(hidden)]
    fn into_computed(self) -> ast::Expr;
}

impl<M: Model, P, T: FieldType> Computed<M> for Expr<P, T>
where
    Expr<P, T>: Expression<Model = M>,
{
    type Type = T;
    fn into_computed(self) -> ast::Expr {
        self.into_node()
    }
}

#[diagnostic::do_not_recommend]
impl<M> Computed<M> for Predicate<M> {
    type Type = bool;
    fn into_computed(self) -> ast::Expr {
        // As a value a condition has to be false where its SQL is NULL.
        let parts =
            vec![Part::Text("((".into()), Part::Predicate(self.node), Part::Text(") IS TRUE)".into())];
        ast::Expr::Template(Box::new(Template { parts, nullable: false }))
    }
}

/// The type of an expression that a column of type `T` can be set to: the same, or without its `Option`.
///
/// - `T`: the column's type, `Option` included.
#[diagnostic::on_unimplemented(
    message = "a column of type `{T}` cannot be set to an expression of type `{Self}`",
    label = "this is of type `{Self}`",
    note = "the types have to be the same; what can be NULL fits only into a column of type `Option`"
)]
pub trait FitsInto<T> {}

#[diagnostic::do_not_recommend]
impl<T: FieldType> FitsInto<T> for T {}
#[diagnostic::do_not_recommend]
impl<T: ColumnType> FitsInto<Option<T>> for T {}

/// The type of a column that can be set to NULL.
#[diagnostic::on_unimplemented(
    message = "a column of type `{Self}` cannot be set to NULL",
    label = "never NULL",
    note = "declare the field as `Option<{Self}>` if the column can be NULL"
)]
pub trait TakesNull {
    #[doc(hidden)]
    fn null() -> ast::Value;
}

#[diagnostic::do_not_recommend]
impl<T: ColumnType> TakesNull for Option<T> {
    fn null() -> ast::Value {
        ast::Value::field(None::<T>)
    }
}

/// What `query!` writes for `column = value` in `update`.
#[doc(hidden)]
pub fn set<C, M, T, V, K>(column: C, value: V) -> Assignment<M>
where
    C: Settable<Model = M, Type = T>,
    V: Assigned<M, T, K>,
{
    Assignment::new(column.into_target(), value.into_assigned())
}

/// What `query!` writes for `column = .other * 2` in `update`.
#[doc(hidden)]
pub fn set_computed<C, M, T, V, U>(column: C, value: V) -> Assignment<M>
where
    C: Settable<Model = M, Type = T>,
    V: Computed<M, Type = U>,
    U: FitsInto<T>,
{
    Assignment::new(column.into_target(), value.into_computed())
}

/// What `query!` writes for `column = None` in `update`.
#[doc(hidden)]
pub fn set_none<C, M, T>(column: C) -> Assignment<M>
where
    C: Settable<Model = M, Type = T>,
    T: TakesNull,
{
    Assignment::new(column.into_target(), ast::Expr::Value(T::null()))
}

/// What the closure of `update` returns: one [`Assignment`], an array, a `Vec`, or a tuple of up to six.
///
/// - `M`: the model.
#[diagnostic::on_unimplemented(
    message = "columns of `{M}` cannot be set by this",
    label = "expected assignments",
    note = "set columns: `|o| (o.total().set(9.5), o.note().set_null())`"
)]
pub trait Assignments<M> {
    #[doc(hidden)]
    fn into_assignments(self) -> Vec<ast::Assignment>;
}

#[diagnostic::do_not_recommend]
impl<M> Assignments<M> for Assignment<M> {
    fn into_assignments(self) -> Vec<ast::Assignment> {
        vec![self.node]
    }
}

#[diagnostic::do_not_recommend]
impl<M, const N: usize> Assignments<M> for [Assignment<M>; N] {
    fn into_assignments(self) -> Vec<ast::Assignment> {
        self.into_iter().map(|assignment| assignment.node).collect()
    }
}

#[diagnostic::do_not_recommend]
impl<M> Assignments<M> for Vec<Assignment<M>> {
    fn into_assignments(self) -> Vec<ast::Assignment> {
        self.into_iter().map(|assignment| assignment.node).collect()
    }
}

macro_rules! tuples {
    ($(($($T:ident $i:tt),+))*) => { $(
        #[diagnostic::do_not_recommend]
        impl<M> Assignments<M> for ($($T<M>,)+) {
            fn into_assignments(self) -> Vec<ast::Assignment> {
                vec![$(self.$i.node),+]
            }
        }
    )* };
}
tuples! {
    (Assignment 0)
    (Assignment 0, Assignment 1)
    (Assignment 0, Assignment 1, Assignment 2)
    (Assignment 0, Assignment 1, Assignment 2, Assignment 3)
    (Assignment 0, Assignment 1, Assignment 2, Assignment 3, Assignment 4)
    (Assignment 0, Assignment 1, Assignment 2, Assignment 3, Assignment 4, Assignment 5)
}
