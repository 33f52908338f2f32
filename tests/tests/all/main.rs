//! One binary, one module a feature.

mod conformance;
mod creating;
mod defects;
mod dropped;
mod explain;
mod functions;
mod hygiene;
mod linking;
mod loading;
mod locking;
mod lookups;
mod observing;
mod paging;
mod pool;
mod quoting;
mod raw;
mod round_trips;
mod serialize;
mod sql;
mod streaming;
mod support;
mod transactions;
mod types;
mod updating;
mod upserting;
mod values;
