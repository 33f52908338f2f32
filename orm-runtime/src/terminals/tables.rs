use crate::error::{Error, Result};
use crate::exec::Db;
use crate::schema::Table;
use crate::sql;

impl Db {
    /// Creates the tables of `models`, with their constraints and indexes, and the enum types and schemas they
    /// need: all or nothing, in one transaction. Tables may refer to each other in any way, in a circle too. Types that
    /// exist already are left as they are.
    ///
    /// `db.create_tables(models![User, Order, Product])`
    ///
    /// # Errors
    ///
    /// When a table exists already, or refers to one that is neither among `models` nor in the database; when two models have
    /// different columns for one table, or two enums of one name different labels.
    pub async fn create_tables(&self, models: impl AsRef<[&'static Table]>) -> Result<()> {
        if let Some(contradiction) = sql::contradiction(models.as_ref()) {
            return Err(Error::config(contradiction));
        }
        let script = sql::create_tables(models.as_ref());
        if script.is_empty() {
            return Ok(());
        }
        let transaction = self.begin().await?;
        transaction.batch_execute(&script).await?;
        transaction.commit().await
    }
}

/// The script that [`Db::create_tables`] runs, to be read or kept in a file.
pub fn create_tables_sql(models: impl AsRef<[&'static Table]>) -> String {
    sql::create_tables(models.as_ref())
}
