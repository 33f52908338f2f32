//! Building a query set runs nothing.

use orm::prelude::*;
use terminal::{count, heading, indented, log, say, shown, statement};

use crate::models::Order;

pub async fn section(db: &Db) -> orm::Result<()> {
    heading("A query set is a value");
    let (db, log_of_all) = db.logged();
    let min = 100.0;
    let (coupon, term) = (None::<&str>, Some("example.com"));

    say(
        "A query set is refined step by step, by conditions known only at run time. `min`, `coupon` and `term` are \
         variables; a leading dot is the order.",
    );
    let mut large = shown!(query!(Order.filter(.total > min && .user.active).order_by(-.total, .id)));
    if let Some(coupon) = coupon {
        large = query!(large.filter(.coupon == coupon));
    }
    if let Some(term) = term {
        large = shown!(query!(large.filter(.user.email.icontains(term))));
    }
    let top = shown!(query!(large.select_related(.user)[..5]));

    say(&format!("So far: {}. `to_sql()` shows what would run:", count(log_of_all.count(), "statement")));
    statement(&top.to_sql());

    say("Awaiting a terminal method runs it. The JOIN for the filter is the one that loads the user.");
    let orders = shown!(top.all(&db).await?);
    log(&log_of_all);
    let lines = orders.iter().map(|o| format!("{:>6.2}  {}\n", o.total, o.user().email));
    indented(lines.collect::<String>());
    Ok(())
}
