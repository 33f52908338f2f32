//! What `#[derive(Model)]` implements: a model, its relations, and the row types that hold what a query loaded.

mod access;
mod annotated;
mod carried;
mod from_row;
mod insert;
mod key;
mod kind;
mod lens;
mod level;
mod names;
mod path;
mod projection;
mod relation;
mod row;
mod selects;
mod shape;
mod stored;
mod unique;
mod values;

pub use access::{Access, Assumed, Filled, NotLoaded, not_loaded};
pub use annotated::{Aliased, Annotated, Annotation};
pub use carried::{CloneRow, DebugRow, EqRow};
pub use from_row::{FromRow, ResultColumn, named_columns};
pub use insert::{Insert, Values};
pub use key::{ForeignKey, Key};
pub use kind::{ExactlyOne, Kind, Many, OneOrNone};
pub use lens::{Fields, Lens, Nonempty, ToOne};
pub(crate) use level::Level;
pub use level::{Children, new_level};
pub use names::{Load, LoadList, Name, Names, With};
pub use path::{Multiplicity, One, OverMany, Path, Root, Several, SingleValued, To, ToManyPath, Windowed};
pub use projection::{Nested, Projected, Projection, ProjectionOf, projection_shape};
pub use relation::{
    At, Declared, Linked, Links, ManyToMany, Mirrored, Mirrors, Rel, Relation, links, mirrors,
};
pub use row::{Model, Row, RowType, Slot};
pub use selects::{Selects, WholeRows};
pub use shape::Shape;
pub use stored::{Holds, Stored};
pub use unique::{KnownColumns, KnownField, lookup_key, required_columns, unique_key};
pub use values::{Group, Grouped, LastNames, NoNames, Record, Records, Tuple, ValuesList};
