use crate::schema::Table;

/// Appends an identifier in double quotes, so that any name is that name: keywords, mixed case and quotes included.
pub(crate) fn quote(out: &mut String, identifier: &str) {
    enclose(out, '"', identifier);
}

/// Appends a constant text in single quotes. Values of queries are parameters; this is for the definition of
/// types, which takes none.
pub(crate) fn quote_literal(out: &mut String, text: &str) {
    if text.contains('\\') {
        out.push_str(" E");
        return enclose(out, '\'', &text.replace('\\', r"\\"));
    }
    enclose(out, '\'', text);
}

/// A name in double quotes.
pub(crate) fn quoted(identifier: &str) -> String {
    let mut out = String::new();
    quote(&mut out, identifier);
    out
}

/// A table's name in double quotes, after that of its schema.
pub(crate) fn quoted_table(table: &Table) -> String {
    let mut out = String::new();
    if let Some(schema) = table.schema {
        quote(&mut out, schema);
        out.push('.');
    }
    quote(&mut out, table.name);
    out
}

fn enclose(out: &mut String, mark: char, text: &str) {
    out.reserve(text.len() + 2);
    out.push(mark);
    // Names of a few bytes, which nearly never have quotes: a plain loop over them is quicker than a search.
    if text.bytes().any(|byte| byte == mark as u8) {
        for part in text.split_inclusive(mark) {
            out.push_str(part);
            if part.ends_with(mark) {
                out.push(mark);
            }
        }
    } else {
        out.push_str(text);
    }
    out.push(mark);
}

#[cfg(test)]
mod tests {
    use super::{quote, quote_literal};

    #[test]
    fn quotes_are_doubled() {
        let mut out = String::new();
        quote(&mut out, r#"a"b; DROP TABLE "c"#);
        assert_eq!(out, r#""a""b; DROP TABLE ""c""#);
    }

    #[test]
    fn literals_survive_quotes_and_backslashes() {
        let mut out = String::new();
        quote_literal(&mut out, "it's");
        quote_literal(&mut out, r"a\'b");
        assert_eq!(out, r"'it''s' E'a\\''b'");
    }
}
