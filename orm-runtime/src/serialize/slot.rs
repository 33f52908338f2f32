use serde::Serialize;
use serde::ser::SerializeMap;

use super::flatten::flatten;
use crate::model::RowType;

/// A model that is serializable.
///
/// A bound such as `Order: Serialize` on a generated implementation is an error where it does not hold. With a type
/// parameter in it, it only makes the implementation not apply.
///
/// - `S`: any type parameter of the row type.
pub trait SerializeRow<S> {
    /// Writes the columns as entries of a map.
    fn entries<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error>;
}

impl<T: Serialize, S> SerializeRow<S> for T {
    fn entries<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        flatten(self, map)
    }
}

/// What a slot holds, as an entry of its row; a relation that was not loaded is none.
pub trait SerializeSlot {
    /// Writes the entry `name`.
    fn entry<M: SerializeMap>(&self, name: &'static str, map: &mut M) -> Result<(), M::Error>;
}

impl SerializeSlot for () {
    fn entry<M: SerializeMap>(&self, _: &'static str, _: &mut M) -> Result<(), M::Error> {
        Ok(())
    }
}

impl<T: RowType + Serialize> SerializeSlot for T {
    fn entry<M: SerializeMap>(&self, name: &'static str, map: &mut M) -> Result<(), M::Error> {
        map.serialize_entry(name, self)
    }
}

impl<T: RowType + Serialize> SerializeSlot for Option<T> {
    fn entry<M: SerializeMap>(&self, name: &'static str, map: &mut M) -> Result<(), M::Error> {
        map.serialize_entry(name, self)
    }
}

impl<T: RowType + Serialize> SerializeSlot for Vec<T> {
    fn entry<M: SerializeMap>(&self, name: &'static str, map: &mut M) -> Result<(), M::Error> {
        map.serialize_entry(name, self)
    }
}
