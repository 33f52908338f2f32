//! One binary, one module a feature.

mod loading;
mod sql;
