use crate::ast::Value;
use crate::types::{ColumnType, Cursor, Mismatch};

/// The primary key of a model: a column's type, or a tuple of them in the order of the fields.
pub trait Key: Clone + Send + Sync + 'static {
    /// For each column the array of the values in `keys`.
    #[doc(hidden)]
    fn arrays(keys: &[Self]) -> Vec<Value>;
    /// The value of each column.
    #[doc(hidden)]
    fn values(&self) -> Vec<Value>;
    /// Reads a key, column by column.
    #[doc(hidden)]
    fn decode(cursor: &mut Cursor<'_>) -> Result<Self, Mismatch>;
}

#[diagnostic::do_not_recommend]
impl<T: ColumnType> Key for T {
    fn arrays(keys: &[T]) -> Vec<Value> {
        vec![Value::array(keys.to_vec())]
    }
    fn values(&self) -> Vec<Value> {
        vec![Value::one(self.clone())]
    }
    fn decode(cursor: &mut Cursor<'_>) -> Result<T, Mismatch> {
        cursor.read()
    }
}

macro_rules! composite {
    ($($T:ident $i:tt),+) => {
        #[diagnostic::do_not_recommend]
        impl<$($T: ColumnType),+> Key for ($($T,)+) {
            fn arrays(keys: &[Self]) -> Vec<Value> {
                vec![$(Value::array(keys.iter().map(|key| key.$i.clone()).collect::<Vec<$T>>())),+]
            }
            fn values(&self) -> Vec<Value> {
                vec![$(Value::one(self.$i.clone())),+]
            }
            fn decode(cursor: &mut Cursor<'_>) -> Result<Self, Mismatch> {
                Ok(($(cursor.read::<$T>()?,)+))
            }
        }
    };
}
composite!(A 0, B 1);
composite!(A 0, B 1, C 2);
composite!(A 0, B 1, C 2, D 3);

/// The type of a foreign key to a model whose primary key has type `K`: the same.
///
/// - `K`: the type of the primary key.
#[diagnostic::on_unimplemented(
    message = "a foreign key of type `{Self}` cannot refer to a primary key of type `{K}`",
    label = "the other model's primary key has type `{K}`",
    note = "give the field the type of the other model's primary key, or an `Option` of it"
)]
pub trait ForeignKey<K> {
    /// Asks the compiler whether this is so.
    fn check() {}
}

#[diagnostic::do_not_recommend]
impl<K> ForeignKey<K> for K {}
