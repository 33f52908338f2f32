//! Values from the database: annotations, aggregates, groups, projections.

mod declared;
mod first;
