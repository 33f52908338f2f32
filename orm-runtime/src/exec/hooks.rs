//! What is to be done once a transaction is committed.

use std::{
    mem,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Mutex, MutexGuard, PoisonError},
};

type Hook = Box<dyn FnOnce() + Send>;

/// Callbacks in the order in which they were registered. Those of a savepoint are the last ones, as nobody else
/// registers any while it is open.
#[derive(Default)]
pub(super) struct Hooks(Mutex<Vec<Hook>>);

impl Hooks {
    pub(super) fn add(&self, hook: Hook) {
        self.lock().push(hook);
    }

    pub(super) fn len(&self) -> usize {
        self.lock().len()
    }

    /// Drops all but the first ones.
    pub(super) fn keep(&self, first: usize) {
        let dropped = {
            let mut hooks = self.lock();
            let first = first.min(hooks.len());
            hooks.split_off(first)
        };
        // Not under the lock: a callback may own things that do something when they are dropped.
        drop(dropped);
    }

    /// Calls them, once. One that panics does not keep the others from being called: the work is committed, and they
    /// may count on that. The panic was reported by the panic hook.
    pub(super) fn run(&self) {
        let hooks = mem::take(&mut *self.lock());
        for hook in hooks {
            drop(catch_unwind(AssertUnwindSafe(hook)));
        }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Hook>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
