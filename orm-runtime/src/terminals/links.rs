use futures_util::future::BoxFuture;

use crate::ast::Value;
use crate::error::{Error, Result};
use crate::exec::Executor;
use crate::schema::{ColumnDefault, Table};
use crate::sql::{self, Side, Statement};

/// A change of the links of one row, made when [`execute`](ChangeLinks::execute) is awaited.
#[must_use = "no link changes until `execute(&db)` is awaited"]
#[derive(Debug)]
pub struct ChangeLinks {
    change: Change,
}

#[derive(Debug)]
enum Change {
    /// There are no keys to be linked or unlinked.
    Nothing,
    /// The number of rows affected counts the links.
    Affected(Statement),
    /// The number returned counts the links.
    Counted(Statement),
    /// Why the third table cannot be written to.
    Refused(String),
}

impl ChangeLinks {
    pub(super) fn add(side: Option<Side>, keys: Option<Vec<Value>>) -> ChangeLinks {
        ChangeLinks::new(side, |side| match refusal(side) {
            Some(refusal) => Change::Refused(refusal),
            None => keys.map_or(Change::Nothing, |keys| Change::Affected(sql::add(side, &keys))),
        })
    }

    pub(super) fn remove(side: Option<Side>, keys: Option<Vec<Value>>) -> ChangeLinks {
        ChangeLinks::new(side, |side| {
            keys.map_or(Change::Nothing, |keys| Change::Affected(sql::remove(side, &keys)))
        })
    }

    pub(super) fn set(side: Option<Side>, keys: Option<Vec<Value>>) -> ChangeLinks {
        ChangeLinks::new(side, |side| match (refusal(side), keys) {
            (Some(refusal), _) => Change::Refused(refusal),
            (None, Some(keys)) => Change::Counted(sql::set(side, &keys)),
            (None, None) => Change::Affected(sql::clear(side)),
        })
    }

    pub(super) fn clear(side: Option<Side>) -> ChangeLinks {
        ChangeLinks::new(side, |side| Change::Affected(sql::clear(side)))
    }

    fn new(side: Option<Side>, change: impl FnOnce(&Side) -> Change) -> ChangeLinks {
        ChangeLinks { change: side.as_ref().map_or(Change::Nothing, change) }
    }

    /// Changes the links and says how many were changed.
    ///
    /// # Errors
    ///
    /// When the database cannot be reached or refuses, for example a key without a row:
    /// [`Error::is_foreign_key_violation`]. Before anything is sent, where links are to be inserted and the model
    /// between both has another required column, or may link the same rows twice.
    pub fn execute<'a, E: Executor>(&'a self, db: &'a E) -> BoxFuture<'a, Result<u64>> {
        Box::pin(async move {
            match &self.change {
                Change::Nothing => Ok(0),
                Change::Refused(message) => Err(Error::config(message.clone())),
                Change::Affected(statement) => {
                    let connection = db.acquire().await?;
                    let rows = connection.query(statement).await?;
                    rows.all_affected().await
                }
                Change::Counted(statement) => {
                    let connection = db.acquire().await?;
                    let mut rows = connection.query(statement).await?;
                    let mut changed = 0;
                    while let Some(row) = rows.next().await? {
                        let count: i64 = row.try_get(0).map_err(|error| {
                            Error::decode_value("count", error).with_sql(statement.text())
                        })?;
                        changed = count.unsigned_abs();
                    }
                    Ok(changed)
                }
            }
        })
    }
}

/// Why links cannot be inserted into the third table, if they cannot: it has a column that a link says nothing of, or
/// nothing that keeps a link from being there twice.
fn refusal(side: &Side) -> Option<String> {
    let Side { through, near, far, key: _ } = side;
    let Table { model, .. } = through;
    let required = |&column: &usize| {
        let data = &through.columns[column];
        !near.contains(&column)
            && !far.contains(&column)
            && !data.nullable
            && data.default == ColumnDefault::None
    };
    if let Some(column) = (0..through.columns.len()).find(required) {
        let field = through.columns[column].field;
        return Some(format!(
            "`{model}` has a required column `{field}`, so that a link is more than its two ends: create rows of \
             `{model}`"
        ));
    }
    let ends: Vec<usize> = near.iter().chain(*far).copied().collect();
    if through.unique_key(&ends).is_err() {
        return Some(format!(
            "`{model}` may link the same rows twice: declare {} its primary key, or `unique`",
            through.names(&ends)
        ));
    }
    None
}
