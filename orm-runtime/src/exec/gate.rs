//! Who may still send statements in a transaction.

use std::sync::atomic::{AtomicU32, Ordering};

use crate::error::{Error, Result};

/// The mark of a closed gate, beside the number of operations under way.
const CLOSED: u32 = 1 << 31;

/// Counts the operations under way in a transaction, and lets none begin once it is about to end.
///
/// A transaction given to the closure of [`Db::retry`](super::Db::retry) is owned by it and can be kept; what is sent
/// then must not reach the connection, which belongs to somebody else.
#[derive(Debug, Default)]
pub(super) struct Gate(AtomicU32);

/// The leave to send statements, for as long as it is kept.
#[derive(Debug)]
pub(super) struct Pass<'a>(&'a Gate);

impl Gate {
    /// An operation begins.
    pub(super) fn enter(&self) -> Result<Pass<'_>> {
        let entered = self.0.fetch_update(Ordering::AcqRel, Ordering::Acquire, |state| {
            (state & CLOSED == 0).then_some(state + 1)
        });
        match entered {
            Ok(_) => Ok(Pass(self)),
            Err(_) => Err(ended()),
        }
    }

    /// Lets nothing begin any more.
    ///
    /// # Errors
    ///
    /// When the gate is closed already, or when something is still under way.
    pub(super) fn close(&self) -> Result<()> {
        match self.0.fetch_or(CLOSED, Ordering::AcqRel) {
            0 => Ok(()),
            state if state & CLOSED == 0 => Err(Error::config(
                "the transaction was still in use by somebody else when it was to end, so it is rolled back: \
                 nothing that the closure starts may outlive it",
            )),
            _ => Err(ended()),
        }
    }
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::AcqRel);
    }
}

fn ended() -> Error {
    Error::config("the transaction has ended: it was kept beyond the closure that it was given to")
}

#[cfg(test)]
mod tests {
    use super::Gate;

    #[test]
    fn nothing_begins_behind_a_closed_gate() {
        let gate = Gate::default();
        drop((gate.enter(), gate.enter()));
        assert!(gate.close().is_ok());
        assert!(gate.enter().is_err() && gate.close().is_err());
    }

    #[test]
    fn a_gate_in_use_closes_behind_the_last() {
        let gate = Gate::default();
        let pass = gate.enter();
        let error = gate.close().expect_err("in use");
        assert!(error.to_string().contains("still in use"), "{error}");
        drop(pass);
        let error = gate.enter().expect_err("closed");
        assert!(error.to_string().contains("has ended"), "{error}");
    }
}
