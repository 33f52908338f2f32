//! SQL of the user's own.

use super::Arguments;
use crate::ast::{self, Part, Template};
use crate::expr::{Expr, Predicate};
use crate::model::{Model, Root};
use crate::types::{FieldType, Nullability};

/// An expression in SQL of your own. `$1`, `$2`, .. stand for the arguments: columns, expressions, and values, which
/// are bound as parameters.
///
/// `T` is the type of the result, an `Option` where it can be NULL; it is taken at your word.
/// `sql::<f64, _>("similarity($1, $2)", (.name, term))` needs the extension `pg_trgm`.
///
/// A statement that returns such a value is prepared when it is first sent, which takes one more round trip: the driver may
/// have to ask what its type is.
///
/// # Errors
///
/// A query with a mark that has no argument, or an argument that has no mark, is not sent: running it is an error that
/// says so. What the text means is for PostgreSQL to judge.
pub fn sql<T: FieldType, M: Model>(text: &'static str, arguments: impl Arguments<M>) -> Expr<Root<M>, T> {
    let mut parts = written(text, arguments.into_arguments());
    parts.push(Part::Unchecked);
    Expr::new(Template::of(parts, T::Null::NULLABLE))
}

/// A condition in SQL of your own, with the marks of [`sql`]. It is false where the SQL is NULL, and so it is of its
/// complement that it is true: `(..) IS NOT TRUE`, which no index serves.
///
/// # Errors
///
/// As for [`sql`].
pub fn condition<M: Model>(text: &'static str, arguments: impl Arguments<M>) -> Predicate<M> {
    let expr = Template::of(written(text, arguments.into_arguments()), true);
    Predicate::from_node(ast::Predicate::Opaque { expr, negated: false })
}

/// A call of any function: `function::<f64, _>("similarity", (.name, term))`.
///
/// `T` is the type of the result, an `Option` where it can be NULL; it is taken at your word. The name is written as
/// it is, `schema.function` included. It is prepared as with [`sql`].
pub fn function<T: FieldType, M: Model>(
    name: &'static str,
    arguments: impl Arguments<M>,
) -> Expr<Root<M>, T> {
    let call = Template::call(name, arguments.into_arguments(), T::Null::NULLABLE);
    Expr::new(Template::of(vec![call.into(), Part::Unchecked], T::Null::NULLABLE))
}

/// The text in parentheses, each mark replaced by its argument.
fn written(text: &'static str, arguments: Vec<ast::Expr>) -> Vec<Part> {
    let mut parts: Vec<Part> = vec!["(".into()];
    let mut used = vec![false; arguments.len()];
    let mut missing = None;
    let mut rest = text;
    while let Some((start, number, end)) = mark(rest) {
        parts.push(rest[..start].into());
        match number.checked_sub(1).and_then(|i| Some((arguments.get(i)?, used.get_mut(i)?))) {
            Some((argument, used)) => {
                parts.push(argument.clone().into());
                *used = true;
            }
            None => missing = missing.or(Some(number)),
        }
        rest = &rest[end..];
    }
    parts.extend([rest.into(), ")".into()]);
    let unused = used.iter().position(|used| !used).map(|i| i + 1);
    if let Some(mistake) = mistake(text, arguments.len(), missing, unused) {
        parts.push(Part::Mistake(mistake.into()));
    }
    parts
}

fn mistake(text: &str, count: usize, missing: Option<usize>, unused: Option<usize>) -> Option<String> {
    match (missing, unused) {
        (Some(number), _) => Some(format!(
            "the SQL `{text}` has the mark `${number}`, and the number of its arguments is {count}"
        )),
        (None, Some(number)) => Some(format!("the SQL `{text}` has no mark `${number}` for its argument")),
        (None, None) => None,
    }
}

/// The first mark `$1` outside quotes: where it starts, its number, and where it ends.
fn mark(text: &str) -> Option<(usize, usize, usize)> {
    let bytes = text.as_bytes();
    let mut quote = None;
    for (i, &byte) in bytes.iter().enumerate() {
        match (quote, byte) {
            (Some(open), _) if byte == open => quote = None,
            (None, b'\'' | b'"') => quote = Some(byte),
            (None, b'$') => {
                let digits = bytes[i + 1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
                let end = i + 1 + digits;
                if let Ok(number) = text[i + 1..end].parse() {
                    return Some((i, number, end));
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::mark;

    #[test]
    fn marks_are_found_outside_quotes() {
        assert_eq!(mark("lower($1)"), Some((6, 1, 8)));
        assert_eq!(mark("'$1' || $12"), Some((8, 12, 11)));
        assert_eq!(mark(r#""$1""#), None);
        assert_eq!(mark("'it''s $1'"), None);
        assert_eq!(mark("é $2"), Some((3, 2, 5)));
        assert_eq!(mark("$"), None);
        assert_eq!(mark("$x $$"), None);
        assert_eq!(mark("$99999999999999999999999"), None);
    }
}
