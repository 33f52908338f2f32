//! The methods that run a query: the only place where building and I/O meet.

mod batch;
mod bulk_create;
mod bulk_update;
mod conflict;
mod copy_in;
mod create;
mod explain;
mod get_or_create;
mod instance;
mod lazy;
mod links;
mod load_into;
mod page;
mod page_cursor;
#[cfg(feature = "serde_json")]
mod plan;
mod read;
mod related;
mod row_values;
mod stream;
mod tables;
mod update_or_create;
mod upsert;
mod write;

pub use bulk_create::{BulkCreate, Fails};
pub use conflict::{DoNothing, DoUpdate, OnConflict};
pub use copy_in::CopyIn;
pub use create::execute_create;
pub use explain::Explain;
pub use get_or_create::{GetOrCreate, get_or_create};
pub use instance::Instance;
pub use lazy::Lazy;
pub use links::ChangeLinks;
pub use page::Page;
pub use page_cursor::PageCursor;
#[cfg(feature = "serde_json")]
pub use plan::{Plan, PlanNode};
pub use related::{ManyOf, Related, RelatedRows};
pub use stream::RowStream;
pub use tables::create_tables_sql;
pub use update_or_create::{UpdateOrCreate, update_or_create};
