//! With the feature `serde`, what a query returns is serializable: a row's columns, and beside them what was loaded,
//! each relation nested under its name.

#[cfg(feature = "serde")]
mod flatten;
#[cfg(feature = "serde")]
mod slot;

#[cfg(feature = "serde")]
#[doc(hidden)]
pub mod door {
    pub use super::flatten::flatten;
    pub use super::slot::{SerializeRow, SerializeSlot};
    pub use serde::Serialize;
    pub use serde::ser::{SerializeMap, Serializer};
}

/// A model's row with loaded relations.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! __serialize_with {
    ($with:ident $first:ident $model:ident $([$name:ident $text:literal $slot:ident])*) => {
        #[automatically_derived]
        impl<$($slot: $crate::serialize::door::SerializeSlot),*> $crate::serialize::door::Serialize
            for $with<$($slot),*>
        where
            $model: $crate::serialize::door::SerializeRow<$first>,
        {
            fn serialize<__Z: $crate::serialize::door::Serializer>(
                &self,
                __serializer: __Z,
            ) -> ::core::result::Result<__Z::Ok, __Z::Error> {
                use $crate::serialize::door::SerializeMap as _;
                let mut __map = __serializer.serialize_map(::core::option::Option::None)?;
                $crate::serialize::door::SerializeRow::<$first>::entries(&self.__row, &mut __map)?;
                $($crate::serialize::door::SerializeSlot::entry(&self.$name, $text, &mut __map)?;)*
                __map.end()
            }
        }
    };
}

/// A struct of values around a row: `Annotated row [V0 V1] [n "n"] ..`, with the type parameters of the values.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! __serialize_around {
    ($around:ident $row:ident [$($value:ident)*] $([$name:ident $text:literal])*) => {
        #[automatically_derived]
        impl<__R: $crate::serialize::door::Serialize $(, $value: $crate::serialize::door::Serialize)*>
            $crate::serialize::door::Serialize for $around<__R $(, $value)*>
        {
            fn serialize<__Z: $crate::serialize::door::Serializer>(
                &self,
                __serializer: __Z,
            ) -> ::core::result::Result<__Z::Ok, __Z::Error> {
                use $crate::serialize::door::SerializeMap as _;
                let mut __map = __serializer.serialize_map(::core::option::Option::None)?;
                $crate::serialize::door::flatten(&self.$row, &mut __map)?;
                $(__map.serialize_entry($text, &self.$name)?;)*
                __map.end()
            }
        }
    };
}

/// A struct of values: `Values [V0 V1] [n "n"] ..`.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! __serialize_record {
    ($record:ident [$($value:ident)*] $([$name:ident $text:literal])*) => {
        #[automatically_derived]
        impl<$($value: $crate::serialize::door::Serialize),*> $crate::serialize::door::Serialize
            for $record<$($value),*>
        {
            fn serialize<__Z: $crate::serialize::door::Serializer>(
                &self,
                __serializer: __Z,
            ) -> ::core::result::Result<__Z::Ok, __Z::Error> {
                use $crate::serialize::door::SerializeMap as _;
                let mut __map = __serializer.serialize_map(::core::option::Option::None)?;
                $(__map.serialize_entry($text, &self.$name)?;)*
                __map.end()
            }
        }
    };
}

#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __serialize_with {
    ($($tokens:tt)*) => {};
}

#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __serialize_around {
    ($($tokens:tt)*) => {};
}

#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __serialize_record {
    ($($tokens:tt)*) => {};
}
