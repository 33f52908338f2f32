//! Locks on the rows of a query: `FOR UPDATE` and its weaker forms.

use super::{LockPath, LockPaths, Lockable, Locking, QuerySet, State, Undecided};
use crate::ast::{Lock, LockStrength, LockWait};
use crate::model::{Model, Root, WholeRows};
use crate::schema::PathNode;

impl<M: Model, S: WholeRows<Model = M>, St: State> QuerySet<M, S, St> {
    /// Locks the rows that the query returns until the end of the transaction: nobody else can write them or lock them
    /// meanwhile, nor refer to them by a new foreign key. Rows that others have locked are waited for. The query then
    /// runs on a [`Transaction`](crate::Transaction) only.
    ///
    /// `query!(Job.filter(.done == false).order_by(.id).select_for_update().skip_locked()[..10]).all(&tx)`
    ///
    /// `FOR UPDATE OF t0`: rows of joined tables are not locked, except those that [`of`](Self::of) names, and neither
    /// are prefetched ones. Of a sliced query set the rows of the slice are locked, and those that it passes over
    /// first.
    pub fn select_for_update(self) -> QuerySet<M, S, St::Locked>
    where
        St: Lockable,
    {
        super::select_for_update(self)
    }

    /// Like [`select_for_update`](Self::select_for_update), but others may take the same lock: `FOR SHARE`. Nobody can
    /// write the rows until all who share it have ended.
    pub fn select_for_share(self) -> QuerySet<M, S, St::Locked>
    where
        St: Lockable,
    {
        super::select_for_share(self)
    }

    /// The weakest lock, that which a foreign key takes on the row it refers to: `FOR KEY SHARE`. Nobody can delete the
    /// rows or change their keys.
    pub fn select_for_key_share(self) -> QuerySet<M, S, St::Locked>
    where
        St: Lockable,
    {
        super::select_for_key_share(self)
    }

    /// Fails instead of waiting for rows that others have locked: `NOWAIT`. The error
    /// [is that](crate::Error::is_lock_not_available).
    pub fn nowait(self) -> QuerySet<M, S, St::Decided>
    where
        St: Locking + Undecided,
    {
        super::nowait(self)
    }

    /// Leaves out rows that others have locked: `SKIP LOCKED`. Several workers that ask for the same rows get
    /// different ones.
    pub fn skip_locked(self) -> QuerySet<M, S, St::Decided>
    where
        St: Locking + Undecided,
    {
        super::skip_locked(self)
    }

    /// Lets others refer to the locked rows by new foreign keys meanwhile: `FOR NO KEY UPDATE`, for whoever does not
    /// mean to delete the rows or change their keys. The shared locks let them anyway, and stay as they are.
    pub fn no_key(self) -> Self
    where
        St: Locking,
    {
        super::no_key(self)
    }

    /// Locks rows of other tables too: those at the end of the paths, which are joined for it. A path goes over
    /// `belongs_to` relations whose keys are never NULL, so that there is a row to lock.
    ///
    /// Takes a path or a tuple of paths: `|o| (o.user(), o.product())`. Rows on the way to the end of a path are not
    /// locked unless they are named.
    pub fn of<L: LockPaths>(mut self, paths: impl FnOnce(M::Fields<Root<M>>) -> L) -> Self
    where
        St: Locking,
    {
        let paths = paths(Default::default()).into_paths();
        self.add_locked(paths);
        self
    }

    fn add_locked(&mut self, paths: Vec<&'static PathNode>) {
        if let Some(lock) = &mut self.select_mut().lock {
            lock.of.extend(paths);
        }
    }
}

/// What `query!` writes for `.select_for_update()`.
pub fn select_for_update<M: Model, S: WholeRows<Model = M>, St: Lockable>(
    query: QuerySet<M, S, St>,
) -> QuerySet<M, S, St::Locked> {
    lock(query, LockStrength::Update)
}

/// What `query!` writes for `.select_for_share()`.
pub fn select_for_share<M: Model, S: WholeRows<Model = M>, St: Lockable>(
    query: QuerySet<M, S, St>,
) -> QuerySet<M, S, St::Locked> {
    lock(query, LockStrength::Share)
}

/// What `query!` writes for `.select_for_key_share()`.
pub fn select_for_key_share<M: Model, S: WholeRows<Model = M>, St: Lockable>(
    query: QuerySet<M, S, St>,
) -> QuerySet<M, S, St::Locked> {
    lock(query, LockStrength::KeyShare)
}

/// What `query!` writes for `.nowait()`.
pub fn nowait<M: Model, S: WholeRows<Model = M>, St: Locking + Undecided>(
    query: QuerySet<M, S, St>,
) -> QuerySet<M, S, St::Decided> {
    wait(query, LockWait::Nowait)
}

/// What `query!` writes for `.skip_locked()`.
pub fn skip_locked<M: Model, S: WholeRows<Model = M>, St: Locking + Undecided>(
    query: QuerySet<M, S, St>,
) -> QuerySet<M, S, St::Decided> {
    wait(query, LockWait::SkipLocked)
}

/// What `query!` writes for `.no_key()`.
pub fn no_key<M: Model, S: WholeRows<Model = M>, St: Locking>(
    mut query: QuerySet<M, S, St>,
) -> QuerySet<M, S, St> {
    if let Some(lock) = &mut query.select_mut().lock
        && lock.strength == LockStrength::Update
    {
        lock.strength = LockStrength::NoKeyUpdate;
    }
    query
}

/// What `query!` writes for `.of(path)`.
pub fn of<M: Model, S: WholeRows<Model = M>, St: Locking, F: LockPath>(
    mut query: QuerySet<M, S, St>,
    path: F,
) -> QuerySet<M, S, St> {
    query.add_locked(path.into_path().into_iter().collect());
    query
}

fn lock<M: Model, S: WholeRows<Model = M>, St: Lockable>(
    mut query: QuerySet<M, S, St>,
    strength: LockStrength,
) -> QuerySet<M, S, St::Locked> {
    query.select_mut().lock = Some(Lock::new(strength));
    query.retyped()
}

fn wait<M: Model, S: WholeRows<Model = M>, St: Locking>(
    mut query: QuerySet<M, S, St>,
    wait: LockWait,
) -> QuerySet<M, S, St::Decided> {
    if let Some(lock) = &mut query.select_mut().lock {
        lock.wait = wait;
    }
    query.retyped()
}
