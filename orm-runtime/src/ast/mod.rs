//! Queries as data, without types: what every typed shell builds and the SQL writer reads.

mod expr;
mod lock;
mod predicate;
mod select;
mod template;

pub use expr::{ArithmeticOp, ColumnRef, Expr, Value};
pub use lock::{Lock, LockStrength, LockWait};
pub use predicate::{CompareOp, Match, Predicate};
pub use select::{Keys, Nulls, Order, Related, Select};
pub use template::{Part, Template};
