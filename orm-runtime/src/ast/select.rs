use super::{Expr, Lock, Predicate, Value};
use crate::schema::{PathNode, Table};

/// A query for rows of one table, without what is loaded beside them.
#[derive(Debug, Clone)]
pub struct Select {
    /// The table.
    pub table: fn() -> &'static Table,
    /// Which rows.
    pub filter: Predicate,
    /// The keys that the rows must have, where only some are wanted.
    pub keys: Option<Keys>,
    /// In which order.
    pub order: Vec<Order>,
    /// How many rows at most.
    pub limit: Option<u64>,
    /// How many rows to pass over first.
    pub offset: u64,
    /// What was said of relations that are prefetched: their order.
    pub related: Vec<Related>,
    /// How the rows are locked, if they are.
    pub lock: Option<Lock>,
}

/// Columns whose values, taken together, are among those listed.
#[derive(Debug, Clone)]
pub struct Keys {
    /// The columns, by their position in the query's table.
    pub columns: &'static [usize],
    /// For each column the array of its values.
    pub values: Vec<Value>,
}

/// One expression of an `ORDER BY`.
#[derive(Debug, Clone)]
pub struct Order {
    /// What to order by.
    pub expr: Expr,
    /// Largest first.
    pub descending: bool,
    /// Where NULLs go; PostgreSQL puts them last, or first when descending.
    pub nulls: Option<Nulls>,
}

/// Where NULLs go in an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nulls {
    /// Before everything else.
    First,
    /// After everything else.
    Last,
}

/// The order in which the rows at the end of a to-many path are prefetched.
#[derive(Debug, Clone)]
pub struct Related {
    /// The path, from the query's table.
    pub path: &'static PathNode,
    /// The order, on the table at the end of the path.
    pub order: Vec<Order>,
}

impl Select {
    /// Every row of `table`.
    pub fn new(table: fn() -> &'static Table) -> Select {
        Select {
            table,
            filter: Predicate::Const(true),
            keys: None,
            order: Vec::new(),
            limit: None,
            offset: 0,
            related: Vec::new(),
            lock: None,
        }
    }

    /// The rows `start..end` of those selected so far.
    pub(crate) fn slice(&mut self, start: u64, end: Option<u64>) {
        let wanted = end.map(|end| end.saturating_sub(start));
        let left = self.limit.map(|limit| limit.saturating_sub(start));
        self.limit = match (left, wanted) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        self.offset = self.offset.saturating_add(start);
    }

    /// Whether the query is known to have no rows, so that it need not be sent.
    pub(crate) fn is_empty(&self) -> bool {
        self.filter.is_never() || self.limit == Some(0)
    }

    /// Whether only a part of the rows that pass the filter is selected.
    pub(crate) fn is_sliced(&self) -> bool {
        self.limit.is_some() || self.offset > 0
    }
}

impl Order {
    /// The opposite order, NULLs included.
    pub(crate) fn reversed(self) -> Order {
        Order {
            expr: self.expr,
            descending: !self.descending,
            nulls: self.nulls.map(|nulls| match nulls {
                Nulls::First => Nulls::Last,
                Nulls::Last => Nulls::First,
            }),
        }
    }
}
