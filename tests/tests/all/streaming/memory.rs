//! A million rows in constant memory. It is measured in a process of its own, since the peak is one of the process.

use std::env;
use std::fs;
use std::process::Command;

use orm::prelude::*;
use orm::testing::Database;

const URL: &str = "ORM_STREAM_URL";
const ROWS: i64 = 1_000_000;
const MOST_KIB: u64 = 40 * 1024;

#[derive(Model, Debug)]
#[model(table = "numbers", has_many(divisors: Divisor.number))]
struct Number {
    id: i64,
    text: String,
}

#[derive(Model, Debug)]
#[model(table = "divisors")]
struct Divisor {
    id: i64,
    #[model(belongs_to = Number)]
    number_id: i64,
}

/// Runs the test of this name in a process of its own, on a database with a million numbers and a thousand divisors.
async fn apart(test: &str) -> orm::Result<()> {
    let database = Database::create().await?;
    let script = format!(
        "CREATE VIEW numbers AS SELECT n AS id, repeat('x', 50) AS text FROM generate_series(1::bigint, {ROWS}) n;
         CREATE TABLE divisors (id bigint PRIMARY KEY, number_id bigint);
         INSERT INTO divisors SELECT n, n * 1000 FROM generate_series(1, {ROWS} / 1000) n"
    );
    database.db().batch_execute(&script).await?;
    let mut child = Command::new(env::current_exe().expect("the path of this program"));
    let child = child.args(["--exact", &format!("streaming::memory::{test}"), "--nocapture"]);
    let output = child.env(URL, database.url()).output().expect("a process");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && said.contains("1 passed"),
        "{said}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(())
}

/// A line of `/proc/self/status`, in KiB.
fn memory(name: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").expect("the status of this process");
    let line = status.lines().find_map(|line| line.strip_prefix(name)).expect("the line");
    line.trim_matches(|c: char| !c.is_ascii_digit()).parse().expect("a number")
}

async fn connect(url: &str) -> orm::Result<Db> {
    let db = Db::connect(url).await?;
    query!(Number.prefetch_related(.divisors)[..10]).all(&db).await?;
    Ok(db)
}

#[tokio::test]
async fn of_a_stream_of_rows() -> orm::Result<()> {
    let Ok(url) = env::var(URL) else { return apart("of_a_stream_of_rows").await };
    let db = connect(&url).await?;
    let before = memory("VmRSS:");
    let mut numbers = query!(Number).iterator(&db, 2_000);
    let mut last = 0;
    while let Some(number) = numbers.try_next().await? {
        assert!(number.id == last + 1 && number.text.len() == 50);
        last = number.id;
    }
    let grown = memory("VmHWM:") - before;
    assert!(last == ROWS && grown < MOST_KIB, "{last} rows took {grown} KiB");
    Ok(())
}

#[tokio::test]
async fn of_a_stream_of_chunks() -> orm::Result<()> {
    let Ok(url) = env::var(URL) else { return apart("of_a_stream_of_chunks").await };
    let db = connect(&url).await?;
    let before = memory("VmRSS:");
    let mut numbers = query!(Number.prefetch_related(.divisors)).iterator(&db, 5_000);
    let (mut last, mut divisors) = (0, 0);
    while let Some(number) = numbers.try_next().await? {
        assert_eq!(number.id, last + 1);
        last = number.id;
        divisors += number.divisors().len() as i64;
    }
    let grown = memory("VmHWM:") - before;
    assert!(last == ROWS && divisors == ROWS / 1_000 && grown < MOST_KIB, "{last} rows took {grown} KiB");
    Ok(())
}
