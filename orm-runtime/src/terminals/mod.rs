//! The methods that run a query: the only place where building and I/O meet.

mod batch;
mod bulk_create;
mod create;
mod explain;
mod lazy;
#[cfg(feature = "serde_json")]
mod plan;
mod read;
mod stream;
mod tables;

pub use bulk_create::BulkCreate;
pub use create::execute_create;
pub use explain::Explain;
pub use lazy::Lazy;
#[cfg(feature = "serde_json")]
pub use plan::{Plan, PlanNode};
pub use stream::RowStream;
pub use tables::create_tables_sql;
