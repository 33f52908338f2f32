//! Models and queries among names that could get in their way.

mod contexts;
mod fields;
mod keys;
mod names;
mod no_prelude;
mod places;
