//! More rows than one wants in memory.

use orm::prelude::*;
use terminal::{Table, heading, say};

use crate::models::Order;

pub async fn section(db: &Db) -> orm::Result<()> {
    heading("A stream of rows: iterator");
    say(
        "`all` has every row in memory. `iterator` has one chunk of them: here 15 orders at a time, each chunk with its \
         items, all of one moment. The cursor is the server's.",
    );
    terminal::code("query!(Order.prefetch_related(.items).order_by(.id)).iterator(&db, 15)");
    let (db, log) = db.logged();
    let mut orders = query!(Order.prefetch_related(.items).order_by(.id)).iterator(&db, 15);
    let (mut rows, mut items) = (0, 0);
    while let Some(order) = orders.try_next().await? {
        rows += 1;
        items += order.items().len();
    }
    let mut table = Table::new(["statement", "#rows"]);
    for query in log.queries() {
        let text = query.sql.split(" (").next().unwrap_or_default();
        let text = text.split(r#""id","#).next().unwrap_or_default().trim_end_matches("t0.").trim_end();
        table.row([text.to_owned(), query.rows.to_string()]);
    }
    table.print();
    say(&format!("=> {rows} orders with {items} items, never more than 15 orders at once"));
    Ok(())
}
