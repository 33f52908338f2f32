//! Many rows, one statement.

use orm::prelude::*;
use terminal::{heading, indented, log, say, shown};

use crate::models::{NewTag, Order, Product, Tag};

pub async fn section(db: &Db) -> orm::Result<()> {
    heading("Changing rows where they are");
    let (db, queries) = db.logged();
    say(
        "`update` computes in the database: no row is read, and none is overwritten with what was read before.",
    );
    let dearer: Vec<(String, f64)> = shown!(
        query!(Product
            .filter(.book.year < 1970)
            .update(price = .price * 1.5)
            .returning(.name, .price))
        .execute(&db)
        .await?
    );
    log(&queries);
    indented(dearer.iter().map(|(name, price)| format!("=> {price:>6.2}  {name}\n")).collect::<String>());

    queries.clear();
    say(
        "Where each row has a value of its own, computed in Rust, `bulk_update` is one statement for all of them:",
    );
    let mut orders = query!(Order.filter(.coupon != None)).all(&db).await?;
    for (i, order) in orders.iter_mut().enumerate() {
        order.coupon = Some(format!("WELCOME-{}", i + 1));
    }
    queries.clear();
    let updated: u64 = shown!(query!(Order.bulk_update(&orders, .coupon)).execute(&db).await?);
    log(&queries);
    indented(format!("=> {updated} of {} rows", orders.len()));

    heading("Rows that may be there: upserts");
    queries.clear();
    say("Some of these tags are there, some are not, and somebody else may be adding them at this moment:");
    let tags = ["novel", "robots", "poems"].map(|name| NewTag { name: name.into() });
    let keys = shown!(query!(Tag.bulk_create(tags).on_conflict(.name).do_nothing()).execute(&db).await?);
    log(&queries);
    indented(format!("=> {keys:?}: None was there already"));
    let (tag, created) = shown!(query!(Tag.get_or_create(name = "poems")).execute(&db).await?);
    indented(format!("=> {} {}, created: {created}", tag.id, tag.name));
    say(
        "`get_or_create` takes declared unique keys only: by any other column two callers could create two rows.",
    );
    Ok(())
}
