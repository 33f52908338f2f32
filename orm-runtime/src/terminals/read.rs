use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use futures_util::future::BoxFuture;

use crate::ast::{ColumnRef, Distinct, Expr, Keys, Order, Select};
use crate::error::{Error, Result};
use crate::exec::{Acquire, Connection, Runs};
use crate::load;
use crate::model::{Key, Level, Model, Selects, Shape, WholeRows};
use crate::queryset::{Countable, QuerySet, Refinable, State};
use crate::sql::{self, Statement};

/// Methods that run the query. They take a `&Db`, or inside a transaction a `&Transaction`, and send nothing before
/// they are awaited.
///
/// All but `count` and `exists` send one statement, and one more for each level of to-many relations that the query
/// loads (two for a many-to-many one); relations at the same level go out together.
// Their futures are boxed: the compiler then checks a caller in a third of the time, and the box costs less than a
// thousandth of a round trip.
impl<M: Model, S: Selects<Model = M>, St: State> QuerySet<M, S, St> {
    /// All rows.
    ///
    /// # Errors
    ///
    /// When the database cannot be reached or refuses the statement, or when a column's value does not fit its
    /// field.
    pub fn all<'a, E: Runs<St>>(&self, db: &'a E) -> BoxFuture<'a, Result<Vec<S::Out>>> {
        let select = Arc::clone(&self.select);
        Box::pin(async move { level(db, &select, S::SHAPE, None).await?.into_rows() })
    }

    /// The one row that there is. Asks for two, to know; by primary key without a limit, since there is one at most.
    ///
    /// # Errors
    ///
    /// [`Error::is_not_found`] where there is none, [`Error::is_multiple_rows`] where there are several, and as
    /// [`all`](Self::all).
    pub fn get<'a, E: Runs<St>>(&self, db: &'a E) -> BoxFuture<'a, Result<S::Out>> {
        let select = Arc::clone(&self.select);
        Box::pin(async move {
            let mut found: Vec<S::Out> = level(db, &select, S::SHAPE, Some(2)).await?.into_rows()?;
            match (found.pop(), found.is_empty()) {
                (Some(row), true) => Ok(row),
                (row, _) => Err(not_one(row.is_some(), &select, S::SHAPE)),
            }
        })
    }

    /// The first row, if there is one; by primary key where the query has no order.
    ///
    /// # Errors
    ///
    /// As [`all`](Self::all).
    pub fn first<'a, E: Runs<St>>(&self, db: &'a E) -> BoxFuture<'a, Result<Option<S::Out>>> {
        let mut select = Arc::clone(&self.select);
        if select.order.is_empty() && !select.is_sliced() {
            Arc::make_mut(&mut select).order = natural_order::<S>(&self.select);
        }
        Box::pin(async move { Ok(level(db, &select, S::SHAPE, Some(1)).await?.into_rows()?.pop()) })
    }

    /// The last row, if there is one: the first of the reverse order; by primary key where the query has no order. Of
    /// `distinct_on` the last of the rows that `all` returns, by a query around it.
    ///
    /// Of distinct values in an order of something that is not selected, the one whose last row is the last.
    ///
    /// # Errors
    ///
    /// As [`all`](Self::all).
    pub fn last<'a, E: Runs<St>>(&self, db: &'a E) -> BoxFuture<'a, Result<Option<S::Out>>>
    where
        St: Refinable,
    {
        let mut select = Select::clone(&self.select);
        if select.order.is_empty() {
            select.order = natural_order::<S>(&select);
        }
        select.reverse_rows();
        select.slice(0, Some(1));
        Box::pin(async move { Ok(rows::<S, E>(db, &Arc::new(select)).await?.pop()) })
    }

    /// How many rows there are: `SELECT count(*)`, without what the query loads.
    ///
    /// # Errors
    ///
    /// When the database cannot be reached or refuses the statement.
    pub fn count<'a, E: Runs<St>>(&self, db: &'a E) -> BoxFuture<'a, Result<i64>>
    where
        St: Countable,
    {
        let select = Arc::clone(&self.select);
        Box::pin(async move {
            if select.is_empty() {
                return Ok(0);
            }
            let statement = sql::count(&select, S::SHAPE.whole);
            match only_row(&db.acquire().await?, &statement).await? {
                Some(row) => row
                    .try_get(0)
                    .map_err(|error| Error::decode_value("count", error).with_sql(statement.text())),
                None => Ok(0),
            }
        })
    }

    /// Whether there is any row: `SELECT 1 .. LIMIT 1`.
    ///
    /// # Errors
    ///
    /// When the database cannot be reached or refuses the statement.
    pub fn exists<'a, E: Runs<St>>(&self, db: &'a E) -> BoxFuture<'a, Result<bool>>
    where
        St: Countable,
    {
        let select = self.clone().distinct_as_needed().select;
        Box::pin(async move {
            if select.is_empty() {
                return Ok(false);
            }
            let row = only_row(&db.acquire().await?, &sql::exists(&select)).await?;
            Ok(row.is_some())
        })
    }

    /// The rows with these primary keys, by key; keys without a row are not in the map. No keys, no statement.
    ///
    /// Windows and `distinct_on` are of all rows of the query, and not of these alone: the keys are asked for by a query
    /// around it.
    ///
    /// # Errors
    ///
    /// As [`all`](Self::all).
    pub fn in_bulk<'a, E: Runs<St>>(
        &self,
        db: &'a E,
        keys: impl IntoIterator<Item = M::Key>,
    ) -> BoxFuture<'a, Result<HashMap<M::Key, S::Out>>>
    where
        S: WholeRows,
        St: Refinable,
        M::Key: Eq + Hash,
    {
        let keys: Vec<M::Key> = keys.into_iter().collect();
        let mut select = Select::clone(&self.select);
        if keys.is_empty() {
            select.slice(0, Some(0));
        }
        select.only_keys(Keys { columns: M::table().primary_key, values: M::Key::arrays(&keys) });
        Box::pin(async move {
            let rows = rows::<S, E>(db, &Arc::new(select)).await?;
            Ok(rows.into_iter().map(|row| (S::model(&row).key(), row)).collect())
        })
    }

    /// The statement for the rows themselves, without running it. Statements that load to-many relations depend on
    /// the rows and are not shown.
    pub fn to_sql(&self) -> Statement {
        sql::rows(&self.select, S::SHAPE, &[]).0
    }
}

/// The order of a query that asks for none: by primary key; of groups, by what they are grouped by; of distinct values,
/// by these.
pub(super) fn natural_order<S: Selects>(select: &Select) -> Vec<Order> {
    let table = <S::Model as Model>::table;
    let distinct = matches!(select.distinct, Distinct::All) && !S::SHAPE.whole;
    let ascending = |(expr, ty)| Order { expr, ty, descending: false, nulls: None };
    match &select.group {
        Some(keys) => {
            keys.iter().filter_map(|key| Some(ascending((key.clone(), select.type_of(key)?)))).collect()
        }
        None if distinct => Vec::new(),
        None => {
            let columns = table().primary_key.iter().map(|&index| ColumnRef { path: None, table, index });
            columns.map(|column| ascending((Expr::Column(column), column.column().ty))).collect()
        }
    }
}

/// The rows of a query; none, and no statement, where it is known to have none.
pub(super) async fn rows<S: Selects, E: Acquire>(db: &E, select: &Arc<Select>) -> Result<Vec<S::Out>> {
    level(db, select, S::SHAPE, None).await?.into_rows()
}

/// The rows of a query, where `most` says so at most so many. Not generic over what they are, so that it is compiled once.
async fn level<E: Acquire>(
    db: &E,
    select: &Arc<Select>,
    shape: &'static Shape,
    most: Option<u64>,
) -> Result<Box<dyn Level>> {
    if select.is_empty() {
        return Ok((shape.level)());
    }
    load::load(&db.acquire().await?, select, shape, most).await
}

/// Why there is not one row: because there are several, or none.
fn not_one(several: bool, select: &Arc<Select>, shape: &'static Shape) -> Error {
    let (statement, _) = sql::first_rows(select, shape, 2);
    let error = if several { Error::multiple_rows } else { Error::not_found };
    error((select.table)().model, statement.text())
}

/// The rows of a query on a connection.
pub(super) async fn rows_on<S: Selects>(
    connection: &Connection<'_>,
    select: &Arc<Select>,
) -> Result<Vec<S::Out>> {
    load::load(connection, select, S::SHAPE, None).await?.into_rows()
}

/// The row of a statement that has one at most.
async fn only_row(connection: &Connection<'_>, statement: &Statement) -> Result<Option<tokio_postgres::Row>> {
    let mut rows = connection.query(statement).await?;
    let mut only = None;
    while let Some(row) = rows.next().await? {
        only = Some(row);
    }
    Ok(only)
}
