//! One binary, one module a feature.

mod dropped;
mod loading;
mod observing;
mod pool;
mod round_trips;
mod sql;
mod support;
mod transactions;
