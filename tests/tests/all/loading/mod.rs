//! What queries load, in how many statements.

mod counts;
mod in_hand;
mod keys;
mod method_api;
mod mixed;
mod rows;
pub(crate) mod seed;
mod shared;
mod to_many;
mod to_one;
mod travel;
mod values;
