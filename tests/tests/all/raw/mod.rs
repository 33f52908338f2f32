//! SQL of the user's own.

mod models;
mod refused;
mod running;
mod values;
