//! Transactions that are run again when they collide with others.

use std::{future::Future, sync::Arc};

use tokio::time::sleep;

use super::{
    backoff::Retry, db::Db, session::Session, transaction::Transaction,
    transaction_builder::TransactionBuilder,
};
use crate::error::{Error, Result};

impl Db {
    /// Runs `f` in a transaction, as [`transaction`](Db::transaction) does, and runs it again in a new one if it fails
    /// because of others: by a [serialization failure](Error::is_serialization_failure), a
    /// [deadlock](Error::is_deadlock), or a prepared statement whose columns a migration changed. So `f` must do nothing outside of the transaction that may not be done twice;
    /// what should happen once is for [`on_commit`](Transaction::on_commit).
    ///
    /// `db.retry(|tx| async move { query!(Account.filter(.id == id).select_for_update()).get(&tx).await })`
    ///
    /// Each attempt is given a transaction of its own, by value: queries run on `&tx`, and `|mut tx|` can set savepoints,
    /// `tx.transaction(async |tx| ..)`. What `f` uses up it has to clone for each attempt:
    /// `|tx| { let name = name.clone(); async move { .. } }`.
    ///
    /// There are ten attempts at most, with pauses between them that grow and are random within bounds:
    /// [`Retry`] says more, and [`TransactionBuilder::retry_with`] sets others. No connection is held during a pause.
    ///
    /// # Errors
    ///
    /// That of the last attempt, as [`transaction`](Db::transaction) returns it. What decides whether there is another
    /// one is what the server said in the transaction, not what `f` made of it: `f` may turn errors into others. Any
    /// other failure is returned at once, among them a commit of which
    /// [nobody knows](Error::is_commit_unknown) whether it took place.
    ///
    /// A transaction that is still being used when the future of `f` is ready, because `f` gave it to a task, is rolled
    /// back, and that is the error. One that was only kept is committed, and whatever is then run on it is an error.
    pub async fn retry<T, E, F, Fut>(&self, f: F) -> Result<T, E>
    where
        F: FnMut(Transaction<'static>) -> Fut,
        Fut: Future<Output = Result<T, E>>,
        E: From<Error>,
    {
        self.build_transaction().retry(f).await
    }
}

impl TransactionBuilder<'_> {
    /// Runs `f` in such a transaction, and again if it fails because of others, as [`Db::retry`] does.
    ///
    /// # Errors
    ///
    /// Those of [`Db::retry`].
    pub async fn retry<T, E, F, Fut>(self, f: F) -> Result<T, E>
    where
        F: FnMut(Transaction<'static>) -> Fut,
        Fut: Future<Output = Result<T, E>>,
        E: From<Error>,
    {
        self.retry_with(Retry::new(), f).await
    }

    /// Like [`retry`](Self::retry), with so many attempts, and such pauses between them, as `retry` says.
    ///
    /// # Errors
    ///
    /// Those of [`Db::retry`].
    pub async fn retry_with<T, E, F, Fut>(self, retry: Retry, mut f: F) -> Result<T, E>
    where
        F: FnMut(Transaction<'static>) -> Fut,
        Fut: Future<Output = Result<T, E>>,
        E: From<Error>,
    {
        let mut pauses = retry.pauses();
        loop {
            let attempt = Attempt(Arc::new(self.session().await?));
            let result = f(Transaction::new(Arc::clone(&attempt.0))).await;
            let ended = attempt.end(result.is_ok()).await;
            let collided = attempt.0.collided();
            drop(attempt);
            let error = match (result, ended) {
                (Ok(value), Ok(())) => return Ok(value),
                (Ok(_), Err(error)) => error.into(),
                (Err(error), _) => error,
            };
            match pauses.next() {
                Some(pause) if collided => {
                    drop(error);
                    sleep(pause).await;
                }
                _ => return Err(error),
            }
        }
    }
}

/// One transaction of several, which the closure holds too.
struct Attempt(Arc<Session>);

impl Attempt {
    /// Commits, or rolls back, unless the closure has done so itself.
    async fn end(&self, commit: bool) -> Result<()> {
        let session = &self.0;
        if session.has_ended() {
            return Ok(());
        }
        if commit {
            session.settle().await?;
            session.commit().await
        } else {
            session.roll_back().await
        }
    }
}

impl Drop for Attempt {
    fn drop(&mut self) {
        self.0.leave();
    }
}
