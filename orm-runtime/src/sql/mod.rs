//! From a query as data to its text and parameters: one function a clause, in SQL's order.

mod base;
mod change_links;
mod conflict;
mod copy;
mod cursor;
mod delete;
mod explain;
mod expr;
mod from;
mod insert;
mod list;
mod lock;
mod over;
mod path;
mod predicate;
mod prepare;
mod quote;
mod schema;
mod select;
mod target;
mod update;
mod writer;

pub(crate) use change_links::{Side, add, clear, remove, set};
pub(crate) use conflict::{Conflict, Set, Target};
pub(crate) use copy::copy_in;
pub(crate) use cursor::{close, declare, fetch};
pub(crate) use explain::{Options, explain};
pub(crate) use insert::{Batch, BatchColumn, insert_many, insert_one, insert_one_or};
pub(crate) use list::{Children, Column, Columns, Source};
pub(crate) use prepare::ordered_by_first;
pub(crate) use quote::{quoted, quoted_table};
pub(crate) use schema::create_tables;
pub(crate) use select::{count, exists, links, rows};
pub(crate) use update::{update_many, write};
pub use writer::Statement;
pub(crate) use writer::{Prepare, Writer};
