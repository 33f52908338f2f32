//! Sums and counts are the database's work.

use orm::prelude::*;
use terminal::{Table, count, heading, log, say, shown};

use crate::models::{Author, Order, User};

pub async fn section(db: &Db) -> orm::Result<()> {
    beside_rows(db).await?;
    groups(db).await?;
    of_all(db).await
}

async fn beside_rows(db: &Db) -> orm::Result<()> {
    heading("Values beside rows: annotate");
    let (db, queries) = db.logged();
    say(
        "How much did each customer order, and how many books was that? Two aggregates over two relations, each in a \
         subquery of its own, so neither multiplies the other. They are fields of the row, with types: the sum of no \
         orders would be an Option, and has a default.",
    );
    let users = shown!(
        query!(User
            .annotate(spent = .orders.total.sum().default(0.0), books = .orders.items.quantity.sum())
            .filter(.spent > 400.0)
            .order_by(-.spent, .id))
        .all(&db)
        .await?
    );
    log(&queries);
    let mut table = Table::new(["user", "#spent", "#books"]);
    for user in &users {
        let books = user.books.unwrap_or(0);
        table.row([user.email.clone(), format!("{:.2}", user.spent), books.to_string()]);
    }
    table.print();

    say("An aggregate may be of some of the rows, and what loads relations loads them here too:");
    let authors = shown!(
        query!(Author
            .annotate(liked = .books.filter(.rating > 4.4).count())
            .prefetch_related(.books)
            .order_by(-.liked, .name)[..3])
        .all(&db)
        .await?
    );
    let lines = authors.iter().map(|a| format!("=> {}: {} of {}\n", a.name, a.liked, a.books().len()));
    terminal::indented(lines.collect::<String>());
    Ok(())
}

async fn groups(db: &Db) -> orm::Result<()> {
    heading("Rows in groups: group_by");
    let (db, queries) = db.logged();
    say("A filter before the group is WHERE, one on an aggregate is HAVING:");
    let months = shown!(
        query!(Order
            .filter(.user.active)
            .group_by(month = .placed_at.month(), coupon = .coupon)
            .annotate(orders = .count(), total = .total.sum().default(0.0))
            .filter(.orders > 1)
            .order_by(.month, .coupon))
        .all(&db)
        .await?
    );
    log(&queries);
    let mut table = Table::new(["month", "coupon", "#orders", "#total"]);
    for group in &months {
        let coupon = group.coupon.as_deref().unwrap_or("-").to_owned();
        table.row([group.month.to_string(), coupon, group.orders.to_string(), format!("{:.2}", group.total)]);
    }
    table.print();
    Ok(())
}

async fn of_all(db: &Db) -> orm::Result<()> {
    heading("One row of all rows: aggregate");
    let (db, queries) = db.logged();
    say("Of the ten largest orders: a slice is taken first.");
    let large = shown!(
        query!(Order.order_by(-.total)[..10].aggregate(
            number = .count(),
            mean = .total.avg(),
            smallest = .total.min(),
            with_coupon = .count().filter(.coupon != None)
        ))
        .get(&db)
        .await?
    );
    say(&format!(
        "=> {} orders of {:.2} on average, none below {:.2}, {} with a coupon; {}, {}",
        large.number,
        large.mean.unwrap_or_default(),
        large.smallest.unwrap_or_default(),
        large.with_coupon,
        count(queries.count(), "statement"),
        count(queries.queries().iter().map(|query| query.rows as usize).sum(), "row"),
    ));
    Ok(())
}
