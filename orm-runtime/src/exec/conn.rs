//! One connection to the server, and what is known about its state.

use std::{
    future::Future,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    time::Duration,
};

use futures_util::lock;
use tokio::{runtime::Handle, task::JoinHandle, time::timeout};
use tokio_postgres::Client;

use super::{connect::Server, statement_cache::StatementCache};
use crate::error::{Error, Failure, Result};
use crate::sql::Rendered;

/// How long each step of [`Conn::clean`] may take before the connection is given up.
const STEP_LIMIT: Duration = Duration::from_secs(1);

/// How many rendered queries a connection keeps, a kilobyte each.
const RENDERED: usize = 128;

/// How long an abandoned statement is given to end by itself before it is cancelled.
const GRACE: Duration = Duration::from_millis(2);

/// A connection with its prepared statements and the marks by which a dropped future is noticed.
///
/// Dropping a future does not stop what it asked the server to do. So each statement is counted before it is sent and
/// discounted when the server has finished it, *not* when its future is dropped; a transaction is marked before its
/// `BEGIN` is sent. A connection with either mark left is cleaned before its next use.
pub(crate) struct Conn {
    pub(super) client: Client,
    pub(super) statements: StatementCache,
    /// The queries that were rendered for this connection.
    pub(super) rendered: Rendered,
    pub(super) runtime: Handle,
    server: Arc<Server>,
    driver: JoinHandle<()>,
    in_flight: AtomicU32,
    /// The request to cancel that is under way. It goes on when whoever made it is dropped.
    cancelling: lock::Mutex<Option<JoinHandle<()>>>,
    in_transaction: AtomicBool,
    broken: AtomicBool,
    failure: Mutex<Option<Failure>>,
    collided: AtomicBool,
}

impl Conn {
    /// Wraps a connection that was just opened on the current tokio runtime and is driven by `driver`.
    pub(super) fn new(
        client: Client,
        driver: JoinHandle<()>,
        server: Arc<Server>,
        statement_cache_size: usize,
    ) -> Self {
        Self {
            client,
            statements: StatementCache::new(statement_cache_size),
            rendered: Rendered::new(RENDERED),
            runtime: Handle::current(),
            server,
            driver,
            in_flight: AtomicU32::new(0),
            cancelling: lock::Mutex::new(None),
            in_transaction: AtomicBool::new(false),
            broken: AtomicBool::new(false),
            failure: Mutex::new(None),
            collided: AtomicBool::new(false),
        }
    }

    /// Whether the server is gone.
    pub(super) fn is_lost(&self) -> bool {
        self.client.is_closed()
    }

    /// Whether the connection must not be used again.
    pub(super) fn is_unusable(&self) -> bool {
        self.is_lost() || self.broken.load(Ordering::Acquire)
    }

    /// Marks the connection as not to be used by anyone after its present borrower.
    pub(super) fn mark_broken(&self) {
        self.broken.store(true, Ordering::Release);
    }

    /// Whether something has to be undone before anyone else uses the connection.
    pub(super) fn is_dirty(&self) -> bool {
        self.in_flight.load(Ordering::Acquire) > 0 || self.in_transaction()
    }

    /// Whether a transaction is, or may be, open.
    pub(super) fn in_transaction(&self) -> bool {
        self.in_transaction.load(Ordering::Acquire)
    }

    /// A statement is about to be sent.
    pub(super) fn statement_started(&self) {
        self.in_flight.fetch_add(1, Ordering::AcqRel);
    }

    /// The server has finished a statement.
    pub(super) fn statement_finished(&self) {
        self.in_flight.fetch_sub(1, Ordering::AcqRel);
    }

    /// The server has finished every statement. Only whoever has the connection to himself can know.
    pub(super) fn all_statements_finished(&self) {
        self.in_flight.store(0, Ordering::Release);
    }

    /// A transaction may open: the mark has to be there before the statement that opens it is sent.
    pub(super) fn transaction_opening(&self) {
        self.forget_failure();
        self.collided.store(false, Ordering::Release);
        self.in_transaction.store(true, Ordering::Release);
    }

    /// The server has ended the transaction.
    pub(super) fn transaction_ended(&self) {
        self.forget_failure();
        self.in_transaction.store(false, Ordering::Release);
    }

    /// The first error of the present transaction, which is the one that aborted it.
    pub(super) fn failure(&self) -> MutexGuard<'_, Option<Failure>> {
        self.failure.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The transaction is in order again.
    pub(super) fn forget_failure(&self) {
        *self.failure() = None;
    }

    /// Notes an error that the server reported in a transaction.
    pub(super) fn transaction_failed(&self, error: &Error) {
        self.failure().get_or_insert_with(|| error.failure());
        self.collided.store(error.is_collision(), Ordering::Release);
    }

    /// A statement of a transaction has succeeded: a collision before it was overcome, by rolling back to a savepoint.
    /// One of a statement that was sent together with it was not.
    pub(super) fn transaction_goes_on(&self) {
        if self.has_collided() && self.failure().is_none() {
            self.collided.store(false, Ordering::Release);
        }
    }

    /// Whether the last statement of the transaction failed because of others, so that running the transaction again
    /// can help.
    pub(super) fn has_collided(&self) -> bool {
        self.collided.load(Ordering::Acquire)
    }

    /// Stops what dropped futures left running. The caller has the connection to himself.
    ///
    /// On an error the connection is marked broken: the server still works on something.
    pub(super) async fn stop_statements(&self) -> Result<()> {
        if self.in_flight.load(Ordering::Acquire) == 0 {
            return Ok(());
        }
        let mut cancelling = self.cancelling.lock().await;
        // Mostly the statement has long ended and only its last rows were not read.
        if cancelling.is_none() && timeout(GRACE, self.client.check_connection()).await.is_err() {
            let (server, token) = (Arc::clone(&self.server), self.client.cancel_token());
            *cancelling = Some(self.runtime.spawn(async move { server.cancel(token).await }));
        }
        if let Some(request) = &mut *cancelling {
            // A failed request shows in the synchronization that follows. One that is still under way could hit
            // whatever comes next.
            if timeout(STEP_LIMIT, request).await.is_err() {
                self.mark_broken();
                return Err(Error::connection(
                    "the server did not answer a request to stop a statement that was dropped",
                ));
            }
            *cancelling = None;
        }
        drop(cancelling);
        self.synchronize().await?;
        self.all_statements_finished();
        Ok(())
    }

    /// Brings the connection back to the state in which it was opened: nothing running, no transaction.
    ///
    /// On an error the connection is marked broken.
    pub(super) async fn clean(&self) -> Result<()> {
        self.stop_statements().await?;
        if self.in_transaction() {
            self.within_limit(self.client.batch_execute("ROLLBACK")).await?;
            self.transaction_ended();
        }
        Ok(())
    }

    /// Waits until the server has finished everything sent so far.
    async fn synchronize(&self) -> Result<()> {
        match self.within_limit(self.client.check_connection()).await {
            // The cancel request hit the synchronization instead of the statement.
            Err(e) if e.is_cancelled() => self.within_limit(self.client.check_connection()).await,
            result => result,
        }
    }

    async fn within_limit(
        &self,
        step: impl Future<Output = Result<(), tokio_postgres::Error>>,
    ) -> Result<()> {
        let result = match timeout(STEP_LIMIT, step).await {
            Ok(result) => result.map_err(|e| Error::from_pg(e, None)),
            Err(_) => Err(Error::connection("the server did not stop a statement that was dropped")),
        };
        if result.as_ref().is_err_and(|e| !e.is_cancelled()) {
            self.mark_broken();
        }
        result
    }
}

impl Drop for Conn {
    fn drop(&mut self) {
        // A driver with answers outstanding would keep the socket, and the server's session, until they arrive.
        if self.is_dirty() || self.is_unusable() {
            self.driver.abort();
        }
    }
}
