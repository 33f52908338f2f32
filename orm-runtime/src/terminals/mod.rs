//! The methods that run a query: the only place where building and I/O meet.

mod batch;
mod bulk_create;
mod create;
mod lazy;
mod read;
mod tables;

pub use bulk_create::BulkCreate;
pub use create::execute_create;
pub use lazy::Lazy;
pub use tables::create_tables_sql;
