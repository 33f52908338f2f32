//! The query set that remembers its rows.

use orm::prelude::*;
use terminal::{count, heading, say, shown};

use crate::models::Book;

pub async fn section(db: &Db) -> orm::Result<()> {
    heading("The evaluated cache");
    let (db, log) = db.logged();
    let classics = query!(Book.filter(.tags.any(.name == "classic")).order_by(.year));

    say("A query set runs each time it is asked: it is a question, not an answer.");
    let is_any = shown!(classics.exists(&db).await?);
    let number = shown!(classics.count(&db).await?);
    let books = shown!(classics.all(&db).await?);
    say(&format!(
        "=> {is_any}, {number}, {}: {}",
        count(books.len(), "book"),
        count(log.count(), "statement")
    ));

    log.clear();
    say("`lazy` makes of it a list that is read at most once, when something of it is first wanted.");
    let classics = shown!(classics.lazy(&db));
    let before = log.count();
    let is_empty = shown!(classics.is_empty().await?);
    let number = shown!(classics.len().await?);
    let titles: Vec<&str> = shown!(classics.iter().await?.map(|book| book.title.as_str()).collect());
    say(&format!("=> {}, {number}, {titles:?}", !is_empty));
    say(&format!("Before the first question: {}; after three: {}.", count(before, "statement"), log.count()));
    Ok(())
}
