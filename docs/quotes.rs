//! What the guide and the README quote is what there is: models, SQL, the compiler's messages, other pages.

use std::fs;
use std::path::{Path, PathBuf};

use crate::prelude::squeezed;

/// A page, by its path from this package.
pub(crate) struct Page {
    path: String,
    pub(crate) text: String,
}

/// A code block: what stands behind the opening fence, and the lines.
struct Block {
    language: String,
    lines: Vec<String>,
}

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn read(path: impl AsRef<Path>) -> String {
    let path = here().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The files with an extension in a folder and those below it, in the order of their names.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let all = paths.into_iter().flat_map(|path| match path.is_dir() {
        true => files(&path, extension),
        false => Vec::from_iter((path.extension().is_some_and(|it| it == extension)).then_some(path)),
    });
    all.collect()
}

/// The README, the chapters of the guide, and the pages beside it.
pub(crate) fn pages() -> Vec<Page> {
    let chapters = files(&here().join("src"), "md");
    let chapters = chapters.iter().map(|path| format!("src/{}", path.file_name().unwrap().display()));
    let others =
        ["../README.md", "django.md", "performance.md", "architecture.md", "changelog.md"].map(String::from);
    chapters.chain(others).map(|path| Page { text: read(&path), path }).collect()
}

impl Page {
    fn blocks(&self) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut open: Option<Block> = None;
        for line in self.text.lines() {
            match (line.trim_start().strip_prefix("```"), &mut open) {
                (Some(language), None) => open = Some(Block { language: language.into(), lines: Vec::new() }),
                (Some(_), Some(_)) => blocks.extend(open.take()),
                (None, Some(block)) => block.lines.push(line.into()),
                (None, None) => {}
            }
        }
        assert!(open.is_none(), "{}: a block does not end", self.path);
        blocks
    }

    /// The page's Rust, hidden lines included, with each run of white space as one space.
    pub(crate) fn code(&self) -> String {
        let blocks = self.blocks().into_iter().filter(|block| block.language.starts_with("rust"));
        let lines = blocks.flat_map(|block| block.lines);
        let shown = lines.map(|line| {
            let line = line.trim_start();
            line.strip_prefix("# ").unwrap_or(line).to_owned()
        });
        squeezed(&shown.collect::<Vec<_>>().join("\n"))
    }

    /// The code spans in the cells of those columns of its tables whose head starts with `SQL`.
    fn sql_in_tables(&self) -> Vec<String> {
        let mut spans = Vec::new();
        let mut columns: Vec<usize> = Vec::new();
        for line in self.text.lines() {
            if !line.starts_with('|') {
                columns.clear();
                continue;
            }
            let cells: Vec<&str> = line.split('|').collect();
            if columns.is_empty() {
                columns.extend((0..cells.len()).filter(|&i| cells[i].trim().starts_with("SQL")));
                continue;
            }
            for &column in &columns {
                let cell = cells.get(column).unwrap_or_else(|| panic!("{}: {line}", self.path));
                spans.extend(cell.split('`').skip(1).step_by(2).map(squeezed));
            }
        }
        spans
    }
}

#[test]
fn the_sql_shown_is_asserted() {
    for page in pages().iter().filter(|page| page.path.starts_with("src/")) {
        let code = page.code();
        let blocks = page.blocks().into_iter().filter(|block| block.language == "sql");
        let statements = blocks.flat_map(|block| {
            let text = block.lines.join("\n");
            text.split(";\n").map(|statement| squeezed(statement.trim_end_matches(';'))).collect::<Vec<_>>()
        });
        for sql in statements.chain(page.sql_in_tables()) {
            assert!(code.contains(&sql), "{}: no example asserts\n{sql}", page.path);
        }
    }
}

#[test]
fn what_the_readme_lists_is_compiled() {
    let pages = pages();
    let code: String = pages.iter().map(Page::code).collect();
    for page in pages.iter().filter(|page| page.path.ends_with("README.md")) {
        let (_, table) = page.text.split_once("| | as in |\n").expect("the table");
        let rows = table.lines().take_while(|line| line.starts_with('|'));
        let cells = rows.map(|line| line.replace("\\|", "\u{1}"));
        let cells = cells.filter_map(|line| line.split('|').nth(2).map(|cell| cell.replace('\u{1}', "|")));
        let spans: Vec<String> = cells
            .flat_map(|cell| cell.split('`').skip(1).step_by(2).map(squeezed).collect::<Vec<_>>())
            .collect();
        assert!(spans.len() > 20, "{}", spans.len());
        for span in spans {
            assert!(code.contains(&span), "{}: no example has\n{span}", page.path);
        }
    }
}

#[test]
fn the_messages_shown_are_the_compilers() {
    let recorded = files(&here().join("../ui-tests"), "stderr");
    let recorded: Vec<String> = recorded.iter().map(read).collect();
    let mut messages = 0;
    for page in pages() {
        for block in page.blocks() {
            if block.lines.first().is_some_and(|line| line.starts_with("error")) {
                assert_eq!(block.language, "text", "{}", page.path);
                let found = recorded.iter().any(|text| are_lines_of(&block.lines, text));
                assert!(found, "{}: no UI test has this message:\n{}", page.path, block.lines.join("\n"));
                messages += 1;
            }
        }
    }
    assert!(messages > 10, "only {messages} messages are quoted");
}

/// Whether the lines are in the text, in this order; the text may have others between them.
fn are_lines_of(lines: &[String], text: &str) -> bool {
    let mut rest = text.lines();
    lines.iter().all(|line| rest.any(|other| other.trim_end() == line.trim_end()))
}

#[test]
fn the_models_shown_are_those_of_the_examples() {
    let models = read("src/first-steps.md");
    let (_, shown) = models.split_once("```rust\nuse orm::chrono").expect("the models");
    let (shown, _) = shown.split_once("```").expect("their end");
    assert_eq!(format!("use orm::chrono{shown}"), read("models.rs"));
}

// A test is not compiled where it is a documentation test.
#[test]
fn the_test_shown_is_one() {
    let shown = read("src/testing.md");
    let (_, shown) = shown.split_once("```rust,no_run\n# use docs::models::*;\n").expect("the test");
    let (shown, _) = shown.split_once("```").expect("its end");
    assert_eq!(format!("use crate::models::*;\n{shown}"), read("orders.rs"));
}

#[test]
fn every_chapter_is_in_the_summary() {
    let summary = read("src/SUMMARY.md");
    for page in pages() {
        if let Some(chapter) = page.path.strip_prefix("src/") {
            assert!(
                chapter == "SUMMARY.md" || summary.contains(&format!("({chapter})")),
                "{chapter} is missing"
            );
        }
    }
}

#[test]
fn links_lead_somewhere() {
    for page in pages() {
        let folder = here().join(&page.path).parent().unwrap().to_owned();
        for target in targets(&page.text) {
            let (file, section) = target.split_once('#').unwrap_or((target, ""));
            if file.contains("://") {
                continue;
            }
            let file = if file.is_empty() { here().join(&page.path) } else { folder.join(file) };
            assert!(file.exists(), "{}: {target}", page.path);
            assert!(
                section.is_empty() || sections(&file).iter().any(|it| it == section),
                "{}: {target}",
                page.path
            );
        }
    }
}

/// Where links lead: `[text](target)`, and `[text]: target` on a line of its own.
fn targets(text: &str) -> impl Iterator<Item = &str> {
    let inline = text.split("](").skip(1).map(|link| link.split_once(')').expect("the end of a link").0);
    let named = text.lines().filter(|line| line.starts_with('[')).filter_map(|line| line.split_once("]: "));
    inline.chain(named.map(|(_, target)| target))
}

/// The names by which a page's headings are linked to.
fn sections(file: &Path) -> Vec<String> {
    let mut text = read(file);
    if let Some(included) = text.strip_prefix("{{#include ").and_then(|rest| rest.split(':').next()) {
        text = read(file.parent().unwrap().join(included));
    }
    let headings =
        text.lines().filter(|line| line.starts_with('#')).map(|line| line.trim_start_matches('#').trim());
    let name = |heading: &str| {
        let letters = heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
        letters.collect::<String>().to_lowercase().replace(' ', "-")
    };
    headings.map(name).collect()
}
