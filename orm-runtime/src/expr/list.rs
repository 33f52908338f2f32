use crate::ast;
use crate::types::{ColumnType, ToValue};

/// What [`is_in`](super::Expr::is_in) takes: anything that iterates over values that fit a column of type `B`.
///
/// - `B`: the column's type, without `Option`.
#[diagnostic::on_unimplemented(
    message = "a column of type `{B}` cannot be looked for in `{Self}`",
    label = "expected a list of values of type `{B}`",
    note = "pass an array, a slice, a `Vec` or another collection of such values, or a query of one: `query!(User.values_list(.id))`"
)]
pub trait List<B: ColumnType> {
    /// The condition that `expr` is among the values.
    #[doc(hidden)]
    fn into_condition(self, expr: ast::Expr) -> ast::Predicate;
}

#[diagnostic::do_not_recommend]
impl<B: ColumnType, I: IntoIterator<Item: ToValue<B>>> List<B> for I {
    fn into_condition(self, expr: ast::Expr) -> ast::Predicate {
        let mut null = false;
        let values: Vec<B> = self
            .into_iter()
            .filter_map(|value| {
                let value = value.to_value();
                null |= value.is_none();
                value
            })
            .collect();
        let or_null = null && expr.is_nullable();
        match (values.is_empty(), or_null) {
            (true, false) => ast::Predicate::Const(false),
            (true, true) => ast::Predicate::IsNull { expr, negated: false },
            (false, or_null) => {
                ast::Predicate::In { expr, values: ast::Value::array(values), or_null, negated: false }
            }
        }
    }
}
