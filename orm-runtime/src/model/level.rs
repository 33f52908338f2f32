use std::any::Any;
use std::fmt::Debug;

use super::Selects;
use crate::error::{Error, Result};
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
    /// Moves the rows into `rows`, if that is a `Vec` of such rows; says whether it is.
    fn take(&mut self, rows: &mut dyn Any) -> bool;
}

/// Rows dealt out to their parents.
pub trait Children: Send {
    /// The `Vec` of the rows of parent number `parent`.
    fn of(&mut self, parent: usize) -> &mut dyn Any;
}

/// The rows that `S` describes.
struct Rows<S: Selects>(Vec<S::Out>);

/// An empty level of the rows that `S` describes.
pub fn new_level<S: Selects>() -> Box<dyn Level> {
    Box::new(Rows::<S>(Vec::new()))
}

impl<S: Selects> Level for Rows<S> {
    fn push(&mut self, row: &tokio_postgres::Row, start: usize) -> Result<(), (usize, Mismatch)> {
        let mut cursor = Cursor::new(row, start);
        match S::read(&mut cursor) {
            Ok(row) => self.0.push(row),
            Err(mismatch) => return Err((cursor.position(), mismatch)),
        }
        Ok(())
    }

    fn len(&self) -> usize {
        self.0.len()
    }

    fn fill(&mut self, row: usize, slot: usize, children: &mut dyn Any) {
        if let Some(row) = self.0.get_mut(row) {
            S::put(row, slot, children);
        }
    }

    fn deal(&mut self, owners: &[u32], parents: usize) -> Box<dyn Children> {
        // Loops, and few calls of generic functions: all of this is compiled for each row type there is.
        let mut groups: Vec<Vec<S::Out>> = Vec::with_capacity(parents);
        for count in counts(owners, parents) {
            groups.push(Vec::with_capacity(count));
        }
        let mut rows = std::mem::take(&mut self.0).into_iter();
        for &owner in owners {
            if let Some(row) = rows.next() {
                groups[owner as usize].push(row);
            }
        }
        Box::new(Dealt(groups))
    }

    fn take(&mut self, rows: &mut dyn Any) -> bool {
        let rows = rows.downcast_mut::<Vec<S::Out>>();
        let fits = rows.is_some();
        if let Some(rows) = rows {
            *rows = std::mem::take(&mut self.0);
        }
        fits
    }
}

/// How many rows each of so many parents has.
fn counts(owners: &[u32], parents: usize) -> Vec<usize> {
    let mut counts = vec![0; parents];
    for &owner in owners {
        counts[owner as usize] += 1;
    }
    counts
}

struct Dealt<T>(Vec<Vec<T>>);

impl<T: Send + 'static> Children for Dealt<T> {
    fn of(&mut self, parent: usize) -> &mut dyn Any {
        &mut self.0[parent]
    }
}

impl dyn Level {
    /// The rows of a level that was made from a shape whose rows are `T`.
    pub(crate) fn into_rows<T: 'static>(mut self: Box<Self>) -> Result<Vec<T>> {
        let mut rows = Vec::<T>::new();
        if self.take(&mut rows) {
            Ok(rows)
        } else {
            Err(Error::config("the rows are not of the type of the query"))
        }
    }
}

impl Debug for dyn Level {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Level").field("len", &self.len()).finish()
    }
}
