//! All or nothing, and savepoints for what may fail by itself.

use orm::prelude::*;
use terminal::{Table, heading, indented, say};

use crate::models::{Item, NewItem, Order};

pub async fn section(db: &Db) -> orm::Result<()> {
    heading("Transactions");
    say(
        "An order and its lines belong together. `place` inserts the order, then its lines, in a transaction: \
         committed when the closure returns Ok, rolled back when it returns Err. The second order names a product \
         twice, which the table of items does not allow.",
    );
    indented(
        "db.transaction(async |tx| {\n    \
             let order = query!(Order.create(..)).execute(tx).await?;\n    \
             Item::objects().bulk_create(lines).execute(tx).await?;\n    \
             Ok(order)\n\
         })",
    );
    let mut table = Table::new(["order of", "result", "#orders after", "#items after"]);
    for products in [vec![1, 2], vec![3, 3]] {
        let result = match place(db, 1, &products).await {
            Ok(_) => "placed".to_owned(),
            Err(error) => format!("refused by {}", error.constraint().unwrap_or("?")),
        };
        let (orders, items) = (Order::objects().count(db).await?, Item::objects().count(db).await?);
        table.row([format!("products {products:?}"), result, orders.to_string(), items.to_string()]);
    }
    table.print();
    savepoint(db).await
}

/// An order with all its lines, or nothing.
async fn place(db: &Db, user_id: i64, products: &[i64]) -> orm::Result<Order> {
    db.transaction(async |tx| {
        let order = query!(Order.create(user_id = user_id, total = 30.0)).execute(tx).await?;
        let lines =
            products.iter().map(|&product_id| NewItem { order_id: order.id, product_id, quantity: 1 });
        Item::objects().bulk_create(lines).execute(tx).await?;
        Ok(order)
    })
    .await
}

async fn savepoint(db: &Db) -> orm::Result<()> {
    say(
        "After an error PostgreSQL refuses everything up to the rollback. What may fail by itself goes into a \
         savepoint, a transaction within the transaction: the free gift is one that does not exist, and the order \
         is placed without it.",
    );
    let (db, log) = db.logged();
    let gift = 404;
    let order = db
        .transaction(async |tx| {
            let order = query!(Order.create(user_id = 2, total = 12.0)).execute(tx).await?;
            let given = tx
                .transaction(async |tx| {
                    let line = NewItem { order_id: order.id, product_id: gift, quantity: 1 };
                    Item::objects().create(line).execute(tx).await
                })
                .await;
            match given {
                Err(error) if !error.is_foreign_key_violation() => Err(error),
                _ => Ok(order),
            }
        })
        .await?;
    let mut statements = Table::new(["statement", "result"]);
    for query in log.queries() {
        let result = match query.error {
            Some(_) => "refused".to_owned(),
            None => "ok".to_owned(),
        };
        let text = query.sql.split(" (").next().unwrap_or_default().to_owned();
        statements.row([text, result]);
    }
    statements.print();
    let kept = query!(Order.filter(.id == order.id)).exists(&db).await?;
    say(&format!("The order is there: {kept}."));
    Ok(())
}
