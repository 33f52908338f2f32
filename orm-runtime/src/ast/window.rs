use super::{Expr, Order};

/// A function over the rows around each row.
#[derive(Debug, Clone)]
pub struct Window {
    /// The function: a call, or an aggregate.
    pub function: Expr,
    /// Rows equal in these are looked at together.
    pub partition: Vec<Expr>,
    /// In which order.
    pub order: Vec<Order>,
    /// Which rows around the present one; PostgreSQL's default where it is not given.
    pub frame: Option<Frame>,
    /// Whether the value can be NULL.
    pub nullable: bool,
}

/// The rows around the present one that a window function sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    /// What is counted.
    pub unit: FrameUnit,
    /// The first row.
    pub start: FrameBound,
    /// The last row.
    pub end: FrameBound,
}

/// What a frame counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FrameUnit {
    /// Rows.
    Rows,
    /// Groups of rows that are equal in the order.
    Groups,
    /// Values of the order.
    Range,
}

/// Where a frame starts or ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FrameBound {
    /// With the partition.
    Unbounded,
    /// At the present row.
    CurrentRow,
    /// So many rows or groups before the present row.
    Preceding(u32),
    /// So many rows or groups after the present row.
    Following(u32),
}
