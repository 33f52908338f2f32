//! Rows of which tables are locked.

use orm::prelude::*;
use tests::shop::Order;

use super::{is_free, is_order_free, shop};

/// A new order, its user, and its recipient.
async fn given(db: &Db) -> orm::Result<(i64, i64, i64)> {
    let order = query!(Order.create(user_id = 1, total = 1.0)).recipient_id(2).execute(db).await?;
    Ok((order.id, 1, 2))
}

#[tokio::test]
async fn those_of_the_query_only() -> orm::Result<()> {
    let place = shop().await?;
    let (order, user, recipient) = given(&place.db).await?;
    let tx = place.db.begin().await?;
    let row = query!(Order.filter(.id == order).select_related(.user, .recipient).select_for_update());
    assert_eq!(row.get(&tx).await?.user().id, user);
    assert!(!is_order_free(&place.db, order).await?);
    assert!(is_free(&place.db, user).await? && is_free(&place.db, recipient).await?);
    Ok(())
}

#[tokio::test]
async fn and_those_that_are_named() -> orm::Result<()> {
    let place = shop().await?;
    let (order, user, recipient) = given(&place.db).await?;
    let (db, log) = place.db.logged();
    let tx = db.begin().await?;
    query!(Order.filter(.id == order).select_related(.recipient).select_for_update().of(.user))
        .get(&tx)
        .await?;
    assert_eq!(log.count(), 1, "{log}");
    assert!(!is_order_free(&place.db, order).await? && !is_free(&place.db, user).await?);
    assert!(is_free(&place.db, recipient).await?);
    Ok(())
}

#[tokio::test]
async fn not_those_that_are_prefetched() -> orm::Result<()> {
    let place = shop().await?;
    let (order, user, _) = given(&place.db).await?;
    let (db, log) = place.db.logged();
    let tx = db.begin().await?;
    let query = query!(tests::shop::User.filter(.id == user).prefetch_related(.orders).select_for_update());
    assert!(query.get(&tx).await?.orders().iter().any(|row| row.id == order));
    assert_eq!(log.count(), 2, "{log}");
    assert_eq!(log.queries().iter().filter(|query| query.sql.contains("FOR UPDATE")).count(), 1);
    assert!(is_order_free(&place.db, order).await? && !is_free(&place.db, user).await?);
    Ok(())
}
