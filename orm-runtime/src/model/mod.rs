//! What `#[derive(Model)]` implements: a model, its relations, and the row types that hold what a query loaded.

mod access;
mod carried;
mod insert;
mod key;
mod kind;
mod lens;
mod level;
mod names;
mod path;
mod relation;
mod row;
mod stored;
mod unique;

pub use access::{Access, Assumed, Filled, NotLoaded, not_loaded};
pub use carried::{CloneRow, DebugRow, EqRow};
pub use insert::{Insert, Values};
pub use key::{ForeignKey, Key};
pub use kind::{ExactlyOne, Kind, Many, OneOrNone};
pub use lens::{Fields, Lens, Nonempty, ToOne};
pub(crate) use level::Level;
pub use level::{Children, new_level};
pub use names::{Load, LoadList, Name, Names, With};
pub use path::{Path, Root, SingleValued, To, ToManyPath};
pub use relation::{
    At, Declared, Linked, Links, ManyToMany, Mirrored, Mirrors, Rel, Relation, links, mirrors,
};
pub use row::{Model, Row, RowType, Shape, Slot};
pub use stored::{Holds, Stored};
pub use unique::{KnownColumns, KnownField, lookup_key, required_columns, unique_key};
