//! Queries as data, without types: what every typed shell builds and the SQL writer reads.

mod expr;
mod predicate;
mod select;
mod template;
mod write;

pub use expr::{ArithmeticOp, ColumnRef, Expr, Value};
pub(crate) use predicate::all_of;
pub use predicate::{CompareOp, Match, Predicate};
pub use select::{Keys, Nulls, Order, Related, Select};
pub use template::{Part, Template};
pub use write::{Action, Assignment, Output, Write};
