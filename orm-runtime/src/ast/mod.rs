//! Queries as data, without types: what every typed shell builds and the SQL writer reads.

mod aggregate;
mod expr;
mod outer;
mod predicate;
mod select;
mod template;
mod walk;
mod window;

pub use aggregate::{Aggregate, Over};
pub use expr::{ArithmeticOp, ColumnRef, Expr, Value};
pub(crate) use outer::outer_expressions;
pub(crate) use predicate::all_of;
pub use predicate::{CompareOp, Match, Predicate};
pub use select::{Base, Distinct, Keys, Named, Nulls, Order, Output, Related, Select, SetOperator};
pub use template::{Part, Template};
pub(crate) use walk::{Node, rewrite_orders};
pub use window::{Frame, FrameBound, FrameUnit, Window};
