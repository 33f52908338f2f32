//! What does not compile. Programs and messages are those of `ui-tests`, which compiles each and compares.

use terminal::{heading, indented, say};

macro_rules! refused {
    ($name:literal) => {
        print(
            include_str!(concat!("../../../ui-tests/query/fail/", $name, ".rs")),
            include_str!(concat!("../../../ui-tests/query/fail/", $name, ".stderr")),
        )
    };
}

pub fn section() {
    heading("What the compiler refuses");
    say(
        "`order.user()` in a loop over orders that were loaded without their users would be the N+1 problem again. \
         It is not a program. This is rustc, shortened only by its notes on generated code:",
    );
    refused!("not_loaded_on_plain_row");
    say("The same for a row that a function receives, with a type that says what it holds:");
    refused!("not_loaded_in_signature");
    say("A relation that is not there, wherever it stands in a path:");
    refused!("wrong_nested_relation");
    say("A relation to many rows, bare in a filter: any of them, or all?");
    refused!("bare_to_many_column");
    say("A new row that lacks a column:");
    refused!("missing_column_in_create");
}

/// The query that starts from another module's private model.
pub fn tenant() {
    refused!("tenant_forgotten");
}

fn print(program: &str, message: &str) {
    indented(body(program));
    indented(gist(message));
}

/// The program without its imports, and without its `main` where the mistake is above it.
fn body(program: &str) -> String {
    let lines = program.lines().skip_while(|line| line.starts_with("use ") || line.is_empty());
    let body = lines.collect::<Vec<_>>().join("\n");
    match body.split_once("\nfn main()") {
        Some((above, _)) => above.trim_end().to_owned(),
        None => body,
    }
}

/// The message up to where rustc starts to tell how it found out.
fn gist(message: &str) -> String {
    let found_out = |line: &str| line.starts_with("note: required by") || line.starts_with("help: the trait");
    let lines = message.lines().take_while(|&line| !found_out(line));
    lines.filter(|line| !line.contains("= help: the trait")).collect::<Vec<_>>().join("\n")
}
