use super::Writer;
use super::from::From;
use crate::ast::{Lock, LockStrength, LockWait};

/// `FOR UPDATE OF t0, t1 NOWAIT`. The tables are always named: without that PostgreSQL locks all that are joined, and
/// refuses where one of them may have no row.
///
/// - `lockable`: whether each row of the query is one of the table; windows and distinct values cannot be locked.
pub(super) fn lock_clause(writer: &mut Writer, from: &From<'_>, lock: &Lock, lockable: bool) {
    let Lock { strength, wait, of } = lock;
    if !lockable {
        writer.mistake(
            "a query with window functions, or of distinct values, cannot lock rows: lock those with their keys by another",
        );
    }
    writer.push(match strength {
        LockStrength::Update => " FOR UPDATE OF t",
        LockStrength::NoKeyUpdate => " FOR NO KEY UPDATE OF t",
        LockStrength::Share => " FOR SHARE OF t",
        LockStrength::KeyShare => " FOR KEY SHARE OF t",
    });
    writer.number(from.alias.into());
    let mut named = vec![from.alias];
    for path in of {
        let alias = from.alias_of_path(path);
        if !named.contains(&alias) {
            writer.push(", t").number(alias.into());
            named.push(alias);
        }
    }
    writer.push(match wait {
        LockWait::Wait => "",
        LockWait::Nowait => " NOWAIT",
        LockWait::SkipLocked => " SKIP LOCKED",
    });
}
