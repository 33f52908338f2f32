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
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(row: &'a Row, position: usize) -> Cursor<'a> {
        Cursor { row, position }
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
        let value = T::from_wire(bytes(self.row, self.position)?)?;
        self.position += 1;
        Ok(value)
    }

    /// Whether the column `ahead` of the next one is NULL.
    pub fn is_null(&self, ahead: usize) -> Result<bool, Mismatch> {
        Ok(bytes(self.row, self.position + ahead)?.is_none())
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
