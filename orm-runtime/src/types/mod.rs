//! What a column can hold, in Rust and in PostgreSQL.

mod column_type;
mod cursor;
mod decode;
mod encoded;
mod field_type;
mod fits;
mod param;

#[cfg(any(feature = "chrono", feature = "time", feature = "jiff"))]
mod temporal;
mod value;

pub use column_type::{ArrayElement, ColumnType, SqlType};
pub use cursor::Cursor;
pub(crate) use cursor::bytes;
pub(crate) use encoded::{ElementBytes, Elements, Encoded, EncodedArray};
pub use field_type::{FieldType, Mismatch, NonNull, Null, Nullability, Nullable, Wrap};
pub use param::Param;
pub use value::{Assign, ToValue};
