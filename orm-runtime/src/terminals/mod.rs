//! The methods that run a query: the only place where building and I/O meet.

mod batch;
mod bulk_create;
mod conflict;
mod copy_in;
mod create;
mod get_or_create;
mod lazy;
mod links;
mod read;
mod related;
mod tables;
mod update_or_create;
mod upsert;

pub use bulk_create::{BulkCreate, Fails};
pub use conflict::{DoNothing, DoUpdate, OnConflict};
pub use copy_in::CopyIn;
pub use create::execute_create;
pub use get_or_create::{GetOrCreate, get_or_create};
pub use lazy::Lazy;
pub use links::ChangeLinks;
pub use related::{ManyOf, Related, RelatedRows};
pub use tables::create_tables_sql;
pub use update_or_create::{UpdateOrCreate, update_or_create};
