//! Values from the database: annotations, aggregates, groups, projections.

mod combined;
mod constants;
mod dates;
mod declared;
