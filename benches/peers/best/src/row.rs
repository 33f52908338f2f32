//! Rows from the bytes that the server sent.

use chrono::{DateTime, Utc};
use plain::rows::{
    Attachment, Author, Book, Comment, Measurement, Milestone, Node, Order, Product, Ticket, User,
};
use tokio_postgres::{
    Row,
    types::{FromSql, Type},
};
use workloads::Error;

/// The bytes of a column, whatever its type.
struct Raw<'a>(Option<&'a [u8]>);

impl<'a> FromSql<'a> for Raw<'a> {
    #[inline]
    fn from_sql(_: &Type, bytes: &'a [u8]) -> Result<Self, Error> {
        Ok(Self(Some(bytes)))
    }

    fn from_sql_null(_: &Type) -> Result<Self, Error> {
        Ok(Self(None))
    }

    #[inline]
    fn accepts(_: &Type) -> bool {
        true
    }
}

/// The columns of a row, read from the first to the last.
pub trait Columns<'a> {
    fn bytes(&mut self) -> Result<Option<&'a [u8]>, Error>;

    #[inline]
    fn get<T: Column>(&mut self) -> Result<T, Error> {
        T::from_bytes(self.bytes()?.ok_or("a column is null")?)
    }
}

/// Those of a query's row.
pub struct Queried<'a> {
    row: &'a Row,
    next: usize,
}

impl<'a> Queried<'a> {
    pub fn new(row: &'a Row) -> Self {
        Self { row, next: 0 }
    }
}

impl<'a> Columns<'a> for Queried<'a> {
    #[inline]
    fn bytes(&mut self) -> Result<Option<&'a [u8]>, Error> {
        let Raw(bytes) = self.row.try_get(self.next)?;
        self.next += 1;
        Ok(bytes)
    }
}

/// Those of a row in the binary format of `COPY`: a length before each, -1 for null.
pub struct Copied<'a>(&'a [u8]);

impl<'a> Copied<'a> {
    /// The row of a message, if it has one: the first begins with a head, and the last is a mark.
    pub fn new(message: &'a [u8]) -> Option<Self> {
        let row = if message.starts_with(COPY_HEAD) { message.get(COPY_HEAD.len()..)? } else { message };
        let (count, columns) = row.split_first_chunk()?;
        (i16::from_be_bytes(*count) >= 0).then_some(Self(columns))
    }
}

/// What comes before the rows of `COPY`, without flags or an extension.
pub const COPY_HEAD: &[u8] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";

impl<'a> Columns<'a> for Copied<'a> {
    #[inline]
    fn bytes(&mut self) -> Result<Option<&'a [u8]>, Error> {
        let (length, rest) = self.0.split_first_chunk().ok_or("a row is too short")?;
        let length = i32::from_be_bytes(*length);
        let null = length < 0;
        let (bytes, rest) = rest.split_at_checked(length.max(0) as usize).ok_or("a row is too short")?;
        self.0 = rest;
        Ok((!null).then_some(bytes))
    }
}

/// What a column is read into.
pub trait Column: Sized {
    fn from_bytes(bytes: &[u8]) -> Result<Self, Error>;
}

impl Column for i32 {
    #[inline]
    fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        Ok(Self::from_be_bytes(bytes.try_into()?))
    }
}

impl Column for i64 {
    #[inline]
    fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        Ok(Self::from_be_bytes(bytes.try_into()?))
    }
}

impl Column for f64 {
    #[inline]
    fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        Ok(Self::from_be_bytes(bytes.try_into()?))
    }
}

impl Column for String {
    #[inline]
    fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        Ok(str::from_utf8(bytes)?.into())
    }
}

/// Microseconds from 1970 to 2000, where PostgreSQL's time begins.
pub const EPOCH: i64 = 946_684_800_000_000;

impl Column for DateTime<Utc> {
    #[inline]
    fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let micros = i64::from_bytes(bytes)?.wrapping_add(EPOCH);
        Self::from_timestamp_micros(micros).ok_or_else(|| "a time is out of range".into())
    }
}

/// `bigint[]` without nulls: 20 bytes of head, then the length and the bytes of each.
impl Column for Vec<i64> {
    #[inline]
    fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let elements = bytes.get(20..).unwrap_or_default().as_chunks::<12>().0;
        elements.iter().map(|element| i64::from_bytes(&element[4..])).collect()
    }
}

/// What a row, or a part of it, is read into.
pub trait FromColumns: Sized {
    fn from_columns<'a>(columns: &mut impl Columns<'a>) -> Result<Self, Error>;
}

impl<T: Column> FromColumns for T {
    #[inline]
    fn from_columns<'a>(columns: &mut impl Columns<'a>) -> Result<Self, Error> {
        columns.get()
    }
}

impl<A: FromColumns, B: FromColumns> FromColumns for (A, B) {
    #[inline]
    fn from_columns<'a>(columns: &mut impl Columns<'a>) -> Result<Self, Error> {
        Ok((A::from_columns(columns)?, B::from_columns(columns)?))
    }
}

impl<A: FromColumns, B: FromColumns, C: FromColumns> FromColumns for (A, B, C) {
    #[inline]
    fn from_columns<'a>(columns: &mut impl Columns<'a>) -> Result<Self, Error> {
        Ok((A::from_columns(columns)?, B::from_columns(columns)?, C::from_columns(columns)?))
    }
}

/// Structs whose fields are columns, in this order.
macro_rules! columns {
    ($($name:ident { $($field:ident),+ })+) => {$(
        impl FromColumns for $name {
            #[inline]
    fn from_columns<'a>(columns: &mut impl Columns<'a>) -> Result<Self, Error> {
                Ok(Self { $($field: FromColumns::from_columns(columns)?),+ })
            }
        }
    )+};
}

columns! {
    User { id, name, email, created_at }
    Product { id, name, price }
    Order { id, user_id, product_id, quantity, total, created_at }
    Author { id, name }
    Book { id, author_id, title, pages, price }
    Milestone { id, title, due_at }
    Ticket { id, title, project_id, user_id, milestone_id, project, user, milestone }
    Comment { id, ticket_id, body }
    Attachment { id, ticket_id, name, bytes }
    Measurement { id, sensor, value, taken_at }
}

impl FromColumns for Node {
    #[inline]
    fn from_columns<'a>(columns: &mut impl Columns<'a>) -> Result<Self, Error> {
        Ok(Self {
            id: columns.get()?,
            parent_id: columns.bytes()?.map(i64::from_bytes).transpose()?,
            name: columns.get()?,
            children: Vec::new(),
        })
    }
}
