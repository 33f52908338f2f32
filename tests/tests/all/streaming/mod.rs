//! Rows as they are needed: streams of rows, and of chunks by a cursor.

mod cursors;
mod dropped;
mod failing;
#[cfg(target_os = "linux")]
mod memory;
mod rows;

use orm::{QueryLog, RowStream};

/// The rows of a stream that are left.
async fn rest<S: orm::Row>(stream: &mut RowStream<'_, S>) -> orm::Result<Vec<S>> {
    let mut rows = Vec::new();
    while let Some(row) = stream.try_next().await? {
        rows.push(row);
    }
    Ok(rows)
}

/// The first word of each statement, `BEGIN` and its like included; then the log is empty.
fn verbs(log: &QueryLog) -> Vec<String> {
    let verbs = log.queries().iter().map(|query| query.sql.split(' ').next().unwrap().to_owned()).collect();
    log.clear();
    verbs
}
