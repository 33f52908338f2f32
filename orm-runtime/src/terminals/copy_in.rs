use std::marker::PhantomData;

use bytes::{BufMut, BytesMut};
use futures_util::future::BoxFuture;
use tokio_postgres::types::{IsNull, ToSql};

use crate::error::{Error, Result};
use crate::exec::Executor;
use crate::model::{Insert, Model, Row, Values};
use crate::queryset::{QuerySet, State};
use crate::schema::{Column, ColumnDefault, Table};
use crate::sql;
use crate::types::SqlType;

/// Rows to be loaded by `COPY`, when [`execute`](CopyIn::execute) is awaited.
///
/// - `M`: the model.
/// - `I`: the iterator of the rows.
#[must_use = "nothing is loaded until `execute(&db)` is awaited"]
#[derive(Debug)]
pub struct CopyIn<M, I> {
    rows: I,
    model: PhantomData<fn() -> M>,
}

impl<M: Model, S: Row<Model = M>, St: State> QuerySet<M, S, St> {
    /// Loads rows by `COPY`, the fastest way in: an iterator of `New..`, or of what it converts into, which is read
    /// while the rows are sent, so that any number of them needs little memory.
    ///
    /// The columns that the first row sets are those that are copied; the others have their defaults. Nothing is sent
    /// before `execute(&db)` is awaited.
    pub fn copy_in<I>(self, rows: I) -> CopyIn<M, I::IntoIter>
    where
        I: IntoIterator<Item: Into<M::Create>>,
    {
        CopyIn { rows: rows.into_iter(), model: PhantomData }
    }
}

impl<M: Model, I: Iterator<Item: Into<M::Create>> + Send> CopyIn<M, I> {
    /// Loads the rows and says how many they are: `COPY .. FROM STDIN`, one statement, none for no rows.
    ///
    /// # Errors
    ///
    /// When the database cannot be reached or refuses a row: then no row is loaded. `COPY` has no defaults for single
    /// rows, so a row that sets a column which the first does not is an error too, and so is one that does not set a
    /// column of the first, unless that can be NULL and has no default.
    pub fn execute<'a, E: Executor>(self, db: &'a E) -> BoxFuture<'a, Result<u64>>
    where
        Self: 'a,
    {
        Box::pin(self.copy(db))
    }

    async fn copy<E: Executor>(self, db: &E) -> Result<u64> {
        let mut rows = self.rows.map(Into::<M::Create>::into);
        let Some(first) = rows.next() else { return Ok(0) };
        let table = M::table();
        let columns = columns_of(table, &first)?;
        let mut rows = std::iter::once(first).chain(rows);
        let mut number: u64 = 0;
        let mut next = |part: &mut BytesMut| {
            if number == 0 {
                part.put_slice(HEADER);
            }
            while part.len() < PART {
                let Some(row) = rows.next() else {
                    part.put_i16(-1);
                    return Ok(false);
                };
                number += 1;
                let mut encoder =
                    Encoder { table, columns: &columns, next: 0, number, out: part, failed: None };
                row.values(&mut encoder);
                encoder.finish()?;
            }
            Ok(true)
        };
        db.acquire().await?.copy_in(&sql::copy_in(table, &columns), &mut next).await
    }
}

/// How many bytes are sent at once.
const PART: usize = 64 * 1024;

/// The signature, no flags, and no extension.
const HEADER: &[u8] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";

/// The columns that a row sets.
fn columns_of<C: Insert>(table: &'static Table, row: &C) -> Result<Vec<usize>> {
    let mut set = Positions(Vec::new());
    row.values(&mut set);
    let Positions(columns) = set;
    if columns.is_empty() {
        return Err(Error::config("`COPY` needs a column, and the first row sets none; use `bulk_create`"));
    }
    for &column in &columns {
        let column = &table.columns[column];
        if matches!(column.ty, SqlType::Array(_)) && column.ty.travels_as_text() {
            let message =
                format!("`COPY` does not take `{}`, an array of enums; use `bulk_create`", column.field);
            return Err(Error::config(message));
        }
    }
    Ok(columns)
}

struct Positions(Vec<usize>);

impl Values for Positions {
    fn put(&mut self, column: usize, _: &(dyn ToSql + Sync)) {
        self.0.push(column);
    }
}

/// Writes one row: how many columns there are, then the length and the bytes of each. Rows give their columns in the
/// order of the table.
struct Encoder<'a> {
    table: &'static Table,
    columns: &'a [usize],
    /// How many of the columns were written.
    next: usize,
    number: u64,
    out: &'a mut BytesMut,
    failed: Option<Error>,
}

impl Values for Encoder<'_> {
    fn put(&mut self, column: usize, value: &(dyn ToSql + Sync)) {
        if let Err(error) = self.put_value(column, value) {
            self.failed.get_or_insert(error);
        }
    }
}

impl Encoder<'_> {
    fn put_value(&mut self, column: usize, value: &(dyn ToSql + Sync)) -> Result<()> {
        self.begin()?;
        while let Some(&missing) = self.columns.get(self.next)
            && missing < column
        {
            self.put_missing(missing)?;
        }
        let Column { field, ty, .. } = &self.table.columns[column];
        if self.columns.get(self.next) != Some(&column) {
            return Err(Error::encode(format!(
                "row {} sets `{field}`, which the first row does not: `COPY` sends the same columns of every row",
                self.number
            )));
        }
        let start = self.out.len();
        self.out.put_i32(-1);
        if let IsNull::No = value.to_sql_checked(&ty.wire(), self.out).map_err(Error::encode)? {
            let length = i32::try_from(self.out.len() - start - 4).map_err(Error::encode)?;
            self.out[start..start + 4].copy_from_slice(&length.to_be_bytes());
        }
        self.next += 1;
        Ok(())
    }

    /// Writes the number of columns, before the first of them.
    fn begin(&mut self) -> Result<()> {
        if self.next == 0 {
            self.out.put_i16(i16::try_from(self.columns.len()).map_err(Error::encode)?);
        }
        Ok(())
    }

    fn put_missing(&mut self, column: usize) -> Result<()> {
        let Column { field, nullable, default, .. } = &self.table.columns[column];
        if !nullable || *default != ColumnDefault::None {
            return Err(Error::encode(format!(
                "row {} does not set `{field}`, which the first row does: `COPY` has no default for a single row",
                self.number
            )));
        }
        self.out.put_i32(-1);
        self.next += 1;
        Ok(())
    }

    fn finish(mut self) -> Result<()> {
        if let Some(error) = self.failed {
            return Err(error);
        }
        self.begin()?;
        while let Some(&missing) = self.columns.get(self.next) {
            self.put_missing(missing)?;
        }
        Ok(())
    }
}
