//! Pages by keys: a query in a total order, and the condition that its rows come after one of them.

use std::sync::Arc;

use super::Writer;
use super::after::{Key, after};
use super::prepare::{is_window, outside};
use super::select::{Rows, write_rows};
use crate::ast::{Base, ColumnRef, Distinct, Expr, Order, Output, Predicate, Select, SetOperator};

/// A value of an order as it came over the wire; `None` is NULL.
pub(crate) type KeyValue = Option<Box<[u8]>>;

/// A query in a total order.
#[derive(Debug)]
pub(crate) struct Keyset {
    select: Select,
    keys: Vec<Order>,
    places: Vec<Place>,
    mark: u32,
}

/// Where the value of a key is in a row.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Place {
    /// In the column of that number.
    Column(usize),
    /// So many columns before the end of those that the query lists.
    FromEnd(usize),
}

impl Keyset {
    /// The query in its order, and where that leaves rows equal in the order `unique`.
    ///
    /// - `whole`: whether its rows have all columns of the table, before everything else.
    ///
    /// # Errors
    ///
    /// Why the rows of the query cannot be told apart.
    pub(crate) fn new(mut select: Select, unique: Vec<Order>, whole: bool) -> Result<Keyset, &'static str> {
        match (&select.distinct, &select.base) {
            (Distinct::On(_), _) => {
                return Err(
                    "a query with `distinct_on` has no pages: its order is that of the distinct columns",
                );
            }
            (Distinct::All, _) if !whole => {
                return Err("distinct values have no pages: `group_by` them instead");
            }
            (_, Base::Combined { op: SetOperator::UnionAll, .. }) => {
                return Err("a `union_all` has no pages, since it can have a row twice: use `union`");
            }
            _ => {}
        }
        for key in unique {
            if !select.order.iter().any(|order| is_same(&order.expr, &key.expr)) {
                select.order.push(key);
            }
        }
        let keys = select.order.clone();
        let mark = mark(&select);
        let mut keyset = Keyset { select, keys, places: Vec::new(), mark };
        keyset.select_keys(whole);
        if keyset.has_windows() {
            keyset.windows_first();
        }
        Ok(keyset)
    }

    /// A number by which orders are told apart.
    pub(crate) fn mark(&self) -> u32 {
        self.mark
    }

    /// For each key where its value is in a row.
    pub(crate) fn places(&self) -> &[Place] {
        &self.places
    }

    /// Whether these are values of the keys.
    pub(crate) fn takes(&self, values: &[KeyValue]) -> bool {
        values.len() == self.keys.len()
            && self.keys.iter().zip(values).all(|(key, value)| match value {
                Some(bytes) => key.ty.takes(bytes),
                None => key.expr.is_nullable(),
            })
    }

    /// The query with only the rows after the one with these values.
    pub(crate) fn after(&mut self, values: &[KeyValue]) {
        let keys: Vec<Key<'_>> =
            self.keys.iter().zip(values).map(|(key, value)| Key::new(key, value)).collect();
        let after = after(&keys);
        self.select.refine(after);
    }

    /// So many rows of the query.
    pub(crate) fn first(&self, rows: u64) -> Arc<Select> {
        let mut select = self.select.clone();
        select.slice(0, Some(rows));
        Arc::new(select)
    }

    /// Lists the keys that are not among the columns of a row.
    fn select_keys(&mut self, whole: bool) {
        let listed = |key: &Order| match key.expr {
            Expr::Column(ColumnRef { path: None, index, .. }) if whole => Some(index),
            _ => None,
        };
        let mut left = self.keys.iter().filter(|key| listed(key).is_none()).count();
        for key in &self.keys {
            self.places.push(match listed(key) {
                Some(index) => Place::Column(index),
                None => {
                    left -= 1;
                    Place::FromEnd(left + 1)
                }
            });
            if listed(key).is_none() {
                let expr = key.expr.clone();
                self.select.outputs.push(Output { name: KEY, expr, ty: key.ty, selected: true });
            }
        }
    }

    fn has_windows(&self) -> bool {
        let select = &self.select;
        select.filter.has(is_window)
            || select.outputs.iter().any(|output| output.expr.has(is_window))
            || select.order.iter().any(|order| order.expr.has(is_window))
    }

    /// Puts the query, its windows over all of its rows, in the place of its table: the condition on the keys then
    /// takes nothing away from a window.
    fn windows_first(&mut self) {
        let mut select = self.select.clone();
        if select.group.is_some() {
            // Beside groups there are only their own values, and not those of rows that aggregates are over.
            select = Arc::unwrap_or_clone(Arc::new(select).resolved());
            select.outputs.retain(|output| output.selected);
        }
        let mut inner = select.clone();
        inner.outputs.iter_mut().for_each(|output| output.selected = true);
        (inner.related, inner.named, inner.order, inner.lock) = (Vec::new(), Vec::new(), Vec::new(), None);
        let keys = inner.outputs.len() - self.places.iter().filter(|place| place.is_listed()).count();
        let mut number = keys as u32;
        for (key, place) in self.keys.iter_mut().zip(&self.places) {
            if place.is_listed() {
                key.expr = Expr::Derived { number, nullable: key.expr.is_nullable() };
                number += 1;
            }
        }
        let outer = Select { filter: Predicate::Const(true), keys: None, ..select };
        let mut outer = outside(outer, inner);
        outer.order = self.keys.clone();
        outer.distinct = Distinct::No;
        self.select = outer;
    }
}

/// The name of a key among the values that a query lists. No annotation is called so.
const KEY: &str = "order by";

impl Place {
    fn is_listed(self) -> bool {
        matches!(self, Place::FromEnd(_))
    }
}

/// Whether two orders are by the same column, or by what the query calls by the same name.
fn is_same(a: &Expr, b: &Expr) -> bool {
    match (a, b) {
        (
            Expr::Column(ColumnRef { path: None, index: a, .. }),
            Expr::Column(ColumnRef { path: None, index: b, .. }),
        ) => a == b,
        (Expr::Annotation { name: a, .. }, Expr::Annotation { name: b, .. }) => a == b,
        _ => false,
    }
}

/// The FNV-1a hash of the order as it is written, of its types and of the values in it.
fn mark(select: &Select) -> u32 {
    let mut writer = Writer::new();
    let mut ordered = select.clone();
    (ordered.filter, ordered.keys, ordered.lock) = (Predicate::Const(true), None, None);
    write_rows(&mut writer, &Arc::new(ordered), Rows::One, None, None);
    writer.push(" -- ").list(&select.order, ", ", |writer, order| {
        writer.type_name(order.ty);
    });
    let text = writer.finish().to_string();
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
