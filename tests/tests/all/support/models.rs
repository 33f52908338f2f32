//! A table, and views by which a query can sleep, be long, and tell about its session.

use orm::prelude::*;

/// A row to write.
#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "notes")]
pub(crate) struct Note {
    pub(crate) id: i64,
    #[model(unique)]
    pub(crate) text: String,
}

/// A row whose reading takes its key in microseconds.
#[derive(Model, Debug)]
#[model(table = "naps")]
struct Nap {
    id: i64,
    slept: String,
}

/// One of many rows of a kilobyte each.
#[derive(Model, Debug)]
#[model(table = "lines")]
pub(crate) struct Line {
    pub(crate) id: i64,
    pub(crate) text: String,
}

/// The session that reads it.
#[derive(Model, Debug)]
#[model(table = "sessions")]
pub(crate) struct Session {
    #[model(primary_key)]
    pub(crate) pid: i32,
    pub(crate) jit: String,
    pub(crate) isolation: String,
    pub(crate) read_only: String,
    /// How many statements it has prepared, those on this view not counted.
    pub(crate) prepared: i64,
}

pub(super) async fn create(db: &Db) -> orm::Result<()> {
    db.create_tables(models![Note]).await?;
    db.batch_execute(
        "CREATE TABLE nap_lengths (microseconds bigint PRIMARY KEY);
         INSERT INTO nap_lengths SELECT n * 10 FROM generate_series(0, 1000) n;
         INSERT INTO nap_lengths VALUES (20000000);
         CREATE VIEW naps AS
            SELECT microseconds AS id, pg_sleep(microseconds / 1e6)::text AS slept FROM nap_lengths;
         CREATE VIEW lines AS SELECT n AS id, repeat('x', 1000) AS text FROM generate_series(1::bigint, 300000) n;
         CREATE VIEW sessions AS
            SELECT pg_backend_pid() AS pid, current_setting('jit') AS jit,
                current_setting('transaction_isolation') AS isolation,
                current_setting('transaction_read_only') AS read_only,
                (SELECT count(*) FROM pg_prepared_statements WHERE statement NOT LIKE '%\"sessions\"%') AS prepared",
    )
    .await
}

/// A query that takes so many microseconds: a multiple of 10 up to 10,000, or 20 seconds.
pub(crate) async fn nap(db: &impl Executor, microseconds: i64) -> orm::Result<()> {
    let naps = query!(Nap.filter(.id == microseconds)).all(db).await?;
    assert!(naps.len() == 1 && naps[0].slept.is_empty() && naps[0].id == microseconds);
    Ok(())
}

/// The first `count` of 300,000 lines of a kilobyte each.
pub(crate) async fn lines(db: &impl Executor, count: usize) -> orm::Result<Vec<Line>> {
    query!(Line[..count]).all(db).await
}

/// The session that a query runs in.
pub(crate) async fn session(db: &impl Executor) -> orm::Result<Session> {
    query!(Session).get(db).await
}
