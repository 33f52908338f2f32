//! The tests run in processes of their own, because a process chooses its server once.

use std::{
    env,
    future::Future,
    path::Path,
    process::{self, Command, Output},
    thread,
    time::Duration,
};

use tokio::{runtime::Runtime, time::timeout};
use tokio_postgres::NoTls;

use crate::{Db, testing::Database};

/// Set in the processes that the tests start.
const INSIDE: &str = "ORM_TEST_INSIDE";

/// Starts the process of a test, or is that process and does the test's work.
fn embedded<F: Future<Output = ()>>(test: &str, work: impl FnOnce() -> F) -> Option<Output> {
    if env::var_os(INSIDE).is_some() {
        Runtime::new().unwrap().block_on(work());
        return None;
    }
    let test = format!("testing::embedded::tests::{test}");
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--exact", &test, "--nocapture"]).env(INSIDE, "yes").env("ORM_TESTING", "embedded");
    Some(command.output().unwrap())
}

/// Checks that one line was said, and that the folder in it is gone.
fn check_end(output: &Output) {
    let text = String::from_utf8_lossy(&output.stderr);
    let lines: Vec<_> = text.lines().filter_map(|line| line.strip_prefix("orm::testing: ")).collect();
    assert_eq!(lines.len(), 1, "{text}");
    let folder = lines[0].strip_prefix("the embedded server (PGlite) in ").expect(&text);
    let folder = Path::new(folder.split_once(',').expect(&text).0);
    for _ in 0..500 {
        if !folder.exists() {
            return;
        }
        // The watchdog needs a moment.
        thread::sleep(Duration::from_millis(10));
    }
    panic!("{} is left behind", folder.display());
}

fn check_success(output: Option<Output>) {
    let Some(output) = output else { return };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    check_end(&output);
}

async fn assert_rows(db: &Db, rows: usize) {
    let sql = format!("DO $$ BEGIN ASSERT (SELECT count(*) FROM t) = {rows}; END $$");
    db.batch_execute(&sql).await.unwrap();
}

#[test]
fn databases_are_separate_and_can_be_cloned() {
    check_success(embedded("databases_are_separate_and_can_be_cloned", || async {
        let (one, other) = (Database::create().await.unwrap(), Database::create().await.unwrap());
        assert_eq!(one.db().status().max_size, 1);
        one.db().batch_execute("CREATE TABLE t (id int); INSERT INTO t VALUES (1)").await.unwrap();
        other.db().batch_execute("CREATE TABLE t (id int)").await.unwrap();

        let clone = Database::clone_of(&one).await.unwrap();
        clone.db().batch_execute("INSERT INTO t VALUES (2)").await.unwrap();
        one.db().batch_execute("INSERT INTO t VALUES (2), (3)").await.unwrap();

        assert_rows(clone.db(), 2).await;
        assert_rows(one.db(), 3).await;
        assert_rows(other.db(), 0).await;
        one.drop().await.unwrap();
        assert_rows(clone.db(), 2).await;
    }));
}

#[test]
fn a_second_client_is_refused() {
    check_success(embedded("a_second_client_is_refused", || async {
        let database = Database::create().await.unwrap();
        let second = tokio_postgres::connect(database.url(), NoTls).await;
        let error = second.err().unwrap();
        assert_eq!(error.code().unwrap().code(), "53300", "{error:?}");
        database.db().batch_execute("SELECT 1").await.unwrap();

        database.db().close();
        let (client, connection) = tokio_postgres::connect(database.url(), NoTls).await.unwrap();
        tokio::spawn(connection);
        client.batch_execute("SELECT 1").await.unwrap();
    }));
}

#[test]
fn a_dropped_statement_is_waited_for() {
    check_success(embedded("a_dropped_statement_is_waited_for", || async {
        let database = Database::create().await.unwrap();
        let db = database.db();
        for seconds in ["0.2", "2"] {
            let sleep = format!("SELECT pg_sleep({seconds})");
            timeout(Duration::from_millis(20), db.batch_execute(&sleep)).await.unwrap_err();
            db.batch_execute("SELECT 1").await.unwrap();
        }
        timeout(Duration::from_millis(20), db.batch_execute("SELECT pg_sleep(2)")).await.unwrap_err();
        database.drop().await.unwrap();
    }));
}

#[test]
fn nothing_is_left_of_an_aborted_process() {
    let output = embedded("nothing_is_left_of_an_aborted_process", || async {
        let database = Database::create().await.unwrap();
        database.db().batch_execute("CREATE TABLE t (id int)").await.unwrap();
        process::abort();
    });
    let output = output.expect("the process aborts");
    assert!(!output.status.success());
    check_end(&output);
}
