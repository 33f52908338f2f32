//! Cursors on the server, named by number.

use super::{Params, Statement};

/// `DECLARE .. CURSOR FOR` a query.
pub(crate) fn declare(number: u32, query: &Statement) -> Statement {
    let text = format!("DECLARE orm_cursor_{number} NO SCROLL CURSOR FOR {}", query.text());
    query.within(text)
}

/// The next `rows` rows.
pub(crate) fn fetch(number: u32, rows: usize) -> Statement {
    let rows = i32::try_from(rows).unwrap_or(i32::MAX);
    Statement::once(format!("FETCH {rows} FROM orm_cursor_{number}"), Params::new())
}

/// The end of several cursors, as a script.
pub(crate) fn close(numbers: impl IntoIterator<Item = u32>) -> String {
    let close: Vec<String> = numbers.into_iter().map(|number| format!("CLOSE orm_cursor_{number}")).collect();
    close.join("; ")
}
