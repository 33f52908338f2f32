//! Queries as data, without types: what every typed shell builds and the SQL writer reads.

mod aggregate;
mod expr;
mod lock;
mod outer;
mod plain;
mod predicate;
mod select;
mod template;
mod walk;
mod window;
mod write;

pub use aggregate::{Aggregate, Over};
pub use expr::{ArithmeticOp, ColumnRef, Expr, Value};
pub use lock::{Lock, LockStrength, LockWait};
pub(crate) use outer::outer_expressions;
pub(crate) use predicate::all_of;
pub use predicate::{CompareOp, Match, Predicate};
pub use select::{Base, Distinct, Keys, Named, Nulls, Order, Output, Related, Select, SetOperator};
pub use template::{Part, Template};
pub(crate) use walk::{Node, rewrite_orders};
pub use window::{Frame, FrameBound, FrameUnit, Window};
pub use write::{Action, Assignment, Returned, Write};
