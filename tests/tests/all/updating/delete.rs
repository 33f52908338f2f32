//! `delete`.

use orm::prelude::*;
use tests::shop::{Item, Order, Product, User};

use super::filled;

#[orm::test]
async fn rows_are_deleted_and_counted_without_those_that_go_with_them(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let (db, log) = db.logged();
    let deleted = query!(Order.filter(.user.active, .total < 20.0).delete()).execute(&db).await?;
    assert_eq!((deleted, log.count()), (1, 1));
    assert_eq!(query!(Order).count(&db).await?, 5);
    assert_eq!(query!(Item.filter(.order_id == 1)).count(&db).await?, 0, "cascade");
    assert_eq!(Order::objects().delete().execute(&db).await?, 5);
    assert_eq!((query!(Order).count(&db).await?, query!(Item).count(&db).await?), (0, 0));
    Ok(())
}

#[orm::test]
async fn the_error_names_the_table_that_still_refers_to_a_row(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let error = query!(User.filter(.id == 1).delete()).execute(&db).await.unwrap_err();
    assert!(error.is_foreign_key_violation(), "{error}");
    assert_eq!((error.table(), error.constraint()), (Some("orders"), Some("orders_user_id_fkey")));
    assert!(error.message().contains(r#"on table "orders""#), "{error}");
    let error = query!(Product.delete()).execute(&db).await.unwrap_err();
    assert!(error.is_foreign_key_violation() && error.message().contains(r#""items""#), "{error}");
    assert_eq!((query!(User).count(&db).await?, query!(Product).count(&db).await?), (3, 1));
    Ok(())
}

#[orm::test]
async fn what_a_to_many_relation_has_decides(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    assert_eq!(query!(Order.exclude(.items.any(.product.name == "tea")).delete()).execute(&db).await?, 3);
    let left: Vec<i64> =
        query!(Order.order_by(.id)).all(&db).await?.into_iter().map(|order| order.id).collect();
    assert_eq!(left, [1, 3, 4]);
    let idle = query!(User.filter(.orders.is_empty()).delete());
    assert_eq!(idle.execute(&db).await?, 1);
    Ok(())
}

#[orm::test]
async fn a_savepoint_undoes_a_delete(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let mut tx = db.begin().await?;
    let refused = tx.transaction(async |tx| query!(User.delete()).execute(tx).await).await;
    assert!(refused.unwrap_err().is_foreign_key_violation());
    assert_eq!(query!(Order.delete()).execute(&tx).await?, 6);
    tx.rollback().await?;
    assert_eq!(query!(Order).count(&db).await?, 6);
    Ok(())
}
