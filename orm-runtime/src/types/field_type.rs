use std::error::Error as StdError;
use std::fmt;

use super::{ColumnType, Param};

/// Whether something can be NULL, as a type: [`NonNull`] or [`Null`].
pub trait Nullability: 'static {
    /// `T` where it cannot be NULL, `Option<T>` where it can.
    type Wrap<T: ColumnType>: FieldType<Base = T, Null = Self>;
    /// This, or NULL after all because of `N`.
    type Or<N: Nullability>: Nullability;
    /// This, unless `N` is not NULL.
    type And<N: Nullability>: Nullability;
    /// Whether this is [`Null`].
    const NULLABLE: bool;
}

/// Cannot be NULL.
#[derive(Debug)]
pub struct NonNull;

/// Can be NULL.
#[derive(Debug)]
pub struct Null;

impl Nullability for NonNull {
    type Wrap<T: ColumnType> = T;
    type Or<N: Nullability> = N;
    type And<N: Nullability> = NonNull;
    const NULLABLE: bool = false;
}

impl Nullability for Null {
    type Wrap<T: ColumnType> = Option<T>;
    type Or<N: Nullability> = Null;
    type And<N: Nullability> = N;
    const NULLABLE: bool = true;
}

/// The type of a value of base type `T` reached over something of nullability `N`.
pub type Wrap<N, T> = <N as Nullability>::Wrap<T>;

/// The type of a field: a [`ColumnType`], or an `Option` of one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a type that a column can have",
    label = "not a column type",
    note = "columns are `bool`, `i16`, `i32`, `i64`, `f32`, `f64`, `String`, `Vec<u8>`, `Vec<_>` and `Option<_>` of these, and the types behind features such as `chrono` and `uuid`",
    note = "for an enum of your own, add `#[derive(Enum)]` to it"
)]
pub trait FieldType: Sized + Send + Sync + 'static {
    /// The type without its `Option`.
    type Base: ColumnType;
    /// Whether it has one.
    type Null: Nullability;
    /// Reads a value from its bytes on the wire; `None` is NULL.
    fn from_wire(bytes: Option<&[u8]>) -> Result<Self, Mismatch>;
    /// The value as a parameter; `None` is NULL.
    #[doc(hidden)]
    fn into_param(self) -> Param;
}

#[diagnostic::do_not_recommend]
impl<T: ColumnType> FieldType for T {
    type Base = T;
    type Null = NonNull;
    #[inline]
    fn from_wire(bytes: Option<&[u8]>) -> Result<Self, Mismatch> {
        match bytes {
            Some(bytes) => T::decode(bytes),
            None => Err(unexpected_null()),
        }
    }
    fn into_param(self) -> Param {
        Param::new(T::SQL.wire(), self)
    }
}

#[diagnostic::do_not_recommend]
impl<T: ColumnType> FieldType for Option<T> {
    type Base = T;
    type Null = Null;
    #[inline]
    fn from_wire(bytes: Option<&[u8]>) -> Result<Self, Mismatch> {
        bytes.map(T::decode).transpose()
    }
    fn into_param(self) -> Param {
        Param::new(T::SQL.wire(), self)
    }
}

#[cold]
fn unexpected_null() -> Mismatch {
    Mismatch("it is NULL, and the field is not an `Option`".into())
}

/// Why the bytes of a column are not a value of the field's type.
#[derive(Debug)]
pub struct Mismatch(pub(crate) Box<dyn StdError + Send + Sync>);

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl StdError for Mismatch {}

/// The type of a column that can be NULL.
#[diagnostic::on_unimplemented(
    message = "this column is never NULL: its type is `{Self}`, not `Option<{Self}>`",
    label = "never NULL",
    note = "leave the condition out, or declare the field as `Option<{Self}>` if the column can be NULL"
)]
pub trait Nullable {}

impl<T> Nullable for Option<T> {}
