//! The page for those who come from Django says what is so: its code is compiled, and the tests it names are there.

use std::fs;
use std::path::{Path, PathBuf};

use crate::prelude::squeezed;
use crate::quotes::{Page, pages, read};

fn page() -> Page {
    pages().into_iter().find(|page| page.text.contains("# Coming from Django\n")).expect("the page")
}

/// The lines of the tables, heads left out: what Django has, what is here, the tests.
fn lines(page: &Page) -> Vec<[String; 3]> {
    let rows = page.text.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| ---"));
    let cells = |line: &str| {
        let line = line.replace("\\|", "\u{1}");
        let cells: Vec<_> = line.split('|').map(|cell| cell.trim().replace('\u{1}', "|")).collect();
        match &cells[..] {
            [_, django, here, tests, _] => [django.clone(), here.clone(), tests.clone()],
            _ => panic!("not three cells: {line}"),
        }
    };
    rows.map(cells).filter(|[django, ..]| django != "Django").collect()
}

/// The code spans of a cell.
fn spans(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

#[test]
fn every_expression_is_compiled() {
    let page = page();
    let code = page.code();
    let lines = lines(&page);
    assert!(lines.len() > 80, "{} lines", lines.len());
    // Django's words, names of types and features, single signs.
    let known = [
        "%",
        "_",
        "\\",
        "Option",
        "serde_json",
        "None",
        "<",
        "tsvector",
        "limit_choices_to",
        "swappable",
        "db_constraint=False",
    ];
    let all = lines.iter().flat_map(|[_, here, _]| spans(here)).filter(|span| !known.contains(span));
    let missing: Vec<&str> = all.filter(|span| !code.contains(&squeezed(span))).collect();
    assert!(missing.is_empty(), "no example has\n{}", missing.join("\n"));
}

#[test]
fn every_line_names_tests_that_are_there() {
    let lines = lines(&page());
    for [django, here, tests] in &lines {
        assert!(
            spans(tests).next().is_some() || here.starts_with("not there"),
            "no test is named for {django}"
        );
    }
    let named = lines.iter().flat_map(|[.., tests]| spans(tests));
    let missing: Vec<&str> = named.filter(|test| !is_there(test)).collect();
    assert!(missing.is_empty(), "there are no tests\n{}", missing.join("\n"));
}

/// Whether a test, or a module of tests, is in the sources.
fn is_there(test: &str) -> bool {
    if let Some(program) = test.strip_prefix("fail::") {
        return at(&format!("../ui-tests/query/fail/{program}.rs")).exists();
    }
    let path = test.replace("::", "/");
    let module = |path: &str| {
        let files = [format!("../tests/tests/all/{path}.rs"), format!("../tests/tests/all/{path}/mod.rs")];
        files.into_iter().find(|file| at(file).exists())
    };
    if let Some(file) = module(&path) {
        return read(file).contains("test]");
    }
    let Some((path, name)) = path.rsplit_once('/') else { return false };
    let Some(file) = module(path) else { return false };
    let text = read(file);
    let Some((before, _)) = text.split_once(&format!("fn {name}(")) else { return false };
    let above = before.trim_end().trim_end_matches("async").trim_end();
    above.ends_with("test]")
}

fn at(path: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::canonicalize(&path).unwrap_or(path)
}

/// The chapter of the book is the page, with links that lead from there.
#[test]
fn the_chapter_is_the_page() {
    let (page, chapter) = (page(), read("src/django.md"));
    let (_, links) = page.text.split_once("<!-- ANCHOR_END: page -->\n").expect("the end of the page");
    assert_eq!(chapter, format!("{{{{#include ../django.md:page}}}}\n{}", links.replace("]: src/", "]: ")));
}
