use crate::schema::PathNode;

/// How a query locks the rows that it selects, until the end of the transaction.
#[derive(Debug, Clone)]
pub struct Lock {
    /// Against what.
    pub strength: LockStrength,
    /// What to do about rows that others have locked.
    pub wait: LockWait,
    /// The joined tables whose rows are locked beside those of the query's own table.
    pub of: Vec<&'static PathNode>,
}

/// What nobody else can do with a locked row, from the strongest to the weakest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LockStrength {
    /// Write it, lock it, or refer to it by a new foreign key.
    Update,
    /// Write it, or lock it other than for a foreign key.
    NoKeyUpdate,
    /// Write it.
    Share,
    /// Delete it, or change its key.
    KeyShare,
}

/// What a query does about rows that others have locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LockWait {
    /// Waits for them.
    Wait,
    /// Fails.
    Nowait,
    /// Leaves them out.
    SkipLocked,
}

impl Lock {
    /// A lock on the rows of the query's own table, which waits for others.
    pub fn new(strength: LockStrength) -> Lock {
        Lock { strength, wait: LockWait::Wait, of: Vec::new() }
    }
}
