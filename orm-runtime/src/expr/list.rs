use crate::types::{ColumnType, ToValue};

/// What [`is_in`](super::Expr::is_in) takes: anything that iterates over values that fit a column of type `B`.
///
/// - `B`: the column's type, without `Option`.
#[diagnostic::on_unimplemented(
    message = "a column of type `{B}` cannot be looked for in `{Self}`",
    label = "expected a list of values of type `{B}`",
    note = "pass an array, a slice, a `Vec` or another collection of such values"
)]
pub trait List<B: ColumnType> {
    /// The values without NULLs, and whether there was a NULL among them.
    #[doc(hidden)]
    fn into_values(self) -> (Vec<B>, bool);
}

#[diagnostic::do_not_recommend]
impl<B: ColumnType, I: IntoIterator<Item: ToValue<B>>> List<B> for I {
    fn into_values(self) -> (Vec<B>, bool) {
        let mut null = false;
        let values = self
            .into_iter()
            .filter_map(|value| {
                let value = value.to_value();
                null |= value.is_none();
                value
            })
            .collect();
        (values, null)
    }
}
