//! The macros of the `orm` crate.
