use super::{Expr, Expression, Operand, Predicate};
use crate::ast::{self, Match};
use crate::types::FieldType;

/// The type of a text column.
#[diagnostic::on_unimplemented(
    message = "this is for text, and the column has type `{Self}`",
    label = "not a text column"
)]
pub trait Textual: FieldType<Base = String> {}

#[diagnostic::do_not_recommend]
impl<T: FieldType<Base = String>> Textual for T {}

/// Lookups in text. `%`, `_` and `\` in the text looked for stand for themselves. Not true of NULL.
impl<P, T: FieldType> Expr<P, T>
where
    Self: Expression<Type = T>,
{
    /// Contains `text`, upper and lower case being the same: `ILIKE '%text%'`.
    pub fn icontains<V>(self, text: V) -> Predicate<<Self as Expression>::Model>
    where
        T: Textual,
        V: Operand<<Self as Expression>::Model, String>,
    {
        found(self.node, text, Match::Contains, true)
    }

    /// Starts with `text`: `LIKE 'text%'`.
    pub fn starts_with<V>(self, text: V) -> Predicate<<Self as Expression>::Model>
    where
        T: Textual,
        V: Operand<<Self as Expression>::Model, String>,
    {
        found(self.node, text, Match::StartsWith, false)
    }

    /// Starts with `text`, upper and lower case being the same: `ILIKE 'text%'`.
    pub fn istarts_with<V>(self, text: V) -> Predicate<<Self as Expression>::Model>
    where
        T: Textual,
        V: Operand<<Self as Expression>::Model, String>,
    {
        found(self.node, text, Match::StartsWith, true)
    }

    /// Ends with `text`: `LIKE '%text'`.
    pub fn ends_with<V>(self, text: V) -> Predicate<<Self as Expression>::Model>
    where
        T: Textual,
        V: Operand<<Self as Expression>::Model, String>,
    {
        found(self.node, text, Match::EndsWith, false)
    }

    /// Ends with `text`, upper and lower case being the same: `ILIKE '%text'`.
    pub fn iends_with<V>(self, text: V) -> Predicate<<Self as Expression>::Model>
    where
        T: Textual,
        V: Operand<<Self as Expression>::Model, String>,
    {
        found(self.node, text, Match::EndsWith, true)
    }

    /// Equals `text`, upper and lower case being the same: `lower(..) = lower(..)`.
    pub fn iexact<V>(self, text: V) -> Predicate<<Self as Expression>::Model>
    where
        T: Textual,
        V: Operand<<Self as Expression>::Model, String>,
    {
        found(self.node, text, Match::Exact, true)
    }
}

fn found<M, V>(expr: ast::Expr, text: V, how: Match, ignore_case: bool) -> Predicate<M>
where
    V: Operand<M, String>,
{
    Predicate::from_node(match text.into_changed(|text| pattern(text, how)) {
        Some(text) => ast::Predicate::Match { expr, text, how, ignore_case, negated: false },
        None => ast::Predicate::Const(false),
    })
}

/// The pattern of `LIKE` that finds `text` and nothing else.
pub(super) fn pattern(text: String, how: Match) -> String {
    let (before, after) = match how {
        Match::Exact => return text,
        Match::Contains => ("%", "%"),
        Match::StartsWith => ("", "%"),
        Match::EndsWith => ("%", ""),
    };
    let mut pattern = String::with_capacity(text.len() + 2);
    pattern.push_str(before);
    for character in text.chars() {
        if matches!(character, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern.push_str(after);
    pattern
}

#[cfg(test)]
mod tests {
    use super::{Match, pattern};

    #[test]
    fn special_characters_stand_for_themselves() {
        assert_eq!(pattern(r"50%_\".into(), Match::Contains), r"%50\%\_\\%");
        assert_eq!(pattern("a".into(), Match::StartsWith), "a%");
        assert_eq!(pattern("a".into(), Match::EndsWith), "%a");
        assert_eq!(pattern("a%".into(), Match::Exact), "a%");
    }
}
