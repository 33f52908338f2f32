//! Every statement can be seen.

use std::sync::{Arc, Mutex, PoisonError};

use orm::prelude::*;
use terminal::{heading, indented, say, shown};

use crate::models::{Author, User};

pub async fn section(db: &Db) -> orm::Result<()> {
    heading("Seeing every query");
    say(
        "A log is a handle's own: it notes what runs through that handle, and a test that counts its statements fails \
         when somebody adds one.",
    );
    let (logged, log) = shown!(db.logged());
    shown!(query!(Author.prefetch_related(.books.tags)).all(&logged).await?);
    assert_eq!(log.count(), 4, "{log}");
    indented(format!("=> log.count() is {}", log.count()));

    say("A program in production has a hook instead, with text, parameters, rows, time and error of each:");
    let seen = Arc::new(Mutex::new(Vec::new()));
    let notes = Arc::clone(&seen);
    let watched = shown!(db.on_query(move |query| {
        let note = format!("{} in {:.0?}", query.sql(), query.elapsed());
        notes.lock().unwrap_or_else(PoisonError::into_inner).push(note);
    }));
    query!(User.filter(.active)).count(&watched).await?;
    query!(User.filter(.nick != None)).exists(&watched).await?;
    let seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
    indented(seen.iter().map(|note| format!("=> {note}\n")).collect::<String>());
    Ok(())
}
