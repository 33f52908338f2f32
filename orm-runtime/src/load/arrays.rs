use tokio_postgres::Row;

use crate::error::{Error, Result};
use crate::types::{ElementBytes, Mismatch, bytes};

/// Reads a row whose columns are all arrays of the same length: shows `see` the first elements of each, the second ones,
/// and so on. NULL is an array without elements.
pub(crate) fn each_element(row: &Row, mut see: impl FnMut(&[Option<&[u8]>]) -> Result<()>) -> Result<()> {
    let array = |position| match bytes(row, position)? {
        Some(array) => ElementBytes::of(array),
        None => Ok(ElementBytes::default()),
    };
    let arrays = (0..row.len()).map(array).collect::<Result<Vec<_>, Mismatch>>();
    let mut arrays = arrays.map_err(|error| Error::decode_value("array_agg", error))?;
    let mut elements = Vec::with_capacity(arrays.len());
    loop {
        elements.clear();
        elements.extend(arrays.iter_mut().map_while(Iterator::next));
        if elements.is_empty() || elements.len() < arrays.len() {
            return Ok(());
        }
        see(&elements)?;
    }
}
