use super::Level;
use crate::schema::Table;

/// What the rows of a query hold, as data.
#[derive(Debug)]
pub struct Shape {
    /// The table of the row itself.
    pub table: fn() -> &'static Table,
    /// Whether a row holds all columns of the table, and not only values that the query names.
    pub whole: bool,
    /// What is loaded in the slot of each relation, in the order of the relations.
    pub slots: &'static [Option<&'static Shape>],
    /// The rows that these are made of: those that something was added to, or parts of a projection.
    pub parts: &'static [&'static Shape],
    /// The rows of the relations that are added, loaded by queries of their own.
    pub named: &'static [&'static Shape],
    /// Makes an empty collection of such rows.
    pub level: fn() -> Box<dyn Level>,
}

impl Shape {
    /// The rows of a model, with the relations in `slots`.
    pub const fn new(
        table: fn() -> &'static Table,
        slots: &'static [Option<&'static Shape>],
        level: fn() -> Box<dyn Level>,
    ) -> Shape {
        Shape { table, whole: true, slots, parts: &[], named: &[], level }
    }

    /// Rows of values alone.
    pub(crate) const fn values(table: fn() -> &'static Table, level: fn() -> Box<dyn Level>) -> Shape {
        Shape { table, whole: false, slots: &[], parts: &[], named: &[], level }
    }

    /// Shows `see` the rows of each relation with a query of its own, in the order of their slots.
    pub(crate) fn for_each_named(&self, see: &mut dyn FnMut(&'static Shape)) {
        self.parts.iter().for_each(|part| part.for_each_named(see));
        self.named.iter().for_each(|shape| see(shape));
    }
}
