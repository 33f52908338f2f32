//! What generated code calls to make its structs serializable, where the feature `serde` is on.

/// A struct around a row.
#[doc(hidden)]
#[macro_export]
macro_rules! __serialize_around {
    ($($tokens:tt)*) => {};
}

/// A struct of values.
#[doc(hidden)]
#[macro_export]
macro_rules! __serialize_record {
    ($($tokens:tt)*) => {};
}
