//! Values from the database: annotations, aggregates, groups, projections.

mod combined;
mod declared;
mod first;
