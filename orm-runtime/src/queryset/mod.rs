//! Query sets: lazy queries with the type of their rows.

mod build;
mod declared;
mod load;
mod lock;
mod lock_paths;
mod named;
mod paths;
mod query_set;
mod refine;
mod slice;
mod state;
mod subquery;
mod values;
mod write;

pub use build::{
    Source, create, exclude, fields, filter, order_by, prefetch_related, select_related, source, taken,
    temporary,
};
pub use declared::{Around, AroundValues, FieldValue, Fits, annotate_declared, fits};
pub use load::{IsRelation, Prefetch, SelectRelated};
pub use lock::{no_key, nowait, of, select_for_key_share, select_for_share, select_for_update, skip_locked};
pub use lock_paths::{LockPath, LockPaths, Required};
pub use named::{OneToMany, Related, prefetch_named, related, related_by};
pub use paths::{LoadPaths, PrefetchPaths};
pub use query_set::QuerySet;
pub use refine::distinct_on;
pub use slice::{Slice, slice};
pub use state::{
    Aggregated, Countable, Lockable, Locked, Locking, NotWaiting, ReadOnly, Refinable, Sliced, State,
    Undecided, Unlocked, Waiting, Whole,
};
pub use subquery::{Outer, exists_in, outer, subquery};
pub use values::{
    Free, IsFree, RowValue, TotalValue, ValueList, aggregate, alias, annotate, free, group_by, output, total,
    value, values, values_list,
};
pub use write::{
    BulkUpdate, Delete, Returning, Update, Writable, Writing, Written, bulk_update, delete, own_fields,
    returning, returning_rows, update, writing,
};
