//! Futures dropped before they are done: the next borrower is served at once and sees nothing of them.

mod phases;
mod polls;
mod savepoints;
mod storm;

use orm::prelude::*;

use crate::support::{NewNote, Note, Place, session, within_a_second};

/// What takes 20 seconds.
const LONG: i64 = 20_000_000;

async fn write(db: &impl Executor, text: &str) -> orm::Result<Note> {
    Note::objects().create(NewNote { text: text.into() }).execute(db).await
}

/// Asserts that a query on the pool of one is served at once, over the same connection as before and in no
/// transaction, and that the server has nothing left to do or to lock.
async fn assert_clean(place: &Place, pid: i32) -> orm::Result<()> {
    let next = within_a_second(session(&place.db)).await?;
    assert_eq!(next.pid, pid, "the connection is kept");
    assert_eq!((next.isolation.as_str(), next.read_only.as_str()), ("read committed", "off"));
    place.outside.until_state(pid, "idle").await;
    assert_eq!(place.outside.locks(pid).await, 0);
    let status = place.db.status();
    assert_eq!((status.size, status.available, status.waiting), (1, 1, 0));
    Ok(())
}
