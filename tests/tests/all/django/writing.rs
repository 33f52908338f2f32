//! Writes.

use orm::prelude::*;
use tests::shop::{NewUser, Order, User};

use super::filled;

#[orm::test]
async fn save_updates_and_never_inserts(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let mut user = query!(User.filter(.id == 1)).get(&db).await?;
    user.nick = None;
    let (db, log) = db.logged();
    user.save(&db).await?;
    assert_eq!(log.count(), 1, "{log}");
    query!(Order.delete()).execute(&db).await?;
    query!(User.filter(.id == 1).delete()).execute(&db).await?;
    assert!(user.save(&db).await.is_err_and(|error| error.is_not_found()));
    let same = User::objects().create(user).execute(&db).await?;
    assert_eq!((same.id, same.nick), (1, None));
    Ok(())
}

#[orm::test]
async fn updates_take_subqueries(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let changed = query!(Order
            .filter(.user_id.is_in(query!(User.filter(.nick == None).values_list(.id))))
            .update(total = .total * 2.0))
    .execute(&db)
    .await?;
    assert_eq!(changed, 1);
    Ok(())
}

#[orm::test]
async fn rows_of_an_order_are_updated_by_their_keys(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let oldest: Vec<i64> = query!(Order.order_by(.placed_at)[..2].values_list(.id)).all(&db).await?;
    assert_eq!(query!(Order.filter(.id.is_in(&oldest)).update(note = "old")).execute(&db).await?, 2);
    let newest = query!(Order.order_by(-.placed_at)[..1].values_list(.id));
    assert_eq!(query!(Order.filter(.id.is_in(newest)).delete()).execute(&db).await?, 1);
    Ok(())
}

#[orm::test]
async fn a_row_is_fetched_or_created_and_then_locked(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let new = || NewUser { email: "d".into(), active: true };
    let (_, created) = User::objects().get_or_create(|u| u.email(), new()).execute(&db).await?;
    assert!(created);
    db.transaction(async |tx| {
        let user = query!(User.filter(.email == "d").select_for_update()).get(tx).await?;
        query!(User.filter(.id == user.id).update(nick = "dora")).execute(tx).await
    })
    .await?;
    Ok(())
}
