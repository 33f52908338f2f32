use super::{Multiplicity, One, Row, Several, Stored};
use crate::types::{NonNull, Null, Nullability};

/// How many rows a relation leads to, as a type: [`ExactlyOne`], [`OneOrNone`] or [`Many`].
pub trait Kind: 'static {
    /// Whether columns reached over the relation can be NULL for that reason.
    type Null: Nullability;
    /// Whether it leads to one row or to several.
    type Multiplicity: Multiplicity;
    /// What a slot holds when the relation was loaded with rows of type `T`.
    type Store<T: Row>: Stored;
    /// What an accessor lends of a slot with rows of type `T`.
    type Ref<'a, T: 'a>;
    /// What an accessor moves out of a slot with rows of type `T`.
    type Owned<T>;
}

/// A `belongs_to` whose key is never NULL.
#[derive(Debug)]
pub struct ExactlyOne;

/// A `belongs_to` whose key can be NULL, or a `has_one`.
#[derive(Debug)]
pub struct OneOrNone;

/// A `has_many` or a `many_to_many`.
#[derive(Debug)]
pub struct Many;

impl Kind for ExactlyOne {
    type Null = NonNull;
    type Multiplicity = One;
    type Store<T: Row> = T;
    type Ref<'a, T: 'a> = &'a T;
    type Owned<T> = T;
}

impl Kind for OneOrNone {
    type Null = Null;
    type Multiplicity = One;
    type Store<T: Row> = Option<T>;
    type Ref<'a, T: 'a> = Option<&'a T>;
    type Owned<T> = Option<T>;
}

impl Kind for Many {
    type Null = NonNull;
    type Multiplicity = Several;
    type Store<T: Row> = Vec<T>;
    type Ref<'a, T: 'a> = &'a [T];
    type Owned<T> = Vec<T>;
}
