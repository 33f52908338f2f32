use std::sync::Arc;

use super::{Expr, Lock, Predicate, Value};
use crate::schema::{PathNode, Table};
use crate::types::{ColumnType, SqlType};

/// A query for rows of one table, without what is loaded beside them.
#[derive(Debug, Clone)]
pub struct Select {
    /// The table.
    pub table: fn() -> &'static Table,
    /// Where its rows come from.
    pub base: Base,
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
    /// Relations that are prefetched by queries of their own.
    pub named: Vec<Named>,
    /// Values beside or in place of the columns of the table, in the order in which they were added.
    pub outputs: Vec<Output>,
    /// What rows are grouped by; no expressions at all make one group.
    pub group: Option<Vec<Expr>>,
    /// Which of equal rows are left out.
    pub distinct: Distinct,
    /// How the rows are locked, if they are.
    pub lock: Option<Lock>,
}

/// Where the rows of a query come from.
#[derive(Debug, Clone)]
pub enum Base {
    /// From the table.
    Table,
    /// From another query on the same table, whose selected outputs are extra columns by their numbers.
    Derived(Arc<Select>),
    /// From several queries on the same table.
    Combined {
        /// How.
        op: SetOperator,
        /// The queries.
        queries: Vec<Arc<Select>>,
    },
    /// For each key, from a query with rows of that key only.
    PerKey {
        /// The keys.
        keys: Keys,
        /// The relation that leads from the keys to the table.
        link: &'static crate::schema::Relation,
        /// The query.
        select: Arc<Select>,
    },
}

/// How queries are combined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetOperator {
    /// Rows of either, equal ones once.
    Union,
    /// Rows of either.
    UnionAll,
    /// Rows of both.
    Intersect,
    /// Rows of the first and not of the others.
    Except,
}

/// Which of equal rows are left out.
#[derive(Debug, Clone)]
pub enum Distinct {
    /// None.
    No,
    /// All but one of rows that are equal.
    All,
    /// All but the first of rows that are equal in these.
    On(Vec<Expr>),
}

/// A value with a name.
#[derive(Debug, Clone)]
pub struct Output {
    /// The name.
    pub name: &'static str,
    /// The value.
    pub expr: Expr,
    /// Its type, without `Option`.
    pub ty: &'static SqlType,
    /// Whether it is selected, and not only referred to.
    pub selected: bool,
}

/// A to-many relation that is loaded by a query of its own.
#[derive(Debug, Clone)]
pub struct Named {
    /// The paths, one after another, that lead to where the path starts.
    pub origin: Vec<&'static PathNode>,
    /// The path, of which only the last step is to-many.
    pub path: &'static PathNode,
    /// The query.
    pub select: Arc<Select>,
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
    /// Its type, without `Option`.
    pub ty: &'static SqlType,
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
            base: Base::Table,
            filter: Predicate::Const(true),
            keys: None,
            order: Vec::new(),
            limit: None,
            offset: 0,
            related: Vec::new(),
            named: Vec::new(),
            outputs: Vec::new(),
            group: None,
            distinct: Distinct::No,
            lock: None,
        }
    }

    /// The query with `filter` too.
    pub(crate) fn refine(&mut self, filter: Predicate) {
        let before = std::mem::replace(&mut self.filter, Predicate::Const(true));
        self.filter = before.and(filter);
    }

    /// The same rows from the last to the first.
    pub(crate) fn reverse_rows(&mut self) {
        if let Distinct::On(on) = &self.distinct {
            // Which rows are distinct depends on the order, so they are found first. The order is led by what they are
            // distinct in, the smallest first where it does not say so itself.
            let on = on.clone();
            // Their types are not known, and not asked for.
            let ascending =
                |expr: &Expr| Order { expr: expr.clone(), ty: i64::SQL, descending: false, nulls: None };
            self.order.extend(on.iter().map(ascending));
            let order = self.order.clone();
            self.derive();
            (self.order, self.distinct) = (order, Distinct::On(on));
        }
        self.order = std::mem::take(&mut self.order).into_iter().map(Order::reversed).collect();
    }

    /// Puts the query in the place of its table. Its values keep their names; what is loaded, and how, stays outside.
    pub(crate) fn derive(&mut self) {
        let mut outer = Select {
            related: std::mem::take(&mut self.related),
            named: std::mem::take(&mut self.named),
            outputs: self.outputs.clone(),
            ..Select::new(self.table)
        };
        for (number, output) in outer.outputs.iter_mut().enumerate() {
            let nullable = output.expr.is_nullable();
            output.expr = Expr::Derived { number: number as u32, nullable };
        }
        let mut inner = std::mem::replace(self, outer);
        inner.outputs.iter_mut().for_each(|output| output.selected = true);
        self.base = Base::Derived(Arc::new(inner));
    }

    /// Leaves out of the selection what was selected so far.
    pub(crate) fn deselect(&mut self) {
        self.outputs.iter_mut().for_each(|output| output.selected = false);
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
        // Without keys to group by there is always one group.
        let one = self.group.as_ref().is_some_and(Vec::is_empty);
        self.limit == Some(0) || (self.filter.is_never() && !one)
    }

    /// The type of what the query calls by this name.
    pub(crate) fn type_of(&self, annotation: &Expr) -> Option<&'static SqlType> {
        let Expr::Annotation { name: wanted, nullable: _ } = annotation else { return None };
        self.outputs.iter().rev().find(|output| output.name == *wanted).map(|output| output.ty)
    }

    /// Only the rows with these keys, with what the query says of them beside all its rows.
    pub(crate) fn only_keys(&mut self, keys: Keys) {
        if matches!(self.distinct, Distinct::On(_)) || self.has_windows() {
            self.derive();
        }
        self.keys = Some(keys);
    }

    /// Whether there are functions over the rows around each row.
    pub(crate) fn has_windows(&self) -> bool {
        let is_window = |expr: &Expr| matches!(expr, Expr::Window(_));
        self.filter.has_named(is_window, &self.outputs)
            || self.outputs.iter().any(|output| output.expr.has_named(is_window, &self.outputs))
            || self.order.iter().any(|order| order.expr.has_named(is_window, &self.outputs))
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
            ty: self.ty,
            descending: !self.descending,
            nulls: self.nulls.map(|nulls| match nulls {
                Nulls::First => Nulls::Last,
                Nulls::Last => Nulls::First,
            }),
        }
    }
}
