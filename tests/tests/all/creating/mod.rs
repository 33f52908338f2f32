//! New rows, and the terminals that find them again.

mod bulk;
mod defaults;
mod found;
mod keys;
mod lazy;
mod single;

use orm::prelude::*;

/// Every kind of optional column.
#[derive(Model, Debug, Clone, PartialEq)]
struct Draft {
    id: i64,
    #[model(unique)]
    title: String,
    subtitle: Option<String>,
    #[model(default = "7")]
    stars: i32,
    #[model(default = "'unknown'")]
    author: Option<String>,
}

fn draft(title: &str) -> CreateDraft {
    NewDraft { title: title.to_owned() }.into()
}

fn titles(rows: &[Draft]) -> Vec<&str> {
    rows.iter().map(|row| row.title.as_str()).collect()
}
