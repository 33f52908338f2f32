use crate::models::*;
use orm::prelude::*;

#[orm::test]
async fn orders_are_loaded_with_their_users(db: Db) -> orm::Result<()> {
    db.create_tables(models![User, Order]).await?;
    let user = query!(User.create(email = "a@example.com", active = true)).execute(&db).await?;
    query!(Order.create(user_id = user.id, total = 5.0)).execute(&db).await?;

    let (db, log) = db.logged();
    let order = query!(Order.select_related(.user)).get(&db).await?;
    assert_eq!(order.user().email, "a@example.com");
    assert_eq!(log.count(), 1, "{log}");
    Ok(())
}
