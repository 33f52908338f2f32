use std::ops::{Add, Div, Mul, Neg, Rem, Sub};

use super::{Expr, Expression};
use crate::ast::{self, ArithmeticOp};
use crate::model::Root;
use crate::types::{ColumnType, FieldType, NonNull, Nullability, SqlType, Wrap};

/// A column type with `+ - * /` among values of the same type, and a negative.
#[diagnostic::on_unimplemented(
    message = "there is no arithmetic on columns of type `{Self}`",
    label = "not a number"
)]
pub trait Number: ColumnType {
    /// The type of a sum.
    type Sum: ColumnType;
    /// The type of an average.
    type Average: ColumnType;
    /// What a sum is cast to, where PostgreSQL makes another type of it.
    #[doc(hidden)]
    const SUM: Option<&'static SqlType>;
    /// What an average is cast to, where PostgreSQL makes another type of it.
    #[doc(hidden)]
    const AVERAGE: Option<&'static SqlType>;
}

/// A column type with `%`.
#[diagnostic::on_unimplemented(
    message = "there is no `%` on columns of type `{Self}`",
    label = "not an integer or a decimal number"
)]
pub trait Integral: Number {}

/// What may stand beside an expression of base type `B` in arithmetic, or be an argument of that type: a value, which is
/// bound as a parameter, or an expression.
///
/// - `M`: the model of the query.
/// - `B`: the type that is expected, without `Option`.
#[diagnostic::on_unimplemented(
    message = "expected a value or a column of type `{B}`, found `{Self}`",
    label = "not of type `{B}`",
    note = "values are not converted: a float is written `1.0`; `.cast::<{B}>()` converts a column"
)]
pub trait Term<M, B: ColumnType> {
    /// Whether it can be NULL.
    type Null: Nullability;
    /// The term without its types.
    #[doc(hidden)]
    fn into_term(self) -> ast::Expr;
}

#[diagnostic::do_not_recommend]
impl<M, B: ColumnType> Term<M, B> for B {
    type Null = NonNull;
    fn into_term(self) -> ast::Expr {
        ast::Expr::Value(ast::Value::one(self))
    }
}

#[diagnostic::do_not_recommend]
impl<M, B: ColumnType> Term<M, B> for &B {
    type Null = NonNull;
    fn into_term(self) -> ast::Expr {
        ast::Expr::Value(ast::Value::one(self.clone()))
    }
}

#[diagnostic::do_not_recommend]
impl<M> Term<M, String> for &str {
    type Null = NonNull;
    fn into_term(self) -> ast::Expr {
        ast::Expr::Value(ast::Value::one(self.to_owned()))
    }
}

#[diagnostic::do_not_recommend]
impl<M, B: ColumnType, P, T: FieldType<Base = B>> Term<M, B> for Expr<P, T>
where
    Expr<P, T>: Expression<Model = M, Type = T>,
{
    type Null = T::Null;
    fn into_term(self) -> ast::Expr {
        self.into_node()
    }
}

/// The type of arithmetic on an expression of type `T` and a term of nullability `N`.
type Result<T, N> = Wrap<<<T as FieldType>::Null as Nullability>::Or<N>, <T as FieldType>::Base>;

fn binary<M, T>(op: ArithmeticOp, left: ast::Expr, right: ast::Expr) -> Expr<Root<M>, T> {
    Expr::new(ast::Expr::Binary { op, left: Box::new(left), right: Box::new(right) })
}

macro_rules! operators {
    ($($trait:ident $method:ident $op:ident $bound:ident;)*) => { $(
        impl<P, T, R> $trait<R> for Expr<P, T>
        where
            T: FieldType<Base: $bound>,
            Self: Expression<Type = T>,
            R: Term<<Self as Expression>::Model, T::Base>,
        {
            type Output = Expr<Root<<Self as Expression>::Model>, Result<T, R::Null>>;
            fn $method(self, other: R) -> Self::Output {
                binary(ArithmeticOp::$op, self.into_node(), other.into_term())
            }
        }
    )* };
}
operators! {
    Add add Add Number;
    Sub sub Subtract Number;
    Mul mul Multiply Number;
    Div div Divide Number;
    Rem rem Remainder Integral;
}

impl<P, T: FieldType<Base: Number>> Neg for Expr<P, T>
where
    Self: Expression<Type = T>,
{
    type Output = Expr<Root<<Self as Expression>::Model>, T>;
    fn neg(self) -> Self::Output {
        Expr::new(ast::Expr::Negative(Box::new(self.into_node())))
    }
}

/// Operators with a number on the left: `1.0 - .discount`.
macro_rules! number_on_the_left {
    ($ty:ty: $($trait:ident $method:ident $op:ident;)*) => { $(
        impl<P, T: FieldType<Base = $ty>> $trait<Expr<P, T>> for $ty
        where
            Expr<P, T>: Expression<Type = T>,
        {
            type Output = Expr<Root<<Expr<P, T> as Expression>::Model>, T>;
            fn $method(self, other: Expr<P, T>) -> Self::Output {
                binary(ArithmeticOp::$op, ast::Expr::Value(ast::Value::one(self)), other.into_node())
            }
        }
    )* };
}

macro_rules! numbers {
    ($($ty:ty: $sum:ty, $sum_cast:expr; $average:ty, $average_cast:expr;)*) => { $(
        impl Number for $ty {
            type Sum = $sum;
            type Average = $average;
            const SUM: Option<&'static SqlType> = $sum_cast;
            const AVERAGE: Option<&'static SqlType> = $average_cast;
        }
        number_on_the_left! { $ty: Add add Add; Sub sub Subtract; Mul mul Multiply; Div div Divide; }
    )* };
}
macro_rules! integers {
    ($($ty:ty),*) => { $(
        impl Integral for $ty {}
        number_on_the_left! { $ty: Rem rem Remainder; }
    )* };
}
numbers! {
    i16: i64, None; f64, Some(f64::SQL);
    i32: i64, None; f64, Some(f64::SQL);
    i64: i64, Some(i64::SQL); f64, Some(f64::SQL);
    f32: f32, None; f64, None;
    f64: f64, None; f64, None;
}
integers!(i16, i32, i64);
#[cfg(feature = "rust_decimal")]
numbers! { rust_decimal::Decimal: rust_decimal::Decimal, None; rust_decimal::Decimal, None; }
#[cfg(feature = "rust_decimal")]
integers!(rust_decimal::Decimal);
