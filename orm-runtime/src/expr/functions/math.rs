//! Functions of numbers.

use super::{Of, With, call, strict};
use crate::ast::{self, Part, Template};
use crate::expr::{Constant, Expr, Expression, Number, Term};
use crate::types::{ColumnType, FieldType, SqlType};

/// A column type with fractions, which functions such as `round` and `sqrt` are for.
#[diagnostic::on_unimplemented(
    message = "this function is for numbers with fractions, and the column has type `{Self}`",
    label = "not a number with fractions",
    note = "convert an integer first: `.quantity.cast::<f64>()`"
)]
pub trait Fractional: Number {}

#[diagnostic::do_not_recommend]
impl Fractional for f32 {}
#[diagnostic::do_not_recommend]
impl Fractional for f64 {}
#[diagnostic::do_not_recommend]
#[cfg(feature = "rust_decimal")]
impl Fractional for rust_decimal::Decimal {}

/// The result of a function as a value of type `ty`: PostgreSQL has most of them in `double precision` alone.
pub(super) fn as_type(expr: ast::Expr, ty: &'static SqlType) -> ast::Expr {
    match ty {
        SqlType::Builtin { name: "double precision", .. } => expr,
        _ => strict(["CAST(".into(), expr.into(), " AS ".into(), Part::Type(ty), ")".into()]),
    }
}

/// The expression as `numeric`.
fn numeric(expr: ast::Expr) -> ast::Expr {
    super::around("CAST(", expr, " AS numeric)")
}

/// Functions of a number. The result has the number's type; it is NULL where the number or an argument is.
impl<P, T: FieldType> Expr<P, T>
where
    Self: Expression<Type = T>,
{
    /// Without its sign: `abs(self)`.
    pub fn abs(self) -> Of<Self, T::Base>
    where
        T::Base: Number,
    {
        Expr::new(call("abs", [self.node]))
    }

    /// -1, 0 or 1: `sign(self)`.
    pub fn sign(self) -> Of<Self, T::Base>
    where
        T::Base: Number,
    {
        Expr::new(as_type(call("sign", [self.node]), T::Base::SQL))
    }

    /// The nearest whole number: `round(self)`. Half-way, a `Decimal` goes away from zero, a float to the even one.
    pub fn round(self) -> Of<Self, T::Base>
    where
        T::Base: Fractional,
    {
        Expr::new(as_type(call("round", [self.node]), T::Base::SQL))
    }

    /// Rounded to `digits` after the point, half-way away from zero: `round(self::numeric, digits)`.
    pub fn round_to<V>(self, digits: V) -> With<Self, V, i32, T::Base>
    where
        T::Base: Fractional,
        V: Term<<Self as Expression>::Model, i32>,
    {
        let rounded = call("round", [numeric(self.node), digits.into_term()]);
        Expr::new(strict([
            "CAST(".into(),
            rounded.into(),
            " AS ".into(),
            Part::Type(T::Base::SQL),
            ")".into(),
        ]))
    }

    /// The next whole number that is not smaller: `ceil(self)`.
    pub fn ceil(self) -> Of<Self, T::Base>
    where
        T::Base: Fractional,
    {
        Expr::new(as_type(call("ceil", [self.node]), T::Base::SQL))
    }

    /// The next whole number that is not greater: `floor(self)`.
    pub fn floor(self) -> Of<Self, T::Base>
    where
        T::Base: Fractional,
    {
        Expr::new(as_type(call("floor", [self.node]), T::Base::SQL))
    }

    /// The square root: `sqrt(self)`. That of a negative number is an error of the database.
    pub fn sqrt(self) -> Of<Self, T::Base>
    where
        T::Base: Fractional,
    {
        Expr::new(as_type(call("sqrt", [self.node]), T::Base::SQL))
    }

    /// To the power of `exponent`: `power(self, exponent)`.
    pub fn power<V>(self, exponent: V) -> With<Self, V, T::Base, T::Base>
    where
        T::Base: Fractional,
        V: Term<<Self as Expression>::Model, T::Base>,
    {
        Expr::new(as_type(call("power", [self.node, exponent.into_term()]), T::Base::SQL))
    }

    /// e to the power of this: `exp(self)`.
    pub fn exp(self) -> Of<Self, T::Base>
    where
        T::Base: Fractional,
    {
        Expr::new(as_type(call("exp", [self.node]), T::Base::SQL))
    }

    /// The natural logarithm: `ln(self)`. That of zero or less is an error of the database.
    pub fn ln(self) -> Of<Self, T::Base>
    where
        T::Base: Fractional,
    {
        Expr::new(as_type(call("ln", [self.node]), T::Base::SQL))
    }

    /// The logarithm to a base: `log(base::numeric, self::numeric)`.
    pub fn log<V>(self, base: V) -> With<Self, V, T::Base, T::Base>
    where
        T::Base: Fractional,
        V: Term<<Self as Expression>::Model, T::Base>,
    {
        let log = call("log", [numeric(base.into_term()), numeric(self.node)]);
        Expr::new(strict(["CAST(".into(), log.into(), " AS ".into(), Part::Type(T::Base::SQL), ")".into()]))
    }
}

/// The ratio of a circle's circumference to its diameter: `pi()`.
pub fn pi() -> Constant<f64> {
    Constant::new(Template::call("pi", [], false))
}

/// Another number from 0.0 up to 1.0 for each row: `random()`. `order_by(random())` is an order by chance, for which
/// the server reads every row that passes the filter.
pub fn random() -> Constant<f64> {
    Constant::new(Template::call("random", [], false))
}
