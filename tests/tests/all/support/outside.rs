use std::time::{Duration, Instant};

use tokio::time::sleep;
use tokio_postgres::{Client, NoTls, SimpleQueryMessage};

const PATIENCE: Duration = Duration::from_secs(10);

/// A session of its own on the server, to look at the others. It panics where something fails.
pub(crate) struct Outside(Client);

impl Outside {
    pub(crate) async fn connect(url: &str) -> Self {
        let (client, connection) = tokio_postgres::connect(url, NoTls).await.expect("a server");
        tokio::spawn(connection);
        Self(client)
    }

    /// Runs a script and returns the first column of its rows.
    pub(crate) async fn texts(&self, sql: &str) -> Vec<String> {
        let messages = self.0.simple_query(sql).await.unwrap_or_else(|error| panic!("{sql}: {error:?}"));
        let texts = messages.iter().filter_map(|message| match message {
            SimpleQueryMessage::Row(row) => Some(row.get(0).unwrap_or_default().to_owned()),
            _ => None,
        });
        texts.collect()
    }

    /// The one number that a query returns.
    pub(crate) async fn number(&self, sql: &str) -> i64 {
        let texts = self.texts(sql).await;
        let number = texts.first().and_then(|text| text.parse().ok());
        number.unwrap_or_else(|| panic!("{sql}: {texts:?}"))
    }

    /// Waits until a condition in SQL is true.
    pub(crate) async fn until(&self, condition: &str) {
        let started = Instant::now();
        while self.texts(&format!("SELECT {condition}")).await != ["t"] {
            assert!(started.elapsed() < PATIENCE, "never true: {condition}");
            sleep(Duration::from_millis(1)).await;
        }
    }

    /// Waits until a session of the database is in a state: `active`, `idle`, `idle in transaction`..
    pub(crate) async fn until_state(&self, pid: i32, state: &str) {
        self.until(&format!("state = '{state}' FROM pg_stat_activity WHERE pid = {pid}")).await;
    }

    /// Waits until a session sleeps inside a query.
    pub(crate) async fn until_napping(&self, pid: i32) {
        self.until(&format!("wait_event = 'PgSleep' FROM pg_stat_activity WHERE pid = {pid}")).await;
    }

    /// Ends a session, and waits until it is gone.
    pub(crate) async fn kill(&self, pid: i32) {
        self.texts(&format!("SELECT pg_terminate_backend({pid})")).await;
        self.until(&format!("NOT EXISTS (SELECT FROM pg_stat_activity WHERE pid = {pid})")).await;
    }

    /// How many locks on `notes` a session holds.
    pub(crate) async fn locks(&self, pid: i32) -> i64 {
        self.number(&format!(
            "SELECT count(*) FROM pg_locks WHERE pid = {pid} AND relation = 'notes'::regclass"
        ))
        .await
    }
}
