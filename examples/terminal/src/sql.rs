use orm::{LoggedQuery, QueryLog, Statement};

use crate::text::{count, wrapped};
use crate::{line, width};

/// Words that start a line where they stand outside of parentheses, or in those of `WITH .. AS (..)`.
const CLAUSES: &[&str] = &[
    "SELECT",
    "FROM",
    "JOIN",
    "LEFT JOIN",
    "WHERE",
    "GROUP BY",
    "HAVING",
    "ORDER BY",
    "LIMIT",
    "VALUES",
    "RETURNING",
];

/// A statement that did not run.
pub fn statement(statement: &Statement) {
    sql(statement.text(), &statement.params().iter().map(|param| format!("{param:?}")).collect::<Vec<_>>());
    line("");
}

/// All statements of a log, numbered, with their parameters and what came of them.
pub fn log(log: &QueryLog) {
    log_head(log, usize::MAX);
}

/// The first statements of a log, and how many more there are.
pub fn log_head(log: &QueryLog, most: usize) {
    let queries = log.queries();
    for query in queries.iter().take(most) {
        sql(&query.sql, &query.params);
        line(format!("    => {}", outcome(query)));
    }
    if queries.len() > most {
        line(format!("    .. and {} more like it", queries.len() - most));
    }
    line("");
}

fn outcome(query: &LoggedQuery) -> String {
    match &query.error {
        Some(error) => format!("refused: {error}"),
        None => count(query.rows as usize, "row"),
    }
}

/// The text of a statement, a line for each clause, and its parameters.
pub fn sql(text: &str, params: &[String]) {
    let width = width().saturating_sub(6);
    for (depth, clause) in clauses(text) {
        let indent = 4 * depth;
        for (i, part) in wrapped(&clause, width - 4 - indent).iter().enumerate() {
            let indent = indent + if i == 0 { 0 } else { 4 };
            line(format!("    | {}{part}", " ".repeat(indent)));
        }
    }
    for (i, param) in params.iter().enumerate() {
        let name = format!("${} = ", i + 1);
        line(format!("    | {name}{}", shortened(param, width - name.len())));
    }
}

/// Splits a statement before the words that start a clause; says how deep in parentheses each is.
fn clauses(text: &str) -> Vec<(usize, String)> {
    let deepest = usize::from(text.starts_with("WITH "));
    let mut clauses = vec![(0, String::new())];
    let (mut depth, mut quote) = (0_usize, None);
    for (i, character) in text.char_indices() {
        match (character, quote) {
            (mark, Some(open)) if mark == open => quote = None,
            (_, Some(_)) => {}
            ('"' | '\'', None) => quote = Some(character),
            ('(', None) => depth += 1,
            (')', None) => depth = depth.saturating_sub(1),
            (' ', None) if depth <= deepest && starts_clause(&text[i + 1..], &text[..i]) => {
                clauses.push((depth, String::new()));
                continue;
            }
            _ => {}
        }
        if let Some((_, clause)) = clauses.last_mut() {
            clause.push(character);
        }
    }
    clauses
}

fn starts_clause(rest: &str, before: &str) -> bool {
    let word = |clause: &str| rest.strip_prefix(clause).is_some_and(|after| after.starts_with([' ', '(']));
    // `LEFT JOIN` starts with its first word, `IS DISTINCT FROM` and `DELETE FROM` are no `FROM` clause.
    CLAUSES.iter().any(|clause| word(clause))
        && !["LEFT", "DISTINCT", "DELETE"].iter().any(|w| before.ends_with(w))
}

fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some(_) => text.chars().take(most.saturating_sub(3)).chain("...".chars()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::{clauses, shortened};

    #[test]
    fn each_clause_is_a_line() {
        let sql = r#"SELECT t0."a FROM b" FROM t t0 LEFT JOIN u t1 ON t1.x = t0.x WHERE EXISTS (SELECT 1 FROM v WHERE a) AND t0.a IS DISTINCT FROM $1 LIMIT 2"#;
        let expected = [
            r#"SELECT t0."a FROM b""#,
            "FROM t t0",
            "LEFT JOIN u t1 ON t1.x = t0.x",
            "WHERE EXISTS (SELECT 1 FROM v WHERE a) AND t0.a IS DISTINCT FROM $1",
            "LIMIT 2",
        ];
        assert_eq!(clauses(sql), expected.map(|clause| (0, clause.to_owned())));
        let sql = "WITH n AS (SELECT u.o FROM u ORDER BY (SELECT 1 FROM v)) SELECT id";
        let expected = [
            (0, "WITH n AS (SELECT u.o"),
            (1, "FROM u"),
            (1, "ORDER BY (SELECT 1 FROM v))"),
            (0, "SELECT id"),
        ];
        assert_eq!(clauses(sql), expected.map(|(depth, clause)| (depth, clause.to_owned())));
    }

    #[test]
    fn long_parameters_are_cut() {
        assert_eq!(shortened("[1, 2]", 6), "[1, 2]");
        assert_eq!(shortened("[1, 2, 3]", 6), "[1,...");
    }
}
