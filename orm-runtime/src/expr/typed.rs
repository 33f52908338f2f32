use std::marker::PhantomData;

use crate::ast;
use crate::model::{Group, Model, OverMany, Path, Root, SingleValued, Windowed};
use crate::types::{ColumnType, FieldType, Nullability};

/// A column, or an expression made of columns and values.
///
/// - `P`: the path from the query's model to the table that the value is of.
/// - `T`: the type of the value, an `Option` where it can be NULL.
#[derive(Debug)]
#[must_use = "an expression does nothing until a query uses it"]
pub struct Expr<P, T> {
    pub(crate) node: ast::Expr,
    types: PhantomData<fn() -> (P, T)>,
}

impl<P, T> Clone for Expr<P, T> {
    fn clone(&self) -> Self {
        Expr::new(self.node.clone())
    }
}

impl<P, T> Expr<P, T> {
    pub(crate) fn new(node: ast::Expr) -> Self {
        Expr { node, types: PhantomData }
    }
}

impl<P: Path, T> Expr<P, T> {
    /// The column at position `index` of the table at the end of the path.
    #[doc(hidden)]
    pub fn column(index: usize) -> Self {
        Expr::new(ast::Expr::Column(ast::ColumnRef {
            path: P::NODE,
            table: <P::Here as Model>::table,
            index,
        }))
    }
}

/// A value that SQL can compute for each row: an [`Expr`] whose path leads to one row at most.
#[diagnostic::on_unimplemented(
    message = "this is not a column or an expression",
    label = "expected a column",
    note = "a relation is not a value: name one of its columns, as in `.user.id`"
)]
pub trait Expression {
    /// What it is a value of: a row of the query's model, or a [`Group`] of such rows.
    type Model: 'static;
    /// The type of the value.
    type Type: FieldType<Base = Self::Base>;
    /// The same without its `Option`.
    type Base: ColumnType;
    /// The expression without its types.
    #[doc(hidden)]
    fn into_node(self) -> ast::Expr;
}

impl<P: Path + SingleValued, T: FieldType> Expression for Expr<P, T> {
    type Model = P::Root;
    type Type = T;
    type Base = T::Base;
    fn into_node(self) -> ast::Expr {
        self.node
    }
}

/// Values that are not columns: of a group, over a to-many path, over a window.
macro_rules! expression {
    ($($path:ty => $model:ty;)*) => { $(
        #[diagnostic::do_not_recommend]
        impl<M: 'static, T: FieldType> Expression for Expr<$path, T> {
            type Model = $model;
            type Type = T;
            type Base = T::Base;
            fn into_node(self) -> ast::Expr {
                self.node
            }
        }
    )* };
}
expression! {
    Root<Group<M>> => Group<M>;
    OverMany<M> => M;
    Windowed<M> => M;
}

impl<U, T: FieldType> Expr<Root<U>, T> {
    /// What a query has annotated under a name.
    #[doc(hidden)]
    pub fn annotation(name: &'static str) -> Self {
        Expr::new(ast::Expr::Annotation { name, nullable: <T::Null as Nullability>::NULLABLE })
    }
}
