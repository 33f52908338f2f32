//! Types, query building and execution behind the `orm` crate. Depend on `orm`, not on this crate.
//!
//! Lower modules never use higher ones: `error`, `types`, `schema`, `ast`, `model`, `expr` and `queryset` build a
//! query; `sql` writes it, `exec` runs it, `load` stitches its rows; `terminals` is where the two sides meet.

pub mod ast;
mod error;
mod exec;
pub mod expr;
mod load;
pub mod model;
pub mod queryset;
pub mod schema;
mod sql;
mod terminals;
#[cfg(feature = "testing")]
pub mod testing;
pub mod types;

pub use error::{Error, Result};
pub use exec::{
    Connection, Db, DbBuilder, Executor, IsolationLevel, LoggedQuery, PoolStatus, QueryEvent, QueryLog,
    Transaction, TransactionBuilder,
};
pub use sql::Statement;
pub use terminals::{BulkCreate, Lazy, create_tables_sql, execute_create};
pub use types::Param;
