use std::ops::RangeInclusive;

use super::{Comparable, Expr, Expression, Orders};
use crate::ast::{self, Frame, FrameBound, FrameUnit, Window};
use crate::model::{Group, Root, Windowed};
use crate::types::{ColumnType, FieldType};

/// A function over a window.
fn window<M, T>(function: ast::Expr, nullable: bool) -> Expr<Windowed<M>, T> {
    let window = Window { function, partition: Vec::new(), order: Vec::new(), frame: None, nullable };
    Expr::new(ast::Expr::Window(Box::new(window)))
}

macro_rules! numbering {
    ($($(#[$doc:meta])* $name:ident -> $ty:ty, $sql:literal;)*) => { $(
        $(#[$doc])*
        pub fn $name<M>() -> Expr<Windowed<M>, $ty> {
            window(ast::Expr::constant($sql), false)
        }
    )* };
}
numbering! {
    /// The number of the row in its partition, from 1.
    row_number -> i64, "row_number()";
    /// The number of the row, the same for rows equal in the order, with gaps after them.
    rank -> i64, "rank()";
    /// The number of the row, the same for rows equal in the order, without gaps.
    dense_rank -> i64, "dense_rank()";
    /// The rank as a part of one: 0 for the first row.
    percent_rank -> f64, "percent_rank()";
    /// The part of the rows that come before the row or are equal to it in the order.
    cume_dist -> f64, "cume_dist()";
}

/// The number, from 1, of the bucket that the row is in, of `buckets` as equal as can be. With 0 buckets the database
/// refuses the query.
pub fn ntile<M>(buckets: i32) -> Expr<Windowed<M>, i32> {
    let buckets = ast::Expr::Value(ast::Value::one(buckets));
    window(ast::Template::call("ntile", [buckets], false), false)
}

/// The value in the row before; NULL in the first row.
pub fn lag<E: Expression>(value: E) -> Expr<Windowed<E::Model>, Option<E::Base>> {
    window(ast::Template::call("lag", [value.into_node()], true), true)
}

/// The value in the row after; NULL in the last row.
pub fn lead<E: Expression>(value: E) -> Expr<Windowed<E::Model>, Option<E::Base>> {
    window(ast::Template::call("lead", [value.into_node()], true), true)
}

/// The value `rows` rows before; NULL where there is no such row.
pub fn lag_by<E: Expression>(value: E, rows: i32) -> Expr<Windowed<E::Model>, Option<E::Base>> {
    by("lag", value, rows)
}

/// The value `rows` rows after; NULL where there is no such row.
pub fn lead_by<E: Expression>(value: E, rows: i32) -> Expr<Windowed<E::Model>, Option<E::Base>> {
    by("lead", value, rows)
}

/// The value in the first row of the frame.
pub fn first_value<E: Expression>(value: E) -> Expr<Windowed<E::Model>, E::Type> {
    let node = value.into_node();
    let nullable = node.is_nullable();
    window(ast::Template::call("first_value", [node], nullable), nullable)
}

/// The value in the last row of the frame. Without a frame of its own that is the present row, or the last one equal to
/// it in the order: see [`rows_between`](Expr::rows_between).
pub fn last_value<E: Expression>(value: E) -> Expr<Windowed<E::Model>, E::Type> {
    let node = value.into_node();
    let nullable = node.is_nullable();
    window(ast::Template::call("last_value", [node], nullable), nullable)
}

/// The value in row number `row` of the frame, from 1; NULL where there is none.
pub fn nth_value<E: Expression>(value: E, row: i32) -> Expr<Windowed<E::Model>, Option<E::Base>> {
    by("nth_value", value, row)
}

fn by<E: Expression>(
    function: &'static str,
    value: E,
    number: i32,
) -> Expr<Windowed<E::Model>, Option<E::Base>> {
    let number = ast::Expr::Value(ast::Value::one(number));
    window(ast::Template::call(function, [value.into_node(), number], true), true)
}

impl<M: 'static, T: FieldType> Expr<Root<Group<M>>, T> {
    /// The aggregate over a window of rows, for each row: all rows, up to [`partition_by`](Expr::partition_by), and
    /// with [`order_by`](Expr::order_by) those up to the present one.
    pub fn over(self) -> Expr<Windowed<M>, T> {
        let nullable = self.node.is_nullable();
        window(self.node, nullable)
    }
}

/// Window functions.
impl<M: 'static, T: FieldType> Expr<Windowed<M>, T> {
    fn change(mut self, change: impl FnOnce(&mut Window)) -> Self {
        if let ast::Expr::Window(window) = &mut self.node {
            change(window);
        }
        self
    }

    /// Among rows that are equal in these: an expression, or a tuple of them.
    pub fn partition_by<K: Orders<M>>(self, keys: K) -> Self {
        let keys = keys.into_orders().into_iter().map(|order| order.expr).collect();
        self.change(|window| window.partition = keys)
    }

    /// In an order: an expression, or a tuple of them.
    pub fn order_by<O: Orders<M>>(self, order: O) -> Self {
        let order = order.into_orders();
        self.change(|window| window.order = order)
    }

    /// Over the rows from `start` to `end`, counted from the present one: `-2..=0` are it and the two before it.
    pub fn rows_between(self, rows: impl FrameRange) -> Self {
        let (start, end) = rows.bounds();
        self.change(|window| window.frame = Some(Frame { unit: FrameUnit::Rows, start, end }))
    }

    /// [`rows_between`](Self::rows_between), counting groups of rows that are equal in the order.
    pub fn groups_between(self, groups: impl FrameRange) -> Self {
        let (start, end) = groups.bounds();
        self.change(|window| window.frame = Some(Frame { unit: FrameUnit::Groups, start, end }))
    }

    /// `value` in place of NULL.
    pub fn default<V: Comparable<T::Base>>(self, value: V) -> Expr<Windowed<M>, T::Base>
    where
        T::Base: ColumnType,
    {
        Expr::new(match super::comparable::value(&value) {
            Some(value) => ast::Template::call("coalesce", [self.node, value], false),
            None => self.node,
        })
    }
}

/// The rows of a frame, counted from the present one: `-2..=0`, `..=0`, `0..`, `..`.
#[diagnostic::on_unimplemented(
    message = "a frame is a range of rows around the present one, and this is `{Self}`",
    label = "expected a range of `i32`",
    note = "write `-2..=0` for the row and the two before it, `..=0` for all up to it, `..` for all"
)]
pub trait FrameRange {
    #[doc(hidden)]
    fn bounds(self) -> (FrameBound, FrameBound);
}

fn bound(rows: i32) -> FrameBound {
    match rows {
        0 => FrameBound::CurrentRow,
        rows if rows < 0 => FrameBound::Preceding(rows.unsigned_abs()),
        rows => FrameBound::Following(rows.unsigned_abs()),
    }
}

impl FrameRange for RangeInclusive<i32> {
    fn bounds(self) -> (FrameBound, FrameBound) {
        (bound(*self.start()), bound(*self.end()))
    }
}
impl FrameRange for std::ops::RangeToInclusive<i32> {
    fn bounds(self) -> (FrameBound, FrameBound) {
        (FrameBound::Unbounded, bound(self.end))
    }
}
impl FrameRange for std::ops::RangeFrom<i32> {
    fn bounds(self) -> (FrameBound, FrameBound) {
        (bound(self.start), FrameBound::Unbounded)
    }
}
impl FrameRange for std::ops::RangeFull {
    fn bounds(self) -> (FrameBound, FrameBound) {
        (FrameBound::Unbounded, FrameBound::Unbounded)
    }
}
