use std::any::Any;

use super::{Model, Relation, Row, Shape};
use crate::types::{Cursor, Mismatch};

/// What the slot of a relation can hold: `()`, a row, an `Option` of one, or a `Vec` of them.
pub trait Stored: Send + Sized + 'static {
    /// What is loaded, as data.
    const SHAPE: Option<&'static Shape>;
    /// How many columns of the parent's statement it takes.
    const WIDTH: usize;
    /// How many to-many slots it has.
    const MANY: usize;
    /// Reads it from the parent's statement.
    fn decode(cursor: &mut Cursor<'_>) -> Result<Self, Mismatch>;
    /// Moves `children` into to-many slot number `slot`, as [`Row::fill`] does.
    fn fill(&mut self, slot: usize, children: &mut dyn Any) -> Option<usize>;
}

impl Stored for () {
    const SHAPE: Option<&'static Shape> = None;
    const WIDTH: usize = 0;
    const MANY: usize = 0;
    fn decode(_: &mut Cursor<'_>) -> Result<(), Mismatch> {
        Ok(())
    }
    fn fill(&mut self, slot: usize, _: &mut dyn Any) -> Option<usize> {
        Some(slot)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Row> Stored for T {
    const SHAPE: Option<&'static Shape> = Some(T::SHAPE);
    const WIDTH: usize = T::WIDTH;
    const MANY: usize = T::MANY;
    fn decode(cursor: &mut Cursor<'_>) -> Result<T, Mismatch> {
        T::decode(cursor)
    }
    fn fill(&mut self, slot: usize, children: &mut dyn Any) -> Option<usize> {
        Row::fill(self, slot, children)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Row> Stored for Option<T> {
    const SHAPE: Option<&'static Shape> = Some(T::SHAPE);
    const WIDTH: usize = T::WIDTH;
    const MANY: usize = T::MANY;
    fn decode(cursor: &mut Cursor<'_>) -> Result<Option<T>, Mismatch> {
        // A row that a LEFT JOIN did not find has NULL for its key, which no row of a table has.
        let key = T::Model::table().primary_key.first().copied().unwrap_or(0);
        if cursor.is_null(key)? {
            cursor.skip(T::WIDTH);
            return Ok(None);
        }
        T::decode(cursor).map(Some)
    }
    fn fill(&mut self, slot: usize, children: &mut dyn Any) -> Option<usize> {
        match self {
            Some(row) => Row::fill(row, slot, children),
            None => slot.checked_sub(T::MANY),
        }
    }
}

#[diagnostic::do_not_recommend]
impl<T: Row> Stored for Vec<T> {
    const SHAPE: Option<&'static Shape> = Some(T::SHAPE);
    const WIDTH: usize = 0;
    const MANY: usize = 1;
    fn decode(_: &mut Cursor<'_>) -> Result<Vec<T>, Mismatch> {
        Ok(Vec::new())
    }
    fn fill(&mut self, slot: usize, children: &mut dyn Any) -> Option<usize> {
        if slot > 0 {
            return Some(slot - 1);
        }
        if let Some(children) = children.downcast_mut::<Vec<T>>() {
            *self = std::mem::take(children);
        }
        None
    }
}

/// The row type inside a slot's value: its own, or the bare target of relation `R` where nothing is loaded yet.
///
/// - `R`: the relation of the slot.
pub trait Holds<R: Relation> {
    /// The row type.
    type Row: Row<Model = R::Target>;
}

#[diagnostic::do_not_recommend]
impl<R: Relation> Holds<R> for () {
    type Row = R::Target;
}
#[diagnostic::do_not_recommend]
impl<R: Relation, T: Row<Model = R::Target>> Holds<R> for T {
    type Row = T;
}
#[diagnostic::do_not_recommend]
impl<R: Relation, T: Row<Model = R::Target>> Holds<R> for Option<T> {
    type Row = T;
}
#[diagnostic::do_not_recommend]
impl<R: Relation, T: Row<Model = R::Target>> Holds<R> for Vec<T> {
    type Row = T;
}
