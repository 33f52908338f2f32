//! Transactions of other kinds than the server's default.

use std::sync::Arc;

use super::{db::Db, session::Session, transaction::Transaction};
use crate::error::{Error, Result};

/// How far a transaction is kept from seeing the work of others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum IsolationLevel {
    /// Each statement sees what was committed before it. PostgreSQL's default.
    ReadCommitted,
    /// All statements see what was committed before the first.
    RepeatableRead,
    /// As if transactions ran one after another. Be ready to run one again when it
    /// [fails for that](Error::is_serialization_failure).
    Serializable,
}

/// A transaction about to begin, made by [`Db::build_transaction`], begun by [`run`](Self::run) or
/// [`begin`](Self::begin).
///
/// `db.build_transaction().isolation_level(IsolationLevel::RepeatableRead).run(async |tx| report(tx).await)`
#[derive(Clone, Debug)]
#[must_use = "a transaction does not begin before `run` or `begin`"]
pub struct TransactionBuilder<'a> {
    db: &'a Db,
    isolation_level: Option<IsolationLevel>,
    read_only: Option<bool>,
    deferrable: Option<bool>,
}

impl<'a> TransactionBuilder<'a> {
    pub(super) fn new(db: &'a Db) -> Self {
        Self { db, isolation_level: None, read_only: None, deferrable: None }
    }

    /// Sets the isolation level.
    pub fn isolation_level(mut self, level: IsolationLevel) -> Self {
        self.isolation_level = Some(level);
        self
    }

    /// Sets whether the server refuses every write.
    pub fn read_only(mut self, read_only: bool) -> Self {
        self.read_only = Some(read_only);
        self
    }

    /// Sets whether a serializable, read-only transaction may wait at its beginning so that it cannot fail later.
    pub fn deferrable(mut self, deferrable: bool) -> Self {
        self.deferrable = Some(deferrable);
        self
    }

    /// Runs `f` in the transaction, as [`Db::transaction`] does.
    ///
    /// # Errors
    ///
    /// Those of [`Db::transaction`].
    pub async fn run<T, E, F>(self, f: F) -> Result<T, E>
    where
        F: AsyncFnOnce(&mut Transaction<'_>) -> Result<T, E>,
        E: From<Error>,
    {
        self.begin().await?.run(f).await
    }

    /// Begins the transaction, as [`Db::begin`] does.
    ///
    /// # Errors
    ///
    /// Those of taking a connection from the pool.
    pub async fn begin(self) -> Result<Transaction<'static>> {
        Ok(Transaction::new(Arc::new(self.session().await?)))
    }

    /// Takes a connection and begins the transaction on it.
    pub(super) async fn session(&self) -> Result<Session> {
        let lease = self.db.lease().await?;
        Session::begin(lease, self.db.observer.clone(), &self.sql()).await
    }

    fn sql(&self) -> String {
        let mut sql = String::from("BEGIN");
        match self.isolation_level {
            Some(IsolationLevel::ReadCommitted) => sql.push_str(" ISOLATION LEVEL READ COMMITTED"),
            Some(IsolationLevel::RepeatableRead) => sql.push_str(" ISOLATION LEVEL REPEATABLE READ"),
            Some(IsolationLevel::Serializable) => sql.push_str(" ISOLATION LEVEL SERIALIZABLE"),
            None => {}
        }
        match self.read_only {
            Some(true) => sql.push_str(" READ ONLY"),
            Some(false) => sql.push_str(" READ WRITE"),
            None => {}
        }
        match self.deferrable {
            Some(true) => sql.push_str(" DEFERRABLE"),
            Some(false) => sql.push_str(" NOT DEFERRABLE"),
            None => {}
        }
        sql
    }
}
