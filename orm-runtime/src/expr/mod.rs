//! Columns, values and conditions with their types: a thin shell around the [`ast`](crate::ast).

mod aggregate;
mod arithmetic;
mod assign;
mod columns;
mod comparable;
mod compare;
mod condition;
mod constant;
pub(crate) mod functions;
mod list;
mod lookup;
mod operand;
mod order;
mod output;
mod to_many;
mod typed;
mod window;

pub use aggregate::{Count, GroupOf, MinMax, count, count_rows};
pub use arithmetic::{Integral, Number, Term};
pub use assign::{
    Assigned, Assignment, Assignments, Calculated, Computed, FitsInto, Given, Settable, TakesNull, Unrelated,
    set, set_computed, set_none,
};
pub(crate) use columns::positions;
pub use columns::{ColumnValue, Columns, OwnColumn, column_value, own_column};
pub use comparable::{Comparable, compared_value};
pub use compare::{compare, compare_value, is_none};
pub use condition::{Condition, Predicate, and, not, or};
pub use constant::Constant;
pub use functions::when;
pub use list::List;
pub use lookup::Textual;
pub use operand::Operand;
pub use order::{IntoOrder, Order, OrderedRows, Orders, asc, desc, in_order, largest_first};
pub use output::{Output, Outputs};
pub use to_many::{
    ManyRows, Ordered, Rows, ToMany, all, any, exists, filtered, is_empty, many_rows, none, ordered, over,
};
pub use typed::{Expr, Expression};
pub use window::{
    FrameRange, cume_dist, dense_rank, first_value, lag, lag_by, last_value, lead, lead_by, nth_value, ntile,
    percent_rank, rank, row_number,
};
