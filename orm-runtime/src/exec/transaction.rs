//! Transactions and savepoints.

use std::{fmt, sync::Arc};

use super::{db::Db, session::Session, transaction_builder::TransactionBuilder};
use crate::error::{Error, Result};

/// A transaction, or a savepoint within one. Queries run on it by being given `&tx`.
///
/// It is ended by [`commit`](Transaction::commit) or [`rollback`](Transaction::rollback), or by the closure form
/// ([`Db::transaction`]). Dropped without either it is rolled back: a statement still running is cancelled, and the
/// locks are released within milliseconds, without anything to be awaited.
///
/// Once a statement has failed, PostgreSQL refuses all others up to the rollback. To go on after an expected error, run
/// the statement inside a savepoint: [`Transaction::transaction`] or [`Transaction::begin`].
pub struct Transaction<'a> {
    session: Owner<'a>,
    /// 0 for the transaction itself, and for a savepoint how deep it is nested.
    depth: u32,
    open: bool,
    /// How many callbacks were registered before a savepoint: those that stay if it is rolled back.
    hooks: usize,
}

enum Owner<'a> {
    Here(Arc<Session>),
    Parent(&'a Session),
}

impl Db {
    /// Runs `f` in a transaction: committed if it returns `Ok`, rolled back if it returns `Err`, and rolled back if this
    /// future is dropped.
    ///
    /// `db.transaction(async |tx| query!(Order.create(user_id = 1, total = 5.0)).execute(tx).await)`
    ///
    /// Sends `BEGIN`, then what `f` runs, then `SELECT 1; COMMIT` or `ROLLBACK`.
    ///
    /// # Errors
    ///
    /// The error of `f`. If `f` returns `Ok` although a statement in it had failed, the transaction cannot be committed
    /// and the error [is that](Error::is_transaction_aborted), naming the statement. If the connection is lost during
    /// the commit, [nobody knows](Error::is_commit_unknown) whether it took place.
    pub async fn transaction<T, E, F>(&self, f: F) -> Result<T, E>
    where
        F: AsyncFnOnce(&mut Transaction<'_>) -> Result<T, E>,
        E: From<Error>,
    {
        self.build_transaction().run(f).await
    }

    /// Begins a transaction that ends with [`commit`](Transaction::commit), [`rollback`](Transaction::rollback), or by
    /// being dropped. Sends `BEGIN`.
    ///
    /// # Errors
    ///
    /// Those of taking a connection from the pool.
    pub async fn begin(&self) -> Result<Transaction<'static>> {
        self.build_transaction().begin().await
    }

    /// A transaction with an isolation level or access mode of its own.
    pub fn build_transaction(&self) -> TransactionBuilder<'_> {
        TransactionBuilder::new(self)
    }
}

impl<'a> Transaction<'a> {
    pub(super) fn new(session: Arc<Session>) -> Self {
        Self { session: Owner::Here(session), depth: 0, open: true, hooks: 0 }
    }

    /// Runs `f` in a savepoint: kept if it returns `Ok`, undone if it returns `Err`. The transaction around it goes on
    /// in either case.
    ///
    /// Sends `SAVEPOINT`, then what `f` runs, then `RELEASE` or `ROLLBACK TO` and `RELEASE`.
    ///
    /// # Errors
    ///
    /// Those of [`Db::transaction`].
    pub async fn transaction<T, E, F>(&mut self, f: F) -> Result<T, E>
    where
        F: AsyncFnOnce(&mut Transaction<'_>) -> Result<T, E>,
        E: From<Error>,
    {
        let savepoint = self.begin().await?;
        savepoint.run(f).await
    }

    /// Sets a savepoint: a transaction within this one, which cannot be used until the inner one has ended. Sends
    /// `SAVEPOINT`.
    ///
    /// # Errors
    ///
    /// [`is_transaction_aborted`](Error::is_transaction_aborted) if a statement has failed before, and those of a lost
    /// connection.
    pub async fn begin(&mut self) -> Result<Transaction<'_>> {
        let session = self.session();
        let _pass = session.ready().await?;
        // Made before the statement is sent: if this future is dropped after that, it is rolled back to.
        let mut inner = Transaction {
            session: Owner::Parent(session),
            depth: self.depth + 1,
            open: true,
            hooks: session.hooks.len(),
        };
        let set = session.savepoint(inner.depth).await;
        inner.open = set.is_ok();
        set.map(|()| inner)
    }

    /// Commits; of a savepoint, makes its work part of the transaction around it. A statement whose future was dropped
    /// is waited for and committed with the rest.
    ///
    /// Sends `SELECT 1; COMMIT` (`COMMIT` alone reports success for an aborted transaction), or `RELEASE`.
    ///
    /// # Errors
    ///
    /// [`is_transaction_aborted`](Error::is_transaction_aborted) if a statement had failed: everything is rolled back
    /// then. [`is_commit_unknown`](Error::is_commit_unknown) if the connection was lost meanwhile. The violation of a
    /// deferred constraint, or a serialization failure.
    pub async fn commit(mut self) -> Result<()> {
        self.session().settle().await?;
        self.open = false;
        match self.depth {
            0 => self.session().commit().await,
            depth => {
                let released = self.session().release(depth).await;
                if released.is_err() {
                    self.session().hooks.keep(self.hooks);
                }
                released
            }
        }
    }

    /// Undoes everything since the beginning, or since the savepoint. A statement still running is cancelled.
    ///
    /// Sends `ROLLBACK`, or `ROLLBACK TO` and `RELEASE`.
    ///
    /// # Errors
    ///
    /// Those of a lost connection, with which the transaction is gone too.
    pub async fn rollback(mut self) -> Result<()> {
        // Its cursors end with it: to close one first would be to wait for what runs.
        self.session().settle_savepoints().await?;
        match self.depth {
            0 => self.session().roll_back().await?,
            depth => {
                self.session().stop_statements().await?;
                // If this future is dropped later than here the statement was sent, and must not be sent again.
                self.open = false;
                self.session().hooks.keep(self.hooks);
                self.session().send_rollback_to(depth).await?;
            }
        }
        Ok(())
    }

    /// Runs a script by the simple protocol: any number of statements separated by semicolons, no parameters.
    ///
    /// # Errors
    ///
    /// That of the first statement that fails; none after it is run, and the transaction is aborted.
    pub async fn batch_execute(&self, sql: &str) -> Result<()> {
        let _pass = self.session().ready().await?;
        self.session().conn().batch(sql, self.session().observer.as_ref()).await
    }

    /// Calls `f` once the transaction is committed, after those that were given before. It is dropped without being
    /// called if the transaction is rolled back, or the savepoint in which it was given, or if
    /// [nobody knows](Error::is_commit_unknown) whether the commit took place.
    ///
    /// `tx.on_commit(move || drop(tokio::spawn(send_receipt(order.id))))`
    ///
    /// It is called before [`commit`](Transaction::commit), or the closure form, returns, when the connection is back in
    /// the pool. It should not block: what takes long belongs in a task. If the future of the commit is dropped before
    /// it is ready, nothing is called, though the server may commit. A callback that panics is reported by the panic
    /// hook and changes nothing else: the others are called, and the commit returns `Ok`, as it took place.
    pub fn on_commit(&self, f: impl FnOnce() + Send + 'static) {
        self.session().hooks.add(Box::new(f));
    }

    pub(super) fn session(&self) -> &Session {
        match &self.session {
            Owner::Here(session) => session,
            Owner::Parent(session) => session,
        }
    }

    /// How deep in savepoints this is; 0 is the transaction itself.
    pub(super) fn depth(&self) -> u32 {
        self.depth
    }

    pub(super) async fn run<T, E, F>(mut self, f: F) -> Result<T, E>
    where
        F: AsyncFnOnce(&mut Transaction<'_>) -> Result<T, E>,
        E: From<Error>,
    {
        match f(&mut self).await {
            Ok(value) => {
                self.commit().await?;
                Ok(value)
            }
            Err(error) => {
                // A rollback that fails has lost the connection, and the transaction with it. Why it was to be rolled
                // back is what the caller needs to know.
                drop(self.rollback().await);
                Err(error)
            }
        }
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        // The transaction itself is rolled back by the drop of its lease.
        if self.open && self.depth > 0 {
            self.session().hooks.keep(self.hooks);
            self.session().abandon(self.depth);
        }
    }
}

impl fmt::Debug for Transaction<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transaction")
            .field("depth", &self.depth)
            .field("open", &self.open)
            .finish_non_exhaustive()
    }
}
