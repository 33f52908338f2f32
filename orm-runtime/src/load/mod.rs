//! From a query to its rows: runs the statements, decodes each row once, and stitches the levels together.
//!
//! Nothing here is generic over the rows: they stand behind [`Level`](crate::model::Level).

mod arrays;
mod check;
mod children;
mod copies;
mod keys;
mod links;
mod page;
mod run;
mod stream;

pub(crate) use arrays::each_element;
pub(crate) use check::{check_outputs, check_types};
pub(crate) use copies::load_copies;
pub(crate) use page::load_page;
pub(crate) use run::load;
pub(crate) use stream::Chunks;
