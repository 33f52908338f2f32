//! The methods that run a query: the only place where building and I/O meet.

mod batch;
mod bulk_create;
mod bulk_update;
mod create;
mod explain;
mod instance;
mod lazy;
#[cfg(feature = "serde_json")]
mod plan;
mod read;
mod row_values;
mod stream;
mod tables;
mod write;

pub use bulk_create::BulkCreate;
pub use create::execute_create;
pub use explain::Explain;
pub use instance::Instance;
pub use lazy::Lazy;
#[cfg(feature = "serde_json")]
pub use plan::{Plan, PlanNode};
pub use stream::RowStream;
pub use tables::create_tables_sql;
