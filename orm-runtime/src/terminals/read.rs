use std::collections::HashMap;
use std::hash::Hash;

use tokio_postgres::types::Type;

use crate::ast::{self, ColumnRef, Expr, Keys, Order, Select};
use crate::error::{Error, Result};
use crate::exec::{Connection, Executor};
use crate::load;
use crate::model::{Key, Model, Row};
use crate::queryset::{QuerySet, Refinable, State};
use crate::sql::{self, Statement};

/// Methods that run the query. They take a `&Db`, or inside a transaction a `&Transaction`, and send nothing before
/// they are awaited.
///
/// All but `count` and `exists` send one statement, and one more for each level of to-many relations that the query
/// loads (two for a many-to-many one); relations at the same level go out together.
impl<M: Model, S: Row<Model = M>, St: State> QuerySet<M, S, St> {
    /// All rows.
    ///
    /// # Errors
    ///
    /// When the database cannot be reached or refuses the statement, or when a column's value does not fit its
    /// field.
    pub async fn all<E: Executor>(&self, db: &E) -> Result<Vec<S>> {
        if self.select.is_empty() {
            return Ok(Vec::new());
        }
        rows(&db.acquire().await?, &self.select).await
    }

    /// The one row that there is. Asks for two, to know.
    ///
    /// # Errors
    ///
    /// [`Error::is_not_found`] where there is none, [`Error::is_multiple_rows`] where there are several, and as
    /// [`all`](Self::all).
    pub async fn get<E: Executor>(&self, db: &E) -> Result<S> {
        let mut select = Select::clone(&self.select);
        select.slice(0, Some(2));
        let mut found = self.clone_with(select.clone()).all(db).await?;
        match (found.pop(), found.is_empty()) {
            (Some(row), true) => Ok(row),
            (None, _) => Err(Error::not_found(M::table().model, sql::rows(&select, S::SHAPE).0.text())),
            (Some(_), false) => {
                Err(Error::multiple_rows(M::table().model, sql::rows(&select, S::SHAPE).0.text()))
            }
        }
    }

    /// The first row, if there is one; by primary key where the query has no order.
    ///
    /// # Errors
    ///
    /// As [`all`](Self::all).
    pub async fn first<E: Executor>(&self, db: &E) -> Result<Option<S>> {
        let mut select = Select::clone(&self.select);
        if select.order.is_empty() && !select.is_sliced() {
            select.order = by_primary_key::<M>();
        }
        select.slice(0, Some(1));
        Ok(self.clone_with(select).all(db).await?.pop())
    }

    /// The last row, if there is one: the first of the reverse order; by primary key where the query has no order.
    ///
    /// # Errors
    ///
    /// As [`all`](Self::all).
    pub async fn last<E: Executor>(&self, db: &E) -> Result<Option<S>>
    where
        St: Refinable,
    {
        let mut select = Select::clone(&self.select);
        if select.order.is_empty() {
            select.order = by_primary_key::<M>();
        }
        select.order = select.order.into_iter().map(Order::reversed).collect();
        select.slice(0, Some(1));
        Ok(self.clone_with(select).all(db).await?.pop())
    }

    /// How many rows there are: `SELECT count(*)`, without what the query loads.
    ///
    /// # Errors
    ///
    /// When the database cannot be reached or refuses the statement.
    pub async fn count<E: Executor>(&self, db: &E) -> Result<i64> {
        if self.select.is_empty() {
            return Ok(0);
        }
        let statement = sql::count(&self.select);
        let connection = db.acquire().await?;
        let mut rows = connection.query(&statement).await?;
        let mut count = 0;
        while let Some(row) = rows.next().await? {
            count = row.try_get(0).map_err(|error| {
                Error::decode("count", Type::INT8.name(), error).with_sql(statement.text())
            })?;
        }
        Ok(count)
    }

    /// Whether there is any row: `SELECT 1 .. LIMIT 1`.
    ///
    /// # Errors
    ///
    /// When the database cannot be reached or refuses the statement.
    pub async fn exists<E: Executor>(&self, db: &E) -> Result<bool> {
        if self.select.is_empty() {
            return Ok(false);
        }
        let statement = sql::exists(&self.select);
        let connection = db.acquire().await?;
        let mut rows = connection.query(&statement).await?;
        let mut found = false;
        while rows.next().await?.is_some() {
            found = true;
        }
        Ok(found)
    }

    /// The rows with these primary keys, by key; keys without a row are not in the map. No keys, no statement.
    ///
    /// # Errors
    ///
    /// As [`all`](Self::all).
    pub async fn in_bulk<E: Executor>(
        &self,
        db: &E,
        keys: impl IntoIterator<Item = M::Key>,
    ) -> Result<HashMap<M::Key, S>>
    where
        St: Refinable,
        M::Key: Eq + Hash,
    {
        let keys: Vec<M::Key> = keys.into_iter().collect();
        if keys.is_empty() {
            return Ok(HashMap::new());
        }
        let mut select = Select::clone(&self.select);
        select.keys = Some(Keys { columns: M::table().primary_key, values: M::Key::arrays(&keys) });
        let rows = self.clone_with(select).all(db).await?;
        Ok(rows.into_iter().map(|row| (row.model().key(), row)).collect())
    }

    /// The statement for the rows themselves, without running it. Statements that load to-many relations depend on
    /// the rows and are not shown.
    pub fn to_sql(&self) -> Statement {
        sql::rows(&self.select, S::SHAPE).0
    }

    fn clone_with(&self, select: Select) -> Self {
        let mut other = self.clone();
        other.select = std::sync::Arc::new(select);
        other
    }
}

fn by_primary_key<M: Model>() -> Vec<Order> {
    let column = |&index| Expr::Column(ColumnRef { path: None, table: M::table, index });
    let keys = M::table().primary_key.iter();
    keys.map(|key| Order { expr: column(key), descending: false, nulls: None }).collect()
}

/// The rows of a query on a connection.
async fn rows<S: Row>(connection: &Connection<'_>, select: &ast::Select) -> Result<Vec<S>> {
    let level = load::load(connection, select, S::SHAPE).await?;
    match level.into_rows().downcast::<Vec<S>>() {
        Ok(rows) => Ok(*rows),
        // The level was made from the shape of `S`.
        Err(_) => Err(Error::config("the rows are not of the type of the query")),
    }
}
