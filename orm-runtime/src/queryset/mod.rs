//! Query sets: lazy queries with the type of their rows.

mod build;
mod queryset;
mod slice;
mod state;
mod typed_arguments;

pub use build::{create, exclude, fields, filter, order_by, prefetch_related, select_related};
pub use queryset::QuerySet;
pub use slice::{Slice, slice};
pub use state::{Refinable, Sliced, State, Whole};
pub use typed_arguments::{LoadPaths, PrefetchPaths};
