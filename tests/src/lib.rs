//! The models that the tests share: a shop and a library.

pub mod library;
pub mod shop;
pub mod strict;
