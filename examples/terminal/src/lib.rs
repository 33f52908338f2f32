//! How the examples print: headings, paragraphs, code, SQL and tables, in plain text as wide as the terminal allows.

mod code;
mod sql;
mod table;
mod text;

use std::fmt::Display;
use std::io::{self, IsTerminal, Write};
use std::process::{self, Command, Stdio};
use std::sync::OnceLock;

pub use code::code;
pub use sql::{log, log_head, sql, statement};
pub use table::Table;
pub use text::{count, heading, indented, note, say};

/// The width where no terminal says otherwise.
const DEFAULT_WIDTH: usize = 88;

/// How many columns to print: those of the terminal, between 40 and 100.
pub fn width() -> usize {
    static WIDTH: OnceLock<usize> = OnceLock::new();
    *WIDTH.get_or_init(|| from_environment().or_else(from_terminal).unwrap_or(DEFAULT_WIDTH).clamp(40, 100))
}

fn from_environment() -> Option<usize> {
    std::env::var("COLUMNS").ok()?.parse().ok()
}

/// Asks `stty`, which prints `rows columns` of the terminal that is its standard input.
fn from_terminal() -> Option<usize> {
    if !io::stdout().is_terminal() {
        return None;
    }
    let output = Command::new("stty").arg("size").stdin(Stdio::inherit()).output().ok()?;
    String::from_utf8(output.stdout).ok()?.split_whitespace().nth(1)?.parse().ok()
}

/// Prints a line. Ends the process where nobody reads any more, as in `cargo run -p shop | head`.
pub fn line(text: impl Display) {
    if writeln!(io::stdout(), "{text}").is_err() {
        process::exit(0);
    }
}
