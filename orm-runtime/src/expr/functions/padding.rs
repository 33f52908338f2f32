//! Parts of texts, and texts made longer or shorter.

use super::{Of, With, WithBoth, call};
use crate::expr::{Expr, Expression, Term, Textual};
use crate::types::FieldType;

/// Parts of a text, and what may be added to it. NULL where the text or an argument is.
impl<P, T: FieldType> Expr<P, T>
where
    Self: Expression<Type = T>,
{
    /// At most `count` characters from character number `start` on, counted from 1: `substr(self, start, count)`.
    /// A negative count is an error of the database.
    pub fn substr<A, B>(self, start: A, count: B) -> WithBoth<Self, A, i32, B, i32, String>
    where
        T: Textual,
        A: Term<<Self as Expression>::Model, i32>,
        B: Term<<Self as Expression>::Model, i32>,
    {
        Expr::new(call("substr", [self.node, start.into_term(), count.into_term()]))
    }

    /// The first `count` characters; all but the last `-count` where it is negative: `left(self, count)`.
    pub fn left<V>(self, count: V) -> With<Self, V, i32, String>
    where
        T: Textual,
        V: Term<<Self as Expression>::Model, i32>,
    {
        Expr::new(call("left", [self.node, count.into_term()]))
    }

    /// The last `count` characters; all but the first `-count` where it is negative: `right(self, count)`.
    pub fn right<V>(self, count: V) -> With<Self, V, i32, String>
    where
        T: Textual,
        V: Term<<Self as Expression>::Model, i32>,
    {
        Expr::new(call("right", [self.node, count.into_term()]))
    }

    /// Without the spaces at both ends: `btrim(self)`.
    pub fn trim(self) -> Of<Self, String>
    where
        T: Textual,
    {
        Expr::new(call("btrim", [self.node]))
    }

    /// Without the spaces at its start: `ltrim(self)`.
    pub fn ltrim(self) -> Of<Self, String>
    where
        T: Textual,
    {
        Expr::new(call("ltrim", [self.node]))
    }

    /// Without the spaces at its end: `rtrim(self)`.
    pub fn rtrim(self) -> Of<Self, String>
    where
        T: Textual,
    {
        Expr::new(call("rtrim", [self.node]))
    }

    /// `count` times: `repeat(self, count)`.
    pub fn repeat<V>(self, count: V) -> With<Self, V, i32, String>
    where
        T: Textual,
        V: Term<<Self as Expression>::Model, i32>,
    {
        Expr::new(call("repeat", [self.node, count.into_term()]))
    }

    /// With `fill` before it until there are `length` characters; the end is cut off a text that is longer:
    /// `lpad(self, length, fill)`.
    pub fn lpad<A, B>(self, length: A, fill: B) -> WithBoth<Self, A, i32, B, String, String>
    where
        T: Textual,
        A: Term<<Self as Expression>::Model, i32>,
        B: Term<<Self as Expression>::Model, String>,
    {
        Expr::new(call("lpad", [self.node, length.into_term(), fill.into_term()]))
    }

    /// With `fill` after it until there are `length` characters; the end is cut off a text that is longer:
    /// `rpad(self, length, fill)`.
    pub fn rpad<A, B>(self, length: A, fill: B) -> WithBoth<Self, A, i32, B, String, String>
    where
        T: Textual,
        A: Term<<Self as Expression>::Model, i32>,
        B: Term<<Self as Expression>::Model, String>,
    {
        Expr::new(call("rpad", [self.node, length.into_term(), fill.into_term()]))
    }
}
