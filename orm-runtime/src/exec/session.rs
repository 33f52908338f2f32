//! An open transaction on its connection.

use std::sync::{
    self, Arc, MutexGuard, PoisonError,
    atomic::{AtomicBool, AtomicU32, Ordering},
};

use futures_util::lock::Mutex;

use super::{
    conn::Conn,
    gate::{Gate, Pass},
    hooks::Hooks,
    lease::Lease,
    observe::Observer,
};
use crate::error::{Error, Result};
use crate::sql;

/// No savepoint was abandoned.
const NONE: u32 = u32::MAX;

/// What a transaction's guard and those of its savepoints share.
///
/// A savepoint is named by its depth. When its guard is dropped unfinished, nothing can be awaited, so the depth is
/// noted and whatever the transaction does next rolls back first.
pub(super) struct Session {
    conn: Arc<Conn>,
    /// Until the transaction has ended.
    lease: sync::Mutex<Option<Lease>>,
    pub(super) observer: Option<Observer>,
    /// What is to be done after the commit.
    pub(super) hooks: Hooks,
    gate: Gate,
    /// Whether it has ended because it collided with others.
    collided: AtomicBool,
    /// The outermost depth that was abandoned: rolling back to it undoes the inner ones as well.
    abandoned: AtomicU32,
    /// The cursors that were abandoned: the depth and number of each.
    cursors: sync::Mutex<Vec<(u32, u32)>>,
    last_cursor: AtomicU32,
    /// Held while undoing what was abandoned, so that queries sent together all wait.
    settling: Mutex<()>,
}

impl Session {
    /// Sends `begin` over the connection.
    pub(super) async fn begin(lease: Lease, observer: Option<Observer>, begin: &str) -> Result<Self> {
        lease.transaction_opening();
        lease.control(begin, observer.as_ref()).await?;
        Ok(Self {
            conn: Arc::clone(&lease),
            lease: sync::Mutex::new(Some(lease)),
            observer,
            hooks: Hooks::default(),
            gate: Gate::default(),
            collided: AtomicBool::new(false),
            abandoned: AtomicU32::new(NONE),
            cursors: sync::Mutex::default(),
            last_cursor: AtomicU32::new(0),
            settling: Mutex::new(()),
        })
    }

    pub(super) fn conn(&self) -> &Arc<Conn> {
        &self.conn
    }

    /// Brings the transaction in order for statements, which may be sent as long as what is returned is kept.
    pub(super) async fn ready(&self) -> Result<Pass<'_>> {
        let pass = self.gate.enter()?;
        self.settle().await?;
        Ok(pass)
    }

    /// Undoes what abandoned savepoints and cursors left. To be called before any statement.
    pub(super) async fn settle(&self) -> Result<()> {
        if self.is_settled() {
            return Ok(());
        }
        let _pass = self.gate.enter()?;
        let _turn = self.settling.lock().await;
        self.settle_savepoints().await?;
        let cursors: Vec<(u32, u32)> = self.cursors().drain(..).collect();
        // In an aborted transaction no cursor can be closed, and whatever ends that state ends the cursors too.
        if cursors.is_empty() || self.conn().failure().is_some() {
            return Ok(());
        }
        match self.close_cursors(cursors.into_iter().map(|(_, number)| number)).await {
            Err(e) if e.is_transaction_aborted() => Ok(()),
            closed => closed,
        }
    }

    fn is_settled(&self) -> bool {
        self.abandoned.load(Ordering::Acquire) == NONE && self.cursors().is_empty()
    }

    /// Undoes what abandoned savepoints left. To be called by whoever has the session to himself.
    pub(super) async fn settle_savepoints(&self) -> Result<()> {
        if self.abandoned.load(Ordering::Acquire) == NONE {
            return Ok(());
        }
        self.conn().stop_statements().await?;
        // From here to the sending of the statement nothing waits: if this future is dropped, either both took place or
        // neither.
        match self.abandoned.swap(NONE, Ordering::AcqRel) {
            NONE => Ok(()),
            depth => self.send_rollback_to(depth).await,
        }
    }

    /// Notes that the guard of a savepoint was dropped unfinished.
    pub(super) fn abandon(&self, depth: u32) {
        self.abandoned.fetch_min(depth, Ordering::AcqRel);
    }

    /// A number that no cursor of the transaction has had.
    pub(super) fn next_cursor(&self) -> u32 {
        self.last_cursor.fetch_add(1, Ordering::AcqRel) + 1
    }

    /// Notes that a cursor, opened at this depth, was dropped open.
    pub(super) fn abandon_cursor(&self, depth: u32, number: u32) {
        self.cursors().push((depth, number));
    }

    /// Closes cursors. Sent as soon as the future is polled.
    pub(super) async fn close_cursors(&self, numbers: impl IntoIterator<Item = u32>) -> Result<()> {
        self.control(&sql::close(numbers)).await
    }

    fn cursors(&self) -> MutexGuard<'_, Vec<(u32, u32)>> {
        self.cursors.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sets the savepoint of this depth.
    pub(super) async fn savepoint(&self, depth: u32) -> Result<()> {
        self.control(&format!("SAVEPOINT orm_{depth}")).await
    }

    /// Makes what was done since the savepoint part of what surrounds it.
    pub(super) async fn release(&self, depth: u32) -> Result<()> {
        match self.control(&format!("RELEASE orm_{depth}")).await {
            Ok(()) => {
                self.conn().all_statements_finished();
                Ok(())
            }
            Err(e) if e.is_transaction_aborted() => {
                self.send_rollback_to(depth).await?;
                Err(e)
            }
            Err(e) => Err(e),
        }
    }

    /// Undoes what was done since the savepoint; nothing may be running. Sent as soon as the future is polled.
    ///
    /// Without the `RELEASE` the server would keep every savepoint that was rolled back, 10 kB each.
    pub(super) async fn send_rollback_to(&self, depth: u32) -> Result<()> {
        // Before the statement is sent, since this future may be dropped after that.
        self.conn().forget_failure();
        self.cursors().retain(|(opened_at, _)| *opened_at < depth);
        self.control(&format!("ROLLBACK TO orm_{depth}; RELEASE orm_{depth}")).await?;
        self.conn().all_statements_finished();
        Ok(())
    }

    /// Commits. What was to be done after that is done before this returns.
    pub(super) async fn commit(&self) -> Result<()> {
        self.close()?;
        let committed = self.send_commit().await;
        self.give_back();
        if committed.is_ok() {
            self.hooks.run();
        }
        committed
    }

    /// `COMMIT` alone would answer an aborted transaction by rolling it back and reporting success; behind a query it is
    /// not reached.
    async fn send_commit(&self) -> Result<()> {
        let collided = self.collided.swap(false, Ordering::AcqRel);
        if self.conn.is_lost() {
            return Err(Error::connection(
                "the connection was lost before the commit: nothing was committed",
            ));
        }
        let error = match self.end("SELECT 1; COMMIT").await {
            Ok(()) => {
                self.ended();
                return Ok(());
            }
            Err(error) => error,
        };
        if error.is_transaction_aborted() {
            // If this fails as well, the connection is lost, and with it the transaction.
            drop(self.send_roll_back().await);
            self.collided.store(collided, Ordering::Release);
        } else if error.is_connection() {
            return Err(Error::commit_unknown(error));
        } else if commit_failed(&error) {
            self.ended();
            self.collided.store(error.is_collision(), Ordering::Release);
        }
        Err(error)
    }

    /// Rolls the whole transaction back, and cancels what still runs.
    pub(super) async fn roll_back(&self) -> Result<()> {
        self.close()?;
        let rolled_back = self.send_roll_back().await;
        self.give_back();
        rolled_back
    }

    /// Cancels what still runs, and waits for that.
    pub(super) async fn stop_statements(&self) -> Result<()> {
        let _pass = self.gate.enter()?;
        self.conn.stop_statements().await
    }

    /// Whether the transaction was committed or rolled back.
    pub(super) fn has_ended(&self) -> bool {
        self.lease().is_none()
    }

    /// Whether the transaction has ended because it collided with others, so that it may succeed when it is run again.
    pub(super) fn collided(&self) -> bool {
        self.collided.load(Ordering::Acquire)
    }

    /// Gives the connection back, to be rolled back if the transaction is open, although its guard may still be kept.
    /// If the guard is in use, that happens when it is dropped.
    pub(super) fn leave(&self) {
        if self.close().is_ok() {
            self.give_back();
        }
    }

    /// The transaction is about to end: nobody may send anything in it any more.
    fn close(&self) -> Result<()> {
        self.gate.close()?;
        self.collided.store(self.conn.has_collided(), Ordering::Release);
        Ok(())
    }

    async fn send_roll_back(&self) -> Result<()> {
        self.conn.stop_statements().await?;
        self.end("ROLLBACK").await?;
        self.ended();
        Ok(())
    }

    fn ended(&self) {
        self.conn.all_statements_finished();
        self.conn.transaction_ended();
    }

    /// Gives the connection back to the pool, clean.
    fn give_back(&self) {
        let lease = self.lease().take();
        drop(lease);
    }

    fn lease(&self) -> MutexGuard<'_, Option<Lease>> {
        self.lease.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sends what ends the transaction, when it is closed to everyone else.
    async fn end(&self, sql: &str) -> Result<()> {
        self.conn.control(sql, self.observer.as_ref()).await
    }

    async fn control(&self, sql: &str) -> Result<()> {
        let _pass = self.gate.enter()?;
        self.conn().control(sql, self.observer.as_ref()).await
    }
}

/// Whether the `COMMIT` itself failed, by a deferred constraint or a serialization failure, so that the transaction is
/// over. After any other error its state is not known, and the connection is cleaned.
fn commit_failed(error: &Error) -> bool {
    error.code().is_some_and(|code| code.starts_with("23") || code.starts_with("40"))
}
