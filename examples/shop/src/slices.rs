//! Parts of a result, and questions that need no rows.

use orm::prelude::*;
use terminal::{Table, heading, indented, log, say, shown};

use crate::models::{Item, Order, User};

pub async fn section(db: &Db) -> orm::Result<()> {
    slices(db).await?;
    without_rows(db).await?;
    in_bulk(db).await
}

async fn slices(db: &Db) -> orm::Result<()> {
    heading("Slices");
    let (db, queries) = db.logged();
    say(
        "A slice is LIMIT and OFFSET, and a slice of a slice counts from its start. The second page of five, and of \
         that the first two:",
    );
    let page = shown!(query!(Order.order_by(-.placed_at, .id)[5..10]));
    let orders = shown!(query!(page[..2]).all(&db).await?);
    log(&queries);
    indented(
        orders
            .iter()
            .map(|o| format!("=> {} {:>6.2}\n", o.placed_at.date_naive(), o.total))
            .collect::<String>(),
    );

    say("`first` and `last` are slices too; `get` wants exactly one and asks for two, to know:");
    queries.clear();
    let newest = shown!(query!(Order.order_by(.placed_at)).last(&db).await?);
    let ada = shown!(query!(User.filter(.email == "ada@example.com")).get(&db).await?);
    let nobody = shown!(query!(User.filter(.email == "nobody@example.com")).get(&db).await);
    let newest = newest.map(|order| order.placed_at.date_naive().to_string()).unwrap_or_default();
    let missing = nobody.err().filter(orm::Error::is_not_found);
    let said = missing.map(|error| error.to_string()).unwrap_or_default();
    say(&format!("=> {newest}; user {}; {}", ada.id, said.lines().next().unwrap_or_default()));
    Ok(())
}

async fn without_rows(db: &Db) -> orm::Result<()> {
    heading("Counting without loading");
    let (db, queries) = db.logged();
    say("How many items were sold, and is there any order above 190?");
    let loaded = shown!(query!(Item.select_related(.order)).all(&db).await?.len());
    let counted = shown!(query!(Item.select_related(.order)).count(&db).await?);
    let exists = shown!(query!(Order.filter(.total > 190.0)).exists(&db).await?);
    let mut table = Table::new(["asked by", "answer", "#rows fetched", "statement"]);
    let answers = [
        ("all().len()", loaded.to_string()),
        ("count()", counted.to_string()),
        ("exists()", exists.to_string()),
    ];
    for ((asked, answer), query) in answers.into_iter().zip(queries.queries()) {
        table.row([asked.to_owned(), answer, query.rows.to_string(), query.sql]);
    }
    table.print();
    Ok(())
}

async fn in_bulk(db: &Db) -> orm::Result<()> {
    heading("Rows by key: in_bulk");
    let (db, queries) = db.logged();
    say("Keys in, a map out; a key without a row is not in it.");
    let users = shown!(query!(User.prefetch_related(.orders)).in_bulk(&db, [1, 3, 8, 404]).await?);
    for key in [1, 3, 8, 404] {
        let line = match users.get(&key) {
            Some(user) => format!("{} with {} orders", user.email, user.orders().len()),
            None => "nobody".to_owned(),
        };
        terminal::line(format!("    => {key:>3}: {line}"));
    }
    terminal::line("");
    log(&queries);
    Ok(())
}
