//! From a query as data to its text and parameters: one function a clause, in SQL's order.

mod expr;
mod from;
mod insert;
mod lock;
mod predicate;
mod quote;
mod schema;
mod select;
mod writer;

pub(crate) use insert::{Batch, BatchColumn, insert_many, insert_one};
pub(crate) use schema::create_tables;
pub(crate) use select::{Children, Columns, count, exists, links, rows};
pub use writer::Statement;
pub(crate) use writer::Writer;
