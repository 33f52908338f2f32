//! Query sets: lazy queries with the type of their rows.

mod build;
mod load;
mod lock;
mod lock_paths;
mod paths;
mod query_set;
mod slice;
mod state;

pub use build::{
    Source, create, exclude, fields, filter, order_by, prefetch_related, select_related, source, temporary,
};
pub use load::{IsRelation, Prefetch, SelectRelated};
pub use lock::{no_key, nowait, of, select_for_key_share, select_for_share, select_for_update, skip_locked};
pub use lock_paths::{LockPath, LockPaths, Required};
pub use paths::{LoadPaths, PrefetchPaths};
pub use query_set::QuerySet;
pub use slice::{Slice, slice};
pub use state::{
    Countable, Lockable, Locked, Locking, NotWaiting, Refinable, Sliced, State, Undecided, Unlocked, Waiting,
    Whole,
};
