use crate::ast::{self, Part, Template, Value};
use crate::expr::{Constant, Expr, Expression, Predicate, Term};
use crate::model::Model;
use crate::tuples::each_tuple;
use crate::types::{ColumnType, FieldType, NonNull, Null, Nullability, Param};

/// What may be an argument of a function that takes any type: a column, an expression, a condition, or a Rust value,
/// which is bound as a parameter.
///
/// - `M`: the model of the query.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be an argument of a function in SQL",
    label = "expected a column, an expression, or a value that a column can have"
)]
pub trait Argument<M> {
    /// The type, without its `Option`.
    type Base: ColumnType;
    /// Whether it can be NULL.
    type Null: Nullability;
    /// The argument without its types.
    #[doc(hidden)]
    fn into_argument(self) -> ast::Expr;
}

#[diagnostic::do_not_recommend]
impl<M, B: ColumnType> Argument<M> for B {
    type Base = B;
    type Null = NonNull;
    fn into_argument(self) -> ast::Expr {
        ast::Expr::Value(Value::one(self))
    }
}

#[diagnostic::do_not_recommend]
impl<M, B: ColumnType> Argument<M> for Option<B> {
    type Base = B;
    type Null = Null;
    fn into_argument(self) -> ast::Expr {
        optional(self)
    }
}

#[diagnostic::do_not_recommend]
impl<M, B: ColumnType> Term<M, B> for Option<B> {
    type Null = Null;
    fn into_term(self) -> ast::Expr {
        optional(self)
    }
}

/// The bound parameter for a value that may be NULL.
fn optional<B: ColumnType>(value: Option<B>) -> ast::Expr {
    let nullable = value.is_none();
    let value = Value { param: Param::new(B::SQL.wire(), value), ty: B::SQL, array: false };
    Template::of(vec![ast::Expr::Value(value).into()], nullable)
}

#[diagnostic::do_not_recommend]
impl<M> Argument<M> for &str {
    type Base = String;
    type Null = NonNull;
    fn into_argument(self) -> ast::Expr {
        ast::Expr::Value(Value::one(self.to_owned()))
    }
}

#[diagnostic::do_not_recommend]
impl<M> Argument<M> for &String {
    type Base = String;
    type Null = NonNull;
    fn into_argument(self) -> ast::Expr {
        ast::Expr::Value(Value::one(self.clone()))
    }
}

#[diagnostic::do_not_recommend]
impl<M, B: ColumnType> Argument<M> for Constant<B> {
    type Base = B;
    type Null = NonNull;
    fn into_argument(self) -> ast::Expr {
        self.node
    }
}

#[diagnostic::do_not_recommend]
impl<M: Model, P, T: FieldType> Argument<M> for Expr<P, T>
where
    Expr<P, T>: Expression<Model = M, Type = T>,
{
    type Base = T::Base;
    type Null = T::Null;
    fn into_argument(self) -> ast::Expr {
        self.into_node()
    }
}

/// A condition as a value, which is never NULL.
fn truth<M>(condition: Predicate<M>) -> ast::Expr {
    Template::of(vec!["(".into(), Part::Predicate(condition.node), ") IS TRUE".into()], false)
}

#[diagnostic::do_not_recommend]
impl<M> Argument<M> for Predicate<M> {
    type Base = bool;
    type Null = NonNull;
    fn into_argument(self) -> ast::Expr {
        truth(self)
    }
}

#[diagnostic::do_not_recommend]
impl<M> Term<M, bool> for Predicate<M> {
    type Null = NonNull;
    fn into_term(self) -> ast::Expr {
        truth(self)
    }
}

/// The arguments of a function: a tuple of up to eight [`Argument`]s, or none, `()`.
///
/// - `M`: the model of the query.
#[diagnostic::on_unimplemented(
    message = "these cannot be the arguments of a function in SQL",
    label = "expected a tuple of columns, expressions and values",
    note = "the arguments stand in parentheses of their own, also where there is one: `(.name,)`, `(.name, term)`"
)]
pub trait Arguments<M> {
    /// The arguments without their types.
    #[doc(hidden)]
    fn into_arguments(self) -> Vec<ast::Expr>;
}

#[diagnostic::do_not_recommend]
impl<M> Arguments<M> for () {
    fn into_arguments(self) -> Vec<ast::Expr> {
        Vec::new()
    }
}

macro_rules! tuples {
    ($(($($T:ident $i:tt),+))*) => { $(
        #[diagnostic::do_not_recommend]
        impl<M, $($T: Argument<M>),+> Arguments<M> for ($($T,)+) {
            fn into_arguments(self) -> Vec<ast::Expr> {
                vec![$(self.$i.into_argument()),+]
            }
        }
    )* };
}
each_tuple!(tuples);
