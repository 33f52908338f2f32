use std::any::Any;

use super::{Insert, Key, KnownColumns, Names, Path, Shape, Stored, Values};
use crate::schema::Table;
use crate::types::{Cursor, Mismatch};

/// A struct that stands for a table. Implemented by `#[derive(Model)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a model",
    label = "not a model",
    note = "add `#[derive(Model)]` to it"
)]
pub trait Model: Row<Model = Self> + Sync {
    /// The columns and relations at the end of the path `P`: one method each.
    type Fields<P: Path>: super::Fields<Path = P>;
    /// The relations by name, for `loaded!` and for the other side of a relation.
    type Relations: Names;
    /// The row type in which every relation is assumed to be loaded: what an accessor returns after the one error
    /// that says that it was not.
    type Assumed: 'static;
    /// The primary key: one column's type, or a tuple.
    type Key: Key;
    /// The required columns of a new row.
    type New: Into<Self::Create>;
    /// A new row: the required columns, and the optional ones that were set.
    type Create: Insert<Model = Self>;
    /// The type of [`QuerySet`](crate::queryset::QuerySet) of all rows.
    #[doc(hidden)]
    type Objects;
    /// The columns and unique keys, for the compiler.
    #[doc(hidden)]
    const COLUMNS: &'static KnownColumns;
    /// The table as data.
    fn table() -> &'static Table;
    /// The row's primary key.
    fn key(&self) -> Self::Key;
    /// Gives each column to `values`.
    #[doc(hidden)]
    fn values(&self, values: &mut dyn Values);
    /// What `query!` starts a chain with.
    #[doc(hidden)]
    fn objects() -> Self::Objects;
}

/// A row type: a model alone (`Order`), or with relations loaded (`OrderWith<User>`).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a model, nor a model with loaded relations",
    label = "not a row type",
    note = "add `#[derive(Model)]` to it, or name a row type with `loaded!(Model {{ relation }})`"
)]
pub trait Row: RowType + Sized + Send + 'static {
    /// The model of the row.
    type Model: Model;
    /// What a query on such rows can filter and order by.
    type Scope: Default;
    /// What is loaded, as data.
    const SHAPE: &'static Shape;
    /// How many columns of the statement make one row.
    const WIDTH: usize;
    /// How many to-many slots the row has, those of its to-one rows included.
    const MANY: usize;
    /// Reads a row; its to-many slots are empty.
    ///
    /// # Errors
    ///
    /// When a column's bytes are not a value of the field's type.
    fn decode(cursor: &mut Cursor<'_>) -> Result<Self, Mismatch>;
    /// Moves `children`, a `Vec` of the right rows, into to-many slot number `slot`. Where the row has fewer,
    /// returns how many are left to count.
    fn fill(&mut self, slot: usize, children: &mut dyn Any) -> Option<usize>;
    /// The row without what was loaded beside it.
    fn model(&self) -> &Self::Model;
    /// The same, to be changed.
    fn model_mut(&mut self) -> &mut Self::Model;
}

/// A row type, whatever its slots hold: what an accessor asks, since asking for [`Row`] would ask for that of every
/// slot too.
pub trait RowType {}

/// The place of the relation `R` in a row type.
///
/// - `R`: the relation.
pub trait Slot<R>: Row {
    /// What it holds: `()` where the relation is not loaded.
    type Value;
    /// The row type with `X` there instead.
    type Set<X: Stored>: Row;
}
