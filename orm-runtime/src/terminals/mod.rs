//! The methods that run a query: the only place where building and I/O meet.

mod batch;
mod bulk_create;
mod bulk_update;
mod create;
mod instance;
mod lazy;
mod read;
mod row_values;
mod tables;
mod write;

pub use bulk_create::BulkCreate;
pub use create::execute_create;
pub use instance::Instance;
pub use lazy::Lazy;
pub use tables::create_tables_sql;
