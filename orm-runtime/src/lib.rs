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
#[doc(hidden)]
pub mod serialize;
mod sql;
mod terminals;
#[cfg(feature = "testing")]
pub mod testing;
mod tuples;
pub mod types;

pub use error::{Error, Result};
pub use exec::{
    Connection, Db, DbBuilder, Executor, IsolationLevel, LoggedQuery, PoolStatus, QueryEvent, QueryLog,
    Retry, Runs, Transaction, TransactionBuilder,
};
pub use sql::Statement;
pub use terminals::{
    BulkCreate, ChangeLinks, CopyIn, DoNothing, DoUpdate, Explain, Fails, GetOrCreate, Instance, Lazy,
    ManyOf, OnConflict, Page, PageCursor, Related, RelatedRows, RowStream, UpdateOrCreate, create_tables_sql,
    execute_create, get_or_create, update_or_create,
};
#[cfg(feature = "serde_json")]
pub use terminals::{Plan, PlanNode};
pub use types::Param;

/// The crates whose types columns can have, in the versions that are used here.
pub mod crates {
    #[cfg(feature = "chrono")]
    pub use chrono;
    #[cfg(feature = "jiff")]
    pub use jiff;
    #[cfg(feature = "rust_decimal")]
    pub use rust_decimal;
    #[cfg(feature = "serde_json")]
    pub use serde_json;
    #[cfg(feature = "time")]
    pub use time;
    #[cfg(feature = "uuid")]
    pub use uuid;
}

/// The functions of SQL, and the types and traits behind them.
pub mod functions {
    pub use crate::expr::functions::*;
}

/// What generated code needs of the crates below.
#[doc(hidden)]
pub mod wire {
    pub use bytes::BytesMut;
    pub use futures_util::future::BoxFuture;
    pub use tokio_postgres::types::{FromSql, IsNull, ToSql, Type as PgType};
    use tokio_postgres::types::{Kind, WrongType};

    /// The error of a conversion.
    pub type BoxError = Box<dyn std::error::Error + Sync + Send>;

    /// Writes `value`, once its type was found to fit: a `ToSql::to_sql_checked`.
    ///
    /// # Errors
    ///
    /// When the type does not fit, or the value has no form in it.
    pub fn to_sql_checked<T: ToSql>(value: &T, ty: &PgType, out: &mut BytesMut) -> Result<IsNull, BoxError> {
        if !T::accepts(ty) {
            return Err(WrongType::new::<T>(ty.clone()).into());
        }
        value.to_sql(ty, out)
    }

    /// Whether a label is a value of the type: one of an enum, or a text.
    pub fn takes_labels(ty: &PgType) -> bool {
        *ty == PgType::TEXT || matches!(ty.kind(), Kind::Enum(_))
    }

    /// The error of a label that no variant of an enum has.
    pub fn unknown_label(name: &str, label: &[u8]) -> BoxError {
        format!("`{name}` has no variant for the label {:?}", String::from_utf8_lossy(label)).into()
    }
}
