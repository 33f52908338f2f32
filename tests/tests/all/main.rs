//! One binary, one module a feature.

mod conformance_queries;
mod creating;
mod defects;
mod dropped;
mod hygiene;
mod loading;
mod lookups;
mod observing;
mod pool;
mod properties;
mod quoting;
mod round_trips;
mod sql;
mod support;
mod transactions;
mod types;
mod values;
