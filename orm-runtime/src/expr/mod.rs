//! Columns, values and conditions with their types: a thin shell around the [`ast`](crate::ast).

mod arithmetic;
mod comparable;
mod compare;
mod condition;
mod constant;
pub(crate) mod functions;
mod list;
mod lookup;
mod operand;
mod order;
mod to_many;
mod typed;

pub use arithmetic::{Integral, Number, Term};
pub use comparable::{Comparable, compared_value};
pub use compare::{compare, compare_value, is_none};
pub use condition::{Condition, Predicate, and, not, or};
pub use constant::Constant;
pub use functions::when;
pub use list::List;
pub use lookup::Textual;
pub use operand::Operand;
pub use order::{IntoOrder, Order, OrderedRows, Orders, asc, desc};
pub use to_many::{ManyRows, Ordered, ToMany, all, any, exists, is_empty, many_rows, none, ordered};
pub use typed::{Expr, Expression};
