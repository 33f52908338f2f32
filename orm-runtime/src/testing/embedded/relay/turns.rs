//! Whose turn it is.

use std::{
    net::Shutdown,
    os::unix::net::UnixStream,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use crate::testing::embedded::startup::Refusal;

/// How long a client waits for the one before to leave. A pool lets go of a connection before that is closed.
const GRACE: Duration = Duration::from_secs(1);

/// The turns of the clients of one instance.
#[derive(Default)]
pub(super) struct Turns {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    phase: Phase,
    /// Nobody's turn begins.
    held: bool,
    /// Nobody's turn begins again.
    closed: bool,
}

#[derive(Default)]
enum Phase {
    #[default]
    Idle,
    /// A client is connected.
    Serving(UnixStream),
    /// Its last statement is not finished.
    Ending,
}

impl Turns {
    /// Waits for a client's turn.
    pub(super) fn take(&self, client: UnixStream) -> Result<Turn<'_>, Refusal> {
        let mut state = self.lock();
        loop {
            state = self.wait(state, GRACE, |state| {
                !state.closed && (state.held || !matches!(state.phase, Phase::Idle))
            });
            if state.closed {
                return Err(Refusal::Removed);
            }
            match state.phase {
                Phase::Idle if !state.held => {
                    state.phase = Phase::Serving(client);
                    return Ok(Turn(self));
                }
                Phase::Serving(_) if !state.held => return Err(Refusal::Busy),
                _ => {}
            }
        }
    }

    /// Ends the present turn and lets none begin until what is returned is dropped; `None` if it lasts too long.
    pub(super) fn hold(&self, patience: Duration) -> Option<Held<'_>> {
        let mut state = self.lock();
        state.held = true;
        let held = Held(self);
        if let Phase::Serving(client) = &state.phase {
            let _ = client.shutdown(Shutdown::Both);
        }
        let state = self.wait(state, patience, |state| !matches!(state.phase, Phase::Idle));
        let idle = matches!(state.phase, Phase::Idle);
        // `held` locks the state when it is dropped.
        drop(state);
        idle.then_some(held)
    }

    /// Lets no further turn begin.
    pub(super) fn close(&self) {
        self.change(|state| state.closed = true);
    }

    pub(super) fn closed(&self) -> bool {
        self.lock().closed
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.lock());
        self.changed.notify_all();
    }

    fn wait<'a>(
        &self,
        state: MutexGuard<'a, State>,
        limit: Duration,
        condition: impl FnMut(&mut State) -> bool,
    ) -> MutexGuard<'a, State> {
        let waited = self.changed.wait_timeout_while(state, limit, condition);
        waited.unwrap_or_else(PoisonError::into_inner).0
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A client's turn, until it is dropped.
pub(super) struct Turn<'a>(&'a Turns);

impl Turn<'_> {
    /// Has others wait for the end of the turn, however long that takes.
    pub(super) fn client_left(&self) {
        self.0.change(|state| state.phase = Phase::Ending);
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.change(|state| state.phase = Phase::Idle);
    }
}

/// A time in which it is nobody's turn.
pub(in crate::testing::embedded) struct Held<'a>(&'a Turns);

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.0.change(|state| state.held = false);
    }
}
