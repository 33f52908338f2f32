use futures_util::future::BoxFuture;

use crate::error::{Error, Result};
use crate::exec::{Connection, Executor};
use crate::load;
use crate::model::{Key, Model, Selects};
use crate::queryset::{QuerySet, State};
use crate::schema::Table;
use crate::sql::{self, Batch, Conflict};
use crate::types::{Cursor, Mismatch, SqlType};

use super::batch;

/// Many new rows, inserted by [`execute`](BulkCreate::execute).
///
/// - `M`: the model.
/// - `C`: what happens where a row is there already: the insert [`Fails`], it [`DoNothing`](super::DoNothing)s, or it
///   [`DoUpdate`](super::DoUpdate)s.
#[must_use = "nothing is inserted until `execute(&db)` is awaited"]
#[derive(Debug)]
pub struct BulkCreate<M: Model, C = Fails> {
    rows: Vec<M::Create>,
    batch_size: Option<usize>,
    pub(super) conflict: C,
}

/// A row that is there already is an error, and nothing is inserted.
#[derive(Debug)]
pub struct Fails;

impl<M: Model, S: Selects<Model = M>, St: State> QuerySet<M, S, St> {
    /// Many new rows in one statement: an iterator of `New..`, or of what it converts into.
    ///
    /// Nothing is sent before `execute(&db)` is awaited.
    pub fn bulk_create<I>(self, rows: I) -> BulkCreate<M>
    where
        I: IntoIterator<Item: Into<M::Create>>,
    {
        let rows = rows.into_iter().map(Into::into).collect();
        BulkCreate { rows, batch_size: None, conflict: Fails }
    }
}

impl<M: Model> BulkCreate<M> {
    /// Inserts the rows and returns their primary keys in the order of the rows.
    ///
    /// One statement, `INSERT .. SELECT .. FROM unnest(..)`, whatever the number of rows; none for no rows. Where
    /// the model has an array column, which `unnest` would take apart, the rows are sent as `VALUES`, in as many
    /// statements as PostgreSQL's limit of 65,535 parameters asks for, in a transaction of their own.
    ///
    /// # Errors
    ///
    /// When the database cannot be reached or refuses a row, for example
    /// [`Error::is_unique_violation`](crate::Error::is_unique_violation). No row is then inserted.
    pub fn execute<'a, E: Executor>(&'a self, db: &'a E) -> BoxFuture<'a, Result<Vec<M::Key>>> {
        Box::pin(self.insert(db, None, M::Key::decode))
    }
}

impl<M: Model, C: Sync> BulkCreate<M, C> {
    /// At most so many rows a statement. Several statements run in one transaction: their own, where they run on a
    /// `Db`.
    pub fn batch_size(mut self, rows: usize) -> Self {
        self.batch_size = Some(rows);
        self
    }

    /// The same rows with something else to do where one is there already.
    pub(super) fn with_conflict<D>(self, conflict: D) -> BulkCreate<M, D> {
        BulkCreate { rows: self.rows, batch_size: self.batch_size, conflict }
    }

    /// Inserts the rows; reads for each, in their order, what the statement says of its key.
    pub(super) async fn insert<E: Executor, K>(
        &self,
        db: &E,
        conflict: Option<&Conflict>,
        decode: fn(&mut Cursor<'_>) -> Result<K, Mismatch>,
    ) -> Result<Vec<K>> {
        let table = M::table();
        if self.rows.is_empty() {
            return Ok(Vec::new());
        }
        let batches = self.batches(table)?;
        let connection = db.acquire().await?;
        let own_transaction = batches.len() > 1 && !connection.in_transaction();
        if own_transaction {
            connection.begin("BEGIN").await?;
        }
        let mut keys = Vec::with_capacity(self.rows.len());
        for batch in &batches {
            let inserted = insert(&connection, table, batch, conflict, decode, &mut keys).await;
            inserted.map_err(|error| without_sequence(table, error))?;
        }
        if keys.len() != self.rows.len() {
            return Err(untold_keys(table, own_transaction || connection.in_transaction()));
        }
        if own_transaction {
            connection.end("COMMIT").await?;
        }
        Ok(keys)
    }

    fn batches(&self, table: &'static Table) -> Result<Vec<Batch>> {
        const MOST_PARAMETERS: usize = 65_535;
        let most = self.batch_size.unwrap_or(usize::MAX);
        if most == 0 {
            return Err(Error::config("`batch_size(0)`: a statement inserts at least one row"));
        }
        if !table.columns.iter().any(|column| matches!(column.ty, SqlType::Array(_))) {
            return self.rows.chunks(most).map(|rows| batch::arrays(table, rows)).collect();
        }
        let rows = MOST_PARAMETERS / table.columns.len().max(1);
        self.rows.chunks(rows.clamp(1, most)).map(|rows| batch::cells(table, rows)).collect()
    }
}

/// Inserts the rows of a batch, whose keys come as an array for each column or, where arrays cannot tell them, as rows.
async fn insert<K>(
    connection: &Connection<'_>,
    table: &'static Table,
    batch: &Batch,
    conflict: Option<&Conflict>,
    decode: fn(&mut Cursor<'_>) -> Result<K, Mismatch>,
    keys: &mut Vec<K>,
) -> Result<()> {
    let arrays = match (batch, conflict) {
        (Batch::Arrays { rows, columns }, None) => sql::insert_arrays(table, *rows, columns),
        _ => None,
    };
    let in_arrays = arrays.is_some();
    let statement = arrays.unwrap_or_else(|| sql::insert_many(table, batch, conflict));
    let mut read = |mut cursor: Cursor<'_>| {
        keys.push(decode(&mut cursor).map_err(|error| {
            let name = table.primary_key.get(cursor.position()).map_or("?", |&key| table.columns[key].name);
            Error::decode_value(name, error)
        })?);
        Ok(())
    };
    let mut rows = connection.query(&statement).await?;
    while let Some(row) = rows.next().await? {
        let read = match in_arrays {
            true => load::each_element(&row, |key| read(Cursor::over(key))),
            false => read(Cursor::new(&row, 0)),
        };
        read.map_err(|error| error.with_sql(statement.text()))?;
    }
    Ok(())
}

/// Not all rows were found again by the columns that `on_conflict` names.
fn untold_keys(table: &Table, in_transaction: bool) -> Error {
    let state = if in_transaction { "the transaction has to be rolled back" } else { "the rows are written" };
    Error::config(format!(
        "the keys of rows of `{}` cannot be told, and {state}: the table has other values than were sent in the columns \
         that `on_conflict` names, as after a trigger or where a type rounds",
        table.model
    ))
}

/// What it means that a key is NULL, since keys that are not given come from the sequence of the column.
fn without_sequence(table: &Table, error: Error) -> Error {
    let is_key = |name: &str| table.primary_key.iter().any(|&key| table.columns[key].name == name);
    let null_key = error.is_not_null_violation()
        && error
            .db_error()
            .is_some_and(|error| error.table() == Some(table.name) && error.column().is_some_and(is_key));
    if !null_key {
        return error;
    }
    let message = format!(
        "`bulk_create` makes keys by the sequence that belongs to the column, and that of `{}` has none: \
         `ALTER SEQUENCE .. OWNED BY ..` gives it one; or set the keys",
        table.name
    );
    Error::config_from(message, error)
}
