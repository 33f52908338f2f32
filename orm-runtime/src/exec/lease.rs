//! A connection on loan from the pool.

use std::{ops::Deref, sync::Arc};

use deadpool::managed::Object;

use super::{conn::Conn, manager::Manager};

/// A connection that goes back to the pool when dropped, clean.
///
/// If a dropped future left something running on it, the cleaning starts at once in the background and the connection
/// goes back when it is done. So a query that nobody waits for stops within milliseconds, and an abandoned transaction
/// gives up its locks, whether or not anyone asks for the connection next.
pub(super) struct Lease {
    conn: Arc<Conn>,
    object: Option<Object<Manager>>,
}

impl From<Object<Manager>> for Lease {
    fn from(object: Object<Manager>) -> Self {
        Self { conn: Arc::clone(&object), object: Some(object) }
    }
}

impl Deref for Lease {
    type Target = Arc<Conn>;

    fn deref(&self) -> &Arc<Conn> {
        &self.conn
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        let Some(object) = self.object.take() else { return };
        if self.conn.is_unusable() {
            drop(Object::take(object));
        } else if self.conn.is_dirty() {
            let conn = Arc::clone(&self.conn);
            // On a runtime that has shut down the task is dropped, and the object in it goes back to the pool as it
            // is: `recycle` deals with it.
            self.conn.runtime.spawn(async move {
                if conn.clean().await.is_err() {
                    drop(Object::take(object));
                }
            });
        }
    }
}
