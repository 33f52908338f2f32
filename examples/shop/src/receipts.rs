//! Rows with relations, handed to a function that says in its signature what it needs.

use orm::prelude::*;
use terminal::{heading, indented, log, say, shown};

use crate::models::Order;

loaded!(
    /// An order with all that a receipt shows.
    pub type OrderForReceipt = Order { user, items { product { book { author } } } }
);

pub async fn section(db: &Db) -> orm::Result<()> {
    heading("Loaded rows in a signature");
    let (db, queries) = db.logged();
    say(
        "Joins and second queries mix, and their order does not matter. The book of a product may be missing: its \
         JOIN is a LEFT JOIN, and its value an Option.",
    );
    let order = shown!(
        query!(Order
            .filter(.items.any(.product.book_id != None), .items.any(.product.book_id == None))
            .prefetch_related(.items.product.book.author)
            .select_related(.user))
        .first(&db)
        .await?
    );
    log(&queries);
    say("What takes such a row can name its type, and then nobody can call it with less:");
    indented(
        "loaded!(type OrderForReceipt = Order { user, items { product { book { author } } } });\n\
         fn receipt(order: &OrderForReceipt) -> String",
    );
    indented(order.as_ref().map(receipt).unwrap_or_default());
    Ok(())
}

fn receipt(order: &OrderForReceipt) -> String {
    let user = order.user();
    let mut text = format!("Order {} of {}\n", order.id, user.nick.as_ref().unwrap_or(&user.email));
    for item in order.items() {
        let product = item.product();
        let author = match product.book() {
            Some(book) => format!(", by {}", book.author().name),
            None => String::new(),
        };
        text.push_str(&format!("  {} x {:>5.2}  {}{author}\n", item.quantity, product.price, product.name));
    }
    text
}
