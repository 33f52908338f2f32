use super::{Expr, Predicate};
use crate::schema::Table;
use crate::types::SqlType;

/// A change to rows of one table: new values for some of their columns, or their end.
#[derive(Debug, Clone)]
pub struct Write {
    /// The table.
    pub table: fn() -> &'static Table,
    /// What happens to the rows.
    pub action: Action,
    /// Which rows.
    pub filter: Predicate,
    /// What is returned of each row: after an update, or as it was before it was deleted.
    pub returning: Vec<Returned>,
}

/// What happens to rows.
#[derive(Debug, Clone)]
pub enum Action {
    /// Columns get new values, all computed from the old ones.
    Update(Vec<Assignment>),
    /// They are deleted.
    Delete,
}

/// A column and its new value.
#[derive(Debug, Clone)]
pub struct Assignment {
    /// The column. Anything but a column of the table itself is refused when the statement is written.
    pub column: Expr,
    /// The value.
    pub value: Expr,
}

/// An expression whose value is returned.
#[derive(Debug, Clone)]
pub struct Returned {
    /// The expression.
    pub expr: Expr,
    /// Its type.
    pub ty: &'static SqlType,
}
