//! Transactions and savepoints.

mod aborted;
mod closure;
mod commit;
mod guard;
mod kinds;
mod on_commit;
mod retry;
mod tasks;

use orm::prelude::*;

use crate::support::{NewNote, Note};

/// Writes a note.
async fn write(db: &impl Executor, text: &str) -> orm::Result<Note> {
    Note::objects().create(NewNote { text: text.into() }).execute(db).await
}

/// The texts of all notes, in the order of the alphabet.
async fn read(db: &impl Executor) -> orm::Result<Vec<String>> {
    let notes = query!(Note.order_by(.text)).all(db).await?;
    Ok(notes.into_iter().map(|note| note.text).collect())
}
