//! Query sets: lazy queries with the type of their rows.

mod build;
mod load;
mod paths;
mod query_set;
mod slice;
mod state;
mod write;

pub use build::{
    Source, create, exclude, fields, filter, order_by, prefetch_related, select_related, source, temporary,
};
pub use load::{IsRelation, Prefetch, SelectRelated};
pub use paths::{LoadPaths, PrefetchPaths};
pub use query_set::QuerySet;
pub use slice::{Slice, slice};
pub use state::{Refinable, Sliced, State, Whole};
pub use write::{
    BulkUpdate, Delete, Returning, Update, Writable, Writing, Written, bulk_update, delete, own_fields,
    returning, returning_rows, update, writing,
};
