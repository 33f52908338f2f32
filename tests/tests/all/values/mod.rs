//! Values from the database: annotations, aggregates, groups, projections.

mod first;
