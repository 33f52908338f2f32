//! The models that the tests share: a shop and a library.

pub mod library;
pub mod shop;
#[deny(missing_docs, unused, unreachable_pub, clippy::all, clippy::pedantic)]
pub mod strict;
