use std::sync::Arc;

use bytes::BytesMut;
use tokio_postgres::types::{IsNull, Type};

use super::{Aggregate, Over, Part, Select, Template, Window};
use crate::schema::{Column, PathNode, Table};
use crate::types::{ColumnType, FieldType, Param, SqlType};

/// An SQL expression that has a value.
#[derive(Debug, Clone)]
pub enum Expr {
    /// A column of the query's table or of a table reached from it.
    Column(ColumnRef),
    /// A bound parameter.
    Value(Value),
    /// Arithmetic on two expressions.
    Binary {
        /// The operator.
        op: ArithmeticOp,
        /// The left operand.
        left: Box<Expr>,
        /// The right operand.
        right: Box<Expr>,
    },
    /// The negative of an expression.
    Negative(Box<Expr>),
    /// SQL around other expressions: a function, an operator, a `CASE`.
    Template(Box<Template>),
    /// A value computed from the rows of a group.
    Aggregate(Box<Aggregate>),
    /// An aggregate over the rows at the end of a to-many path.
    Over(Arc<Over>),
    /// A function over the rows around each row.
    Window(Box<Window>),
    /// What the query has annotated under this name.
    Annotation {
        /// The name.
        name: &'static str,
        /// Whether it can be NULL.
        nullable: bool,
    },
    /// An extra column of the derived table that the query selects from.
    Derived {
        /// Its number.
        number: u32,
        /// Whether it can be NULL.
        nullable: bool,
    },
    /// The one value of a query for one row of one column; NULL where there is no row.
    Subquery(Arc<Select>),
    /// In a subquery, an expression over the query around it.
    Outer(Box<Expr>),
    /// An expression over the table at the end of a path.
    Below {
        /// The path.
        path: &'static PathNode,
        /// The expression, as of a query on that table.
        expr: Box<Expr>,
    },
}

/// A column at the end of a path.
#[derive(Debug, Clone, Copy)]
pub struct ColumnRef {
    /// The relations that lead to the column's table; `None` is the query's own table.
    pub path: Option<&'static PathNode>,
    /// The table at the end of the path.
    pub table: fn() -> &'static Table,
    /// The column's position in the table.
    pub index: usize,
}

/// A bound parameter with the type that it travels as.
#[derive(Debug, Clone)]
pub struct Value {
    pub(crate) param: Param,
    pub(crate) ty: &'static SqlType,
    /// Whether the parameter is an array of values of type `ty`.
    pub(crate) array: bool,
}

/// An arithmetic operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArithmeticOp {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `%`
    Remainder,
}

impl Value {
    /// A single value.
    pub fn one<T: ColumnType>(value: T) -> Value {
        Value { param: Param::new(T::SQL.wire(), value), ty: T::SQL, array: false }
    }

    /// The value of a field, NULL where it is `None`.
    pub fn field<T: FieldType>(value: T) -> Value {
        Value { param: value.into_param(), ty: T::Base::SQL, array: false }
    }

    /// The number, where this is a `bigint`.
    pub(crate) fn as_bigint(&self) -> Option<i64> {
        let mut bytes = BytesMut::new();
        let bigint = !self.array && self.param.ty == Type::INT8;
        let encoded = bigint.then(|| self.param.value.to_sql_checked(&Type::INT8, &mut bytes))?;
        match encoded {
            Ok(IsNull::No) => Some(i64::from_be_bytes(bytes.as_ref().try_into().ok()?)),
            _ => None,
        }
    }

    /// An array of values.
    pub fn array<T: ColumnType>(values: Vec<T>) -> Value {
        Value { param: Param::new(T::SQL.array(), values), ty: T::SQL, array: true }
    }
}

impl ColumnRef {
    pub(crate) fn column(&self) -> &'static Column {
        &(self.table)().columns[self.index]
    }
}

impl Expr {
    /// SQL that is the same for every row.
    pub(crate) fn constant(sql: &'static str) -> Expr {
        let parts = vec![Part::Text(sql.into())];
        Expr::Template(Box::new(Template { parts, nullable: sql == "NULL" }))
    }

    /// Whether the expression can be NULL.
    pub fn is_nullable(&self) -> bool {
        match self {
            Expr::Column(column) => column.column().nullable || column.path.is_some_and(|path| path.nullable),
            Expr::Value(_) => false,
            Expr::Binary { left, right, .. } => left.is_nullable() || right.is_nullable(),
            Expr::Negative(inner) => inner.is_nullable(),
            Expr::Template(template) => template.nullable,
            Expr::Aggregate(aggregate) => aggregate.is_nullable(),
            Expr::Over(over) => over.value.is_nullable(),
            Expr::Window(window) => window.nullable,
            Expr::Annotation { name: _, nullable } | Expr::Derived { number: _, nullable } => *nullable,
            Expr::Subquery(_) => true,
            Expr::Outer(inner) => inner.is_nullable(),
            Expr::Below { path, expr } => path.nullable || expr.is_nullable(),
        }
    }
}
