use tokio_postgres::types::ToSql;

use super::Model;

/// The columns of a new row. Implemented for the generated `Create` struct of each model.
pub trait Insert: Send + Sync {
    /// The model.
    type Model: Model;
    /// Gives each column that was set to `values`.
    fn values(&self, values: &mut dyn Values);
}

/// Takes the values of a row's columns, one after another.
pub trait Values {
    /// The value of the column at position `column` of the table.
    fn put(&mut self, column: usize, value: &(dyn ToSql + Sync));
}
