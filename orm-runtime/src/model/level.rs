use std::any::Any;
use std::fmt::Debug;

use super::Row;
use crate::types::{Cursor, Mismatch};

/// The rows of one statement of a query, behind a vtable: what lets the code that runs statements and stitches
/// their rows be compiled once for all row types.
pub trait Level: Send {
    /// Decodes `row` from column `start` on and keeps it. On failure says at which column.
    fn push(&mut self, row: &tokio_postgres::Row, start: usize) -> Result<(), (usize, Mismatch)>;
    /// How many rows there are.
    fn len(&self) -> usize;
    /// Moves `children` into to-many slot number `slot` of row number `row`.
    fn fill(&mut self, row: usize, slot: usize, children: &mut dyn Any);
    /// Deals the rows out to `parents` groups; row `i` goes to group `owners[i]`.
    fn deal(&mut self, owners: &[u32], parents: usize) -> Box<dyn Children>;
    /// Itself, to be downcast to its `Vec` of rows.
    fn into_rows(self: Box<Self>) -> Box<dyn Any>;
}

/// Rows dealt out to their parents.
pub trait Children: Send {
    /// The `Vec` of the rows of parent number `parent`.
    fn of(&mut self, parent: usize) -> &mut dyn Any;
}

/// An empty level of rows of type `T`.
pub fn new_level<T: Row>() -> Box<dyn Level> {
    Box::new(Vec::<T>::new())
}

impl<T: Row> Level for Vec<T> {
    fn push(&mut self, row: &tokio_postgres::Row, start: usize) -> Result<(), (usize, Mismatch)> {
        let mut cursor = Cursor::new(row, start);
        match T::decode(&mut cursor) {
            Ok(row) => self.push(row),
            Err(mismatch) => return Err((cursor.position(), mismatch)),
        }
        Ok(())
    }

    fn len(&self) -> usize {
        self.len()
    }

    fn fill(&mut self, row: usize, slot: usize, children: &mut dyn Any) {
        if let Some(row) = self.get_mut(row) {
            row.fill(slot, children);
        }
    }

    fn deal(&mut self, owners: &[u32], parents: usize) -> Box<dyn Children> {
        let mut counts = vec![0usize; parents];
        for &owner in owners {
            counts[owner as usize] += 1;
        }
        let mut groups: Vec<Vec<T>> = counts.into_iter().map(Vec::with_capacity).collect();
        for (row, &owner) in self.drain(..).zip(owners) {
            groups[owner as usize].push(row);
        }
        Box::new(groups)
    }

    fn into_rows(self: Box<Self>) -> Box<dyn Any> {
        self
    }
}

impl<T: Row> Children for Vec<Vec<T>> {
    fn of(&mut self, parent: usize) -> &mut dyn Any {
        &mut self[parent]
    }
}

impl Debug for dyn Level {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Level").field("len", &self.len()).finish()
    }
}
