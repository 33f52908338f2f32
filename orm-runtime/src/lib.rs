//! Types, query building and execution behind the `orm` crate. Depend on `orm`, not on this crate.
