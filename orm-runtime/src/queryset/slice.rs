use std::ops::{Range, RangeFrom, RangeFull, RangeInclusive, RangeTo, RangeToInclusive};

use super::{QuerySet, State};
use crate::model::{Model, Selects};

/// A range of rows by their position: `..20`, `20..40`, `40..`.
#[diagnostic::on_unimplemented(
    message = "a query set is sliced by a range of `usize`, and this is `{Self}`",
    label = "expected a range of `usize`",
    note = "write `[..20]`, `[20..40]` or `[40..]`; for one row use `[n..][..1]`, or `.first(&db)`"
)]
pub trait Slice {
    /// The first row, and the one after the last.
    #[doc(hidden)]
    fn bounds(self) -> (u64, Option<u64>);
}

macro_rules! ranges {
    ($($range:ty: $self:ident => $bounds:expr;)*) => { $(
        impl Slice for $range {
            fn bounds($self) -> (u64, Option<u64>) {
                $bounds
            }
        }
    )* };
}
ranges! {
    Range<usize>: self => (self.start as u64, Some(self.end as u64));
    RangeInclusive<usize>: self => (*self.start() as u64, Some((*self.end() as u64).saturating_add(1)));
    RangeFrom<usize>: self => (self.start as u64, None);
    RangeTo<usize>: self => (0, Some(self.end as u64));
    RangeToInclusive<usize>: self => (0, Some((self.end as u64).saturating_add(1)));
    RangeFull: self => (0, None);
}

/// What `query!` writes for `[range]`: `LIMIT` and `OFFSET`, as literals, which PostgreSQL plans better than
/// parameters. A slice of a slice counts from the first one's start.
pub fn slice<M: Model, S: Selects<Model = M>, St: State, R: Slice>(
    mut query: QuerySet<M, S, St>,
    range: R,
) -> QuerySet<M, S, St::Sliced> {
    let (start, end) = range.bounds();
    query.select_mut().slice(start, end);
    query.retyped()
}
