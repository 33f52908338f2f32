use crate::types::{ColumnType, Cursor, FieldType, Mismatch, SqlType};

/// What a row of raw SQL can be read as: a model, whose columns are found by their names, or by position a column's
/// value or a tuple of up to six.
#[diagnostic::on_unimplemented(
    message = "the rows of raw SQL cannot be read as `{Self}`",
    label = "neither a model, nor a column's value, nor a tuple of these values",
    note = "name a model such as `Order`, a type such as `i64` or `Option<String>`, or a tuple of up to six such types",
    note = "raw SQL loads no relations: a row type with loaded relations comes from a query set"
)]
pub trait FromRow: Sized + Send + 'static {
    /// The columns that are read, in the order in which `from_row` reads them.
    #[doc(hidden)]
    fn columns() -> Vec<ResultColumn>;
    /// Reads a row.
    ///
    /// # Errors
    ///
    /// When a column's bytes are not a value of its type.
    #[doc(hidden)]
    fn from_row(cursor: &mut Cursor<'_>) -> Result<Self, Mismatch>;
}

/// A column that is read from the rows of raw SQL.
#[derive(Debug, Clone, Copy)]
pub struct ResultColumn {
    /// The name by which it is found; `None` for one that is found by its position.
    pub name: Option<&'static str>,
    /// Its type.
    pub ty: &'static SqlType,
}

/// A column found by its position.
const fn unnamed<T: FieldType>() -> ResultColumn {
    ResultColumn { name: None, ty: <T::Base as ColumnType>::SQL }
}

#[diagnostic::do_not_recommend]
impl<T: FieldType> FromRow for T {
    fn columns() -> Vec<ResultColumn> {
        vec![unnamed::<T>()]
    }
    fn from_row(cursor: &mut Cursor<'_>) -> Result<Self, Mismatch> {
        cursor.read()
    }
}

macro_rules! tuples {
    ($(($($T:ident),+);)*) => { $(
        #[diagnostic::do_not_recommend]
        impl<$($T: FieldType),+> FromRow for ($($T,)+) {
            fn columns() -> Vec<ResultColumn> {
                vec![$(unnamed::<$T>()),+]
            }
            fn from_row(cursor: &mut Cursor<'_>) -> Result<Self, Mismatch> {
                Ok(($(cursor.read::<$T>()?,)+))
            }
        }
    )* };
}
tuples! {
    (A);
    (A, B);
    (A, B, C);
    (A, B, C, D);
    (A, B, C, D, E);
    (A, B, C, D, E, F);
}

/// The columns of a table, found by their names: what a model reads.
pub fn named_columns(table: &'static crate::schema::Table) -> Vec<ResultColumn> {
    table.columns.iter().map(|column| ResultColumn { name: Some(column.name), ty: column.ty }).collect()
}
