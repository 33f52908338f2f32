use std::fmt::Debug;
use std::net::IpAddr;

use tokio_postgres::types::{FromSql, ToSql, Type};

use super::{Cursor, FieldType, Mismatch, Nullability};

/// A PostgreSQL type: its name in `CREATE TABLE`, and how its values travel.
#[derive(Debug)]
pub enum SqlType {
    /// A type known to every server, sent and received in its binary form.
    Builtin {
        /// The name in `CREATE TABLE`: `bigint`.
        name: &'static str,
        /// The type of one value.
        wire: Type,
        /// The type of an array of values.
        array: Type,
    },
    /// An enum made by `CREATE TYPE`. Its values travel as text, with a cast in the statement.
    Enum {
        /// The type's name, unquoted.
        name: &'static str,
        /// The labels in their order.
        labels: &'static [&'static str],
    },
    /// An array of another type.
    Array(&'static SqlType),
}

impl SqlType {
    /// The type that a value has on the wire.
    pub fn wire(&self) -> Type {
        match self {
            SqlType::Builtin { wire, .. } => wire.clone(),
            SqlType::Enum { .. } => Type::TEXT,
            SqlType::Array(element) => element.array(),
        }
    }

    /// The type that an array of such values has on the wire.
    ///
    /// PostgreSQL has no arrays of arrays: an array of any depth has the type of its element's array.
    pub fn array(&self) -> Type {
        match self {
            SqlType::Builtin { array, .. } => array.clone(),
            SqlType::Enum { .. } => Type::TEXT_ARRAY,
            SqlType::Array(element) => element.array(),
        }
    }

    /// Whether values travel as text and need a cast.
    pub fn travels_as_text(&self) -> bool {
        match self {
            SqlType::Builtin { .. } => false,
            SqlType::Enum { .. } => true,
            SqlType::Array(element) => element.travels_as_text(),
        }
    }
}

/// A Rust type that a column can hold.
///
/// Implemented for `bool`, `i16`, `i32`, `i64`, `f32`, `f64`, `String`, `Vec<u8>`, `IpAddr`, for `Vec<T>` of
/// these (an array), and behind features for the types of `chrono`, `time`, `jiff`, `uuid`, `rust_decimal` and
/// `serde_json`. `#[derive(Enum)]` implements it for an enum of your own.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a type that a column can have",
    label = "not a column type",
    note = "columns are `bool`, `i16`, `i32`, `i64`, `f32`, `f64`, `String`, `Vec<u8>`, `Vec<_>` and `Option<_>` of these, and the types behind features such as `chrono` and `uuid`",
    note = "for an enum of your own, add `#[derive(Enum)]` to it"
)]
pub trait ColumnType: ToSql + for<'a> FromSql<'a> + Clone + Debug + Send + Sync + 'static {
    /// The PostgreSQL type.
    const SQL: &'static SqlType;
    /// The type of such a column reached over something of nullability `N`: `N::Wrap<Self>`.
    type Under<N: Nullability>: FieldType<Base = Self>;

    /// Reads the next column of a row as a field of this type.
    ///
    /// # Errors
    ///
    /// When its bytes are not a value of this type.
    #[doc(hidden)]
    #[inline]
    fn read(cursor: &mut Cursor<'_>) -> Result<Self, Mismatch> {
        cursor.read()
    }

    /// Reads the next column of a row as a field of type `Option<Self>`.
    ///
    /// # Errors
    ///
    /// When its bytes are not a value of this type.
    #[doc(hidden)]
    #[inline]
    fn read_nullable(cursor: &mut Cursor<'_>) -> Result<Option<Self>, Mismatch> {
        cursor.read()
    }

    /// Reads a value from its bytes on the wire.
    ///
    /// # Errors
    ///
    /// When they are not a value of this type.
    #[doc(hidden)]
    fn decode(bytes: &[u8]) -> Result<Self, Mismatch> {
        match Self::SQL {
            SqlType::Builtin { wire, .. } => Self::from_sql(wire, bytes),
            other => Self::from_sql(&other.wire(), bytes),
        }
        .map_err(Mismatch)
    }

    /// The value of a field of this type as a parameter.
    #[doc(hidden)]
    fn as_sql(&self) -> &(dyn ToSql + Sync) {
        self
    }

    /// The value of a field of type `Option<Self>` as a parameter.
    #[doc(hidden)]
    fn nullable_as_sql(value: &Option<Self>) -> &(dyn ToSql + Sync) {
        value
    }
}

/// A column type that can also be the element of an array.
#[diagnostic::on_unimplemented(
    message = "PostgreSQL has no arrays of `{Self}`",
    label = "cannot be the element of an array",
    note = "an array column is compared with `==`; for several values combine comparisons with `||`"
)]
pub trait ArrayElement: ColumnType {}

#[diagnostic::do_not_recommend]
impl<T: ArrayElement> ColumnType for Vec<T> {
    const SQL: &'static SqlType = &SqlType::Array(T::SQL);
    type Under<N: Nullability> = N::Wrap<Self>;
}

/// Implements [`ColumnType`] for types with a built-in PostgreSQL type, read by the driver or by a function of
/// [`decode`](super::decode).
macro_rules! builtin {
    ($($ty:ty => $name:literal $wire:ident $array:ident $($decode:ident)?;)*) => { $(
        #[diagnostic::do_not_recommend]
        impl $crate::types::ColumnType for $ty {
            const SQL: &'static $crate::types::SqlType = &$crate::types::SqlType::Builtin {
                name: $name,
                wire: tokio_postgres::types::Type::$wire,
                array: tokio_postgres::types::Type::$array,
            };
            type Under<N: $crate::types::Nullability> = N::Wrap<Self>;
            $(
                #[inline]
                fn decode(bytes: &[u8]) -> Result<Self, $crate::types::Mismatch> {
                    $crate::types::decode::$decode(bytes)
                }
            )?
        }
        impl $crate::types::ArrayElement for $ty {}
        $crate::__own_value!($ty);
    )* };
}
#[cfg(any(feature = "chrono", feature = "time", feature = "jiff"))]
pub(super) use builtin;

builtin! {
    bool => "boolean" BOOL BOOL_ARRAY bool;
    i16 => "smallint" INT2 INT2_ARRAY i16;
    i32 => "integer" INT4 INT4_ARRAY i32;
    i64 => "bigint" INT8 INT8_ARRAY i64;
    f32 => "real" FLOAT4 FLOAT4_ARRAY f32;
    f64 => "double precision" FLOAT8 FLOAT8_ARRAY f64;
    String => "text" TEXT TEXT_ARRAY text;
    IpAddr => "inet" INET INET_ARRAY;
}

#[diagnostic::do_not_recommend]
impl ColumnType for Vec<u8> {
    const SQL: &'static SqlType =
        &SqlType::Builtin { name: "bytea", wire: Type::BYTEA, array: Type::BYTEA_ARRAY };
    type Under<N: Nullability> = N::Wrap<Self>;
}
impl ArrayElement for Vec<u8> {}
crate::__own_operand!([] Vec<u8>);
crate::__own_operand!([T: ArrayElement] Vec<T>);

#[cfg(feature = "uuid")]
builtin! { uuid::Uuid => "uuid" UUID UUID_ARRAY uuid; }
#[cfg(feature = "rust_decimal")]
builtin! { rust_decimal::Decimal => "numeric" NUMERIC NUMERIC_ARRAY; }
#[cfg(feature = "serde_json")]
builtin! { serde_json::Value => "jsonb" JSONB JSONB_ARRAY; }
