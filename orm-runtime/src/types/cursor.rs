use tokio_postgres::Row;
use tokio_postgres::types::{FromSql, Type};

use super::{FieldType, Mismatch};

/// Reads the columns of one row from left to right.
///
/// The types of the columns were checked when the statement's first row came, so reading one takes its bytes as
/// they are.
#[derive(Debug)]
pub struct Cursor<'a> {
    row: &'a Row,
    position: usize,
    /// For each position the column there, where that is not the column of the same number.
    places: Option<&'a [usize]>,
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(row: &'a Row, position: usize) -> Cursor<'a> {
        Cursor { row, position, places: None }
    }

    /// Reads the columns `places`, in this order.
    pub(crate) fn at(row: &'a Row, places: &'a [usize]) -> Cursor<'a> {
        Cursor { row, position: 0, places: Some(places) }
    }

    /// The number of the column that is read next, if there is one.
    pub(crate) fn place(&self) -> Option<usize> {
        self.place_of(self.position)
    }

    #[inline]
    fn place_of(&self, position: usize) -> Option<usize> {
        match self.places {
            None => Some(position),
            Some(places) => places.get(position).copied(),
        }
    }

    #[inline]
    fn bytes(&self, position: usize) -> Result<Option<&'a [u8]>, Mismatch> {
        match self.place_of(position) {
            Some(place) => bytes(self.row, place),
            None => Err(Mismatch("there is no such column".into())),
        }
    }

    /// The position of the column that is read next.
    pub(crate) fn position(&self) -> usize {
        self.position
    }

    /// The next column's value.
    ///
    /// # Errors
    ///
    /// When the bytes are not a value of `T`; the position is then still that of the column.
    #[inline]
    pub fn read<T: FieldType>(&mut self) -> Result<T, Mismatch> {
        let value = T::from_wire(self.bytes(self.position)?)?;
        self.position += 1;
        Ok(value)
    }

    /// Whether the column `ahead` of the next one is NULL.
    pub fn is_null(&self, ahead: usize) -> Result<bool, Mismatch> {
        Ok(self.bytes(self.position + ahead)?.is_none())
    }

    /// Passes over `columns` columns.
    pub fn skip(&mut self, columns: usize) {
        self.position += columns;
    }
}

/// The bytes of a column as they came; `None` is NULL.
#[inline]
pub(crate) fn bytes(row: &Row, position: usize) -> Result<Option<&[u8]>, Mismatch> {
    match row.try_get::<_, Bytes<'_>>(position) {
        Ok(Bytes(bytes)) => Ok(bytes),
        Err(error) => Err(Mismatch(error.into())),
    }
}

struct Bytes<'a>(Option<&'a [u8]>);

impl<'a> FromSql<'a> for Bytes<'a> {
    fn from_sql(_: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(Bytes(Some(raw)))
    }
    fn from_sql_null(_: &Type) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(Bytes(None))
    }
    fn accepts(_: &Type) -> bool {
        true
    }
}
