//! From a query as data to its text and parameters: one function a clause, in SQL's order.

mod base;
mod expr;
mod from;
mod insert;
mod list;
mod over;
mod path;
mod predicate;
mod prepare;
mod quote;
mod schema;
mod select;
mod writer;

pub(crate) use insert::{Batch, BatchColumn, insert_many, insert_one};
pub(crate) use list::{Children, Column, Columns, Source};
pub(crate) use prepare::ordered_by_first;
pub(crate) use schema::create_tables;
pub(crate) use select::{count, exists, links, rows};
pub use writer::Statement;
pub(crate) use writer::Writer;
