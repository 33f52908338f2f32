//! Functions of texts.

use super::{Arguments, Of, With, WithBoth, around, call, holds};
use crate::ast::Template;
use crate::expr::{Expr, Expression, Operand, Predicate, Term, Textual};
use crate::model::{Model, Root};
use crate::types::FieldType;

/// Functions of a text. NULL where the text or an argument is.
impl<P, T: FieldType> Expr<P, T>
where
    Self: Expression<Type = T>,
{
    /// In lower case: `lower(self)`.
    pub fn lower(self) -> Of<Self, String>
    where
        T: Textual,
    {
        Expr::new(call("lower", [self.node]))
    }

    /// In upper case: `upper(self)`.
    pub fn upper(self) -> Of<Self, String>
    where
        T: Textual,
    {
        Expr::new(call("upper", [self.node]))
    }

    /// How many characters: `length(self)`.
    pub fn length(self) -> Of<Self, i32>
    where
        T: Textual,
    {
        Expr::new(call("length", [self.node]))
    }

    /// The last character first: `reverse(self)`.
    pub fn reverse(self) -> Of<Self, String>
    where
        T: Textual,
    {
        Expr::new(call("reverse", [self.node]))
    }

    /// `to` in every place of `from`: `replace(self, from, to)`.
    pub fn replace<A, B>(self, from: A, to: B) -> WithBoth<Self, A, String, B, String, String>
    where
        T: Textual,
        A: Term<<Self as Expression>::Model, String>,
        B: Term<<Self as Expression>::Model, String>,
    {
        Expr::new(call("replace", [self.node, from.into_term(), to.into_term()]))
    }

    /// Where `text` first begins, counted from 1; 0 where it is not found: `strpos(self, text)`.
    pub fn strpos<V>(self, text: V) -> With<Self, V, String, i32>
    where
        T: Textual,
        V: Term<<Self as Expression>::Model, String>,
    {
        Expr::new(call("strpos", [self.node, text.into_term()]))
    }

    /// The MD5 hash in hexadecimal digits: `md5(self)`.
    pub fn md5(self) -> Of<Self, String>
    where
        T: Textual,
    {
        Expr::new(call("md5", [self.node]))
    }

    /// The SHA-256 hash of the UTF-8 text in hexadecimal digits:
    /// `encode(sha256(convert_to(self, 'UTF8')), 'hex')`.
    pub fn sha256(self) -> Of<Self, String>
    where
        T: Textual,
    {
        Expr::new(around("encode(sha256(convert_to(", self.node, ", 'UTF8')), 'hex')"))
    }

    /// Matches a POSIX regular expression anywhere: `self ~ pattern`. Not true of NULL. PostgreSQL answers with an
    /// error where the pattern is not one.
    pub fn regex<V>(self, pattern: V) -> Predicate<<Self as Expression>::Model>
    where
        T: Textual,
        V: Operand<<Self as Expression>::Model, String>,
    {
        matches(self, " ~ ", pattern)
    }

    /// Like [`regex`](Self::regex), upper and lower case being the same: `self ~* pattern`.
    pub fn iregex<V>(self, pattern: V) -> Predicate<<Self as Expression>::Model>
    where
        T: Textual,
        V: Operand<<Self as Expression>::Model, String>,
    {
        matches(self, " ~* ", pattern)
    }
}

fn matches<M, P, T>(
    text: Expr<P, T>,
    operator: &'static str,
    pattern: impl Operand<M, String>,
) -> Predicate<M> {
    match pattern.into_operand() {
        Some(pattern) => holds(Template::infix(text.node, operator, pattern)),
        None => Predicate::never(),
    }
}

/// The arguments one after the other, as texts; a NULL is left out: `concat(..)`. They stand in parentheses of their
/// own: `concat((.first_name, " ", .last_name))`.
pub fn concat<M: Model>(arguments: impl Arguments<M>) -> Expr<Root<M>, String> {
    Expr::new(Template::call("concat", arguments.into_arguments(), false))
}
