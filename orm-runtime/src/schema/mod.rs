//! Tables as data: what `#[derive(Model)]` says of a model, for the code that writes SQL.

mod path;
mod quoted;
mod table;
mod unique;

pub use path::PathNode;
pub use quoted::Quoted;
pub use table::{Column, ColumnDefault, Index, OnDelete, Relation, RelationKind, Table};
