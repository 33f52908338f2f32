use tokio_postgres::Row;
use tokio_postgres::types::{FromSql, Type};

use super::{FieldType, Mismatch};

/// Reads the columns of one row from left to right.
///
/// The types of the columns were checked when the statement's first row came, so reading one takes its bytes as
/// they are.
#[derive(Debug)]
pub struct Cursor<'a> {
    values: Values<'a>,
    position: usize,
}

/// Where a cursor reads.
#[derive(Debug)]
enum Values<'a> {
    /// The columns of a row.
    Row(&'a Row),
    /// Some of them, in this order.
    Places(&'a Row, &'a [usize]),
    /// Values that were in no column of their own.
    Apart(&'a [Option<&'a [u8]>]),
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(row: &'a Row, position: usize) -> Cursor<'a> {
        Cursor { values: Values::Row(row), position }
    }

    /// Reads the columns `places`, in this order.
    pub(crate) fn at(row: &'a Row, places: &'a [usize]) -> Cursor<'a> {
        Cursor { values: Values::Places(row, places), position: 0 }
    }

    /// Reads values, each NULL or its bytes.
    pub(crate) fn over(values: &'a [Option<&'a [u8]>]) -> Cursor<'a> {
        Cursor { values: Values::Apart(values), position: 0 }
    }

    /// The number of the column that is read next, if there is one.
    pub(crate) fn place(&self) -> Option<usize> {
        match self.values {
            Values::Row(_) => Some(self.position),
            Values::Places(_, places) => places.get(self.position).copied(),
            Values::Apart(_) => None,
        }
    }

    #[inline]
    fn bytes(&self, position: usize) -> Result<Option<&'a [u8]>, Mismatch> {
        match self.values {
            Values::Row(row) => bytes(row, position),
            Values::Places(..) | Values::Apart(_) => self.elsewhere(position),
        }
    }

    #[cold]
    fn elsewhere(&self, position: usize) -> Result<Option<&'a [u8]>, Mismatch> {
        let value = match self.values {
            Values::Row(_) => None,
            Values::Places(row, places) => places.get(position).map(|&place| bytes(row, place)),
            Values::Apart(values) => values.get(position).map(|value| Ok(*value)),
        };
        value.unwrap_or_else(|| Err(Mismatch("there is no such column".into())))
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
        Err(error) => Err(no_column(error)),
    }
}

#[cold]
fn no_column(error: tokio_postgres::Error) -> Mismatch {
    Mismatch(error.into())
}

struct Bytes<'a>(Option<&'a [u8]>);

impl<'a> FromSql<'a> for Bytes<'a> {
    #[inline]
    fn from_sql(_: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(Bytes(Some(raw)))
    }
    #[inline]
    fn from_sql_null(_: &Type) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(Bytes(None))
    }
    #[inline]
    fn accepts(_: &Type) -> bool {
        true
    }
}
