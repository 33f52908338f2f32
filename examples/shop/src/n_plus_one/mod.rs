//! The N+1 problem, by hand and then loaded: the same lines, in a number of statements that does not grow with the
//! rows.

mod by_hand;
mod loaded;

use std::future::Future;

use orm::QueryLog;
use orm::prelude::*;
use terminal::{Table, heading, log_head, say};

pub async fn section(db: &Db) -> orm::Result<()> {
    heading("N+1, and how it goes away");
    say(
        "Each task is done twice, for the same lines of text: by hand, with a query inside the loop, and with what \
         the loop reads loaded beforehand.",
    );
    let mut table = Table::new(["task", "#lines", "#queries by hand", "#loaded"]);

    say("A to-one relation is joined:");
    let (lines, hand) = counted(db, by_hand::buyers).await?;
    let (same, load) = counted(db, loaded::buyers).await?;
    add(&mut table, "orders, each with its user", (&lines, &hand), (&same, &load));

    say("A to-many relation is a second query, for all parents at once:");
    let (lines, hand) = counted(db, by_hand::histories).await?;
    let (same, load) = counted(db, loaded::histories).await?;
    add(&mut table, "users, each with their orders", (&lines, &hand), (&same, &load));
    log_head(&load, 2);

    say("A path of relations is one query for each to-many level; the product of an item is joined to it:");
    let (lines, hand) = counted(db, by_hand::baskets).await?;
    let (same, load) = counted(db, loaded::baskets).await?;
    add(&mut table, "users, orders, items, products", (&lines, &hand), (&same, &load));

    say("A many-to-many relation is two: who has which, then each tag once:");
    let (lines, hand) = counted(db, by_hand::labels).await?;
    let (same, load) = counted(db, loaded::labels).await?;
    add(&mut table, "books, each with its tags", (&lines, &hand), (&same, &load));
    log_head(&load, 3);

    say("Two levels, the second of them many-to-many: one query, one more, and two more:");
    let (lines, hand) = counted(db, by_hand::catalogue).await?;
    let (same, load) = counted(db, loaded::catalogue).await?;
    add(&mut table, "authors, books, tags", (&lines, &hand), (&same, &load));

    say("Before and after:");
    table.print();
    Ok(())
}

/// Runs a task on a database handle that counts.
async fn counted<F, Fut>(db: &Db, task: F) -> orm::Result<(Vec<String>, QueryLog)>
where
    F: FnOnce(Db) -> Fut,
    Fut: Future<Output = orm::Result<Vec<String>>>,
{
    let (db, log) = db.logged();
    Ok((task(db).await?, log))
}

fn add(table: &mut Table, task: &str, by_hand: (&[String], &QueryLog), loaded: (&[String], &QueryLog)) {
    assert_eq!(by_hand.0, loaded.0, "the two ways differ: {task}");
    let counts = [by_hand.0.len(), by_hand.1.count(), loaded.1.count()].map(|count| count.to_string());
    let [lines, hand, load] = counts;
    table.row([task.to_owned(), lines, hand, load]);
}
