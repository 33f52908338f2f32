use futures_util::future::BoxFuture;

use crate::error::{Error, Result};
use crate::exec::{Connection, Executor};
use crate::model::{Key, Model, Selects};
use crate::queryset::{QuerySet, State};
use crate::schema::Table;
use crate::sql::{self, Batch, Statement};
use crate::types::{Cursor, SqlType};

use super::batch;

/// Many new rows, inserted by [`execute`](BulkCreate::execute).
///
/// - `M`: the model.
#[must_use = "nothing is inserted until `execute(&db)` is awaited"]
#[derive(Debug)]
pub struct BulkCreate<M: Model> {
    rows: Vec<M::Create>,
}

impl<M: Model, S: Selects<Model = M>, St: State> QuerySet<M, S, St> {
    /// Many new rows in one statement: an iterator of `New..`, or of what it converts into.
    ///
    /// Nothing is sent before `execute(&db)` is awaited.
    pub fn bulk_create<I>(self, rows: I) -> BulkCreate<M>
    where
        I: IntoIterator<Item: Into<M::Create>>,
    {
        BulkCreate { rows: rows.into_iter().map(Into::into).collect() }
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
        Box::pin(self.insert(db))
    }

    async fn insert<E: Executor>(&self, db: &E) -> Result<Vec<M::Key>> {
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
            insert::<M>(&connection, &sql::insert_many(table, batch), &mut keys).await?;
        }
        if own_transaction {
            connection.end("COMMIT").await?;
        }
        if keys.len() != self.rows.len() {
            return Err(Error::not_found(table.model, "INSERT .. RETURNING: fewer keys than rows"));
        }
        Ok(keys)
    }

    fn batches(&self, table: &'static Table) -> Result<Vec<Batch>> {
        const MOST_PARAMETERS: usize = 65_535;
        if !table.columns.iter().any(|column| matches!(column.ty, SqlType::Array(_))) {
            return Ok(vec![batch::arrays(table, &self.rows)?]);
        }
        let rows = MOST_PARAMETERS / table.columns.len().max(1);
        self.rows.chunks(rows.max(1)).map(|rows| batch::cells(table, rows)).collect()
    }
}

async fn insert<M: Model>(
    connection: &Connection<'_>,
    statement: &Statement,
    keys: &mut Vec<M::Key>,
) -> Result<()> {
    let mut rows = connection.query(statement).await?;
    let table = M::table();
    while let Some(row) = rows.next().await? {
        let mut cursor = Cursor::new(&row, 0);
        let key = M::Key::decode(&mut cursor);
        keys.push(key.map_err(|error| {
            let name = table.primary_key.get(cursor.position()).map_or("?", |&key| table.columns[key].name);
            Error::decode_value(name, error).with_sql(statement.text())
        })?);
    }
    Ok(())
}
