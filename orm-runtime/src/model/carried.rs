//! `Debug`, `Clone` and `PartialEq` of a row with loaded relations, wherever the model itself has them.
//!
//! A bound such as `Order: Debug` on an implementation is an error where it does not hold. With a type parameter in
//! it, as in `Order: DebugRow<S>`, it only makes the implementation not apply.

use std::fmt::Debug;

/// A model that can be shown.
///
/// - `S`: any type parameter of the row type.
pub trait DebugRow<S> {
    /// The model.
    fn debug(&self) -> &dyn Debug;
}

impl<T: Debug, S> DebugRow<S> for T {
    fn debug(&self) -> &dyn Debug {
        self
    }
}

/// A model that can be cloned.
///
/// - `S`: any type parameter of the row type.
pub trait CloneRow<S> {
    /// A copy of the model.
    fn clone_row(&self) -> Self;
}

impl<T: Clone, S> CloneRow<S> for T {
    fn clone_row(&self) -> Self {
        self.clone()
    }
}

/// A model that can be compared.
///
/// - `S`: any type parameter of the row type.
pub trait EqRow<S> {
    /// Whether the models are equal.
    fn eq_row(&self, other: &Self) -> bool;
}

impl<T: PartialEq, S> EqRow<S> for T {
    fn eq_row(&self, other: &Self) -> bool {
        self == other
    }
}
