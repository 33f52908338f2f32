use crate::{line, width};

/// A heading with a rule behind it.
pub fn heading(title: &str) {
    let rule = width().saturating_sub(title.chars().count() + 4);
    line(format!("\n── {title} {}\n", "─".repeat(rule)));
}

/// A paragraph, and an empty line.
pub fn say(paragraph: &str) {
    for wrapped in wrapped(paragraph, width()) {
        line(wrapped);
    }
    line("");
}

/// A paragraph, indented, and an empty line.
pub fn note(paragraph: &str) {
    indented(wrapped(paragraph, width().saturating_sub(4)).join("\n"));
}

/// Lines as they are, indented, and an empty line.
pub fn indented(lines: impl AsRef<str>) {
    for text in lines.as_ref().lines() {
        line(format!("    {text}").trim_end());
    }
    line("");
}

/// `1 query`, `2 queries`: a number with the word for it.
pub fn count(number: usize, singular: &str) -> String {
    match (number, singular.strip_suffix('y')) {
        (1, _) => format!("1 {singular}"),
        (_, Some(stem)) => format!("{number} {stem}ies"),
        (_, None) => format!("{number} {singular}s"),
    }
}

/// Lines of whole words, none longer than `width` unless a single word is.
pub(crate) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::{count, wrapped};

    #[test]
    fn words_are_kept_whole() {
        assert_eq!(wrapped("one two  three", 7), ["one two", "three"]);
        assert_eq!(wrapped("incomprehensible", 4), ["incomprehensible"]);
        assert!(wrapped("", 4).is_empty());
    }

    #[test]
    fn nouns_follow_their_number() {
        assert_eq!(count(1, "query"), "1 query");
        assert_eq!(count(2, "query"), "2 queries");
        assert_eq!(count(0, "row"), "0 rows");
    }
}
