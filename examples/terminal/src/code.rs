use crate::text::wrapped;
use crate::{indented, width};

/// Runs code and prints it first: what is read is what ran.
#[macro_export]
macro_rules! shown {
    ($($code:tt)*) => {{
        $crate::code(stringify!($($code)*));
        $($code)*
    }};
}

/// A query as rustfmt would lay it out, if it looked inside macros: on one line, or a line for each method.
pub fn code(source: &str) {
    indented(laid_out(source, width() - 4));
}

fn laid_out(source: &str, width: usize) -> String {
    let line = source.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= width {
        return line;
    }
    // The methods of a chain stand inside the parentheses of `query!(..)`, or outside of all.
    let chain = usize::from(line.contains("query!("));
    let mut out = String::new();
    let mut depth = 0;
    for (i, character) in line.char_indices() {
        match character {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            '.' if depth <= chain && starts_method(&line[i..]) => out.push_str("\n    "),
            _ => {}
        }
        out.push(character);
    }
    out.lines().flat_map(|line| hanging(line, width)).collect::<Vec<_>>().join("\n")
}

/// A line, and what does not fit below it, further in.
fn hanging(line: &str, width: usize) -> Vec<String> {
    if line.chars().count() <= width {
        return vec![line.to_owned()];
    }
    let indent = line.len() - line.trim_start().len();
    let parts = wrapped(line, width.saturating_sub(indent + 4));
    let deeper = |i: usize| indent + if i == 0 { 0 } else { 4 };
    parts.iter().enumerate().map(|(i, part)| format!("{}{part}", " ".repeat(deeper(i)))).collect()
}

/// Whether the text is `.method(`.
fn starts_method(text: &str) -> bool {
    let name = text[1..].find(|c: char| !c.is_alphanumeric() && c != '_');
    name.is_some_and(|end| end > 0 && text[1 + end..].starts_with('('))
}

#[cfg(test)]
mod tests {
    use super::laid_out;

    #[test]
    fn long_chains_are_broken_at_methods() {
        let source = "query!(Order.filter(.total > f(x) && .user.any(.a)).order_by(-.id)[..5]).all(&db)";
        assert_eq!(laid_out(source, 100), source);
        let lines = "query!(Order\n    .filter(.total > f(x) && .user.any(.a))\n    .order_by(-.id)[..5])\n    .all(&db)";
        assert_eq!(laid_out(source, 44), lines);
        let narrow = "query!(Order\n    .filter(.total > f(x) &&\n        .user.any(.a))\n    .order_by(-.id)[..5])\n    .all(&db)";
        assert_eq!(laid_out(source, 32), narrow);
    }
}
