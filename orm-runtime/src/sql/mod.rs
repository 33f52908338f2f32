//! From a query as data to its text and parameters: one function a clause, in SQL's order.

mod change_links;
mod conflict;
mod copy;
mod expr;
mod from;
mod insert;
mod predicate;
mod quote;
mod schema;
mod select;
mod writer;

pub(crate) use change_links::{Side, add, clear, remove, set};
pub(crate) use conflict::{Conflict, Set, Target};
pub(crate) use copy::copy_in;
pub(crate) use insert::{Batch, BatchColumn, insert_many, insert_one, insert_one_or};
pub(crate) use quote::{quoted, quoted_table};
pub(crate) use schema::create_tables;
pub(crate) use select::{Children, Columns, count, exists, links, rows};
pub use writer::Statement;
pub(crate) use writer::Writer;
