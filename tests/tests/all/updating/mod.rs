//! `update`, `delete`, `returning`, `bulk_update`, and rows written back.

mod bulk;
mod delete;
mod instance;
mod returning;
mod same_rows;
mod sql;
mod update;

use orm::prelude::*;
use tests::shop::{self, NewItem, NewOrder, NewProduct, NewUser, Order, Product, User};

/// Three users, the second inactive and the third without a nick; two orders of each, numbered 1 to 6, with totals 10 to
/// 60 and notes on the odd ones; the even ones for the user before.
async fn filled(db: &Db) -> orm::Result<()> {
    shop::create_tables(db).await?;
    let users = (1..=3).map(|i| {
        let new = tests::shop::CreateUser::from(NewUser { email: format!("{i}@x"), active: i != 2 });
        new.nick((i != 3).then(|| format!("nick {i}")))
    });
    User::objects().bulk_create(users).execute(db).await?;
    let orders = (1..=6_i64).map(|i| {
        let new = NewOrder { user_id: (i + 1) / 2, total: i as f64 * 10.0 };
        let recipient = (i % 2 == 0 && i > 2).then(|| i / 2 - 1);
        tests::shop::CreateOrder::from(new)
            .note((i % 2 == 1).then(|| format!("note {i}")))
            .recipient_id(recipient)
    });
    Order::objects().bulk_create(orders).execute(db).await?;
    Product::objects().bulk_create([NewProduct { name: "tea".into(), price: 8.0 }]).execute(db).await?;
    tests::shop::Item::objects()
        .bulk_create([1, 3, 4].map(|order_id| NewItem { order_id, product_id: 1, quantity: 2 }))
        .execute(db)
        .await?;
    Ok(())
}

/// The totals of all orders, by key.
async fn totals(db: &impl Executor) -> orm::Result<Vec<f64>> {
    Ok(query!(Order.order_by(.id)).all(db).await?.into_iter().map(|order| order.total).collect())
}
