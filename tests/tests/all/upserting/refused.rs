//! What the method API refuses before anything is sent, and `query!` where it does not know the model.

use orm::prelude::*;
use tests::shop::{Item, NewItem, NewUser, User};

use super::{Word, word};

fn user() -> NewUser {
    NewUser { email: "a".into(), active: true }
}

#[orm::test]
async fn conflicts_on_what_is_no_key(db: Db) -> orm::Result<()> {
    let (db, log) = db.logged();
    let create = || User::objects().bulk_create([user()]);
    let error =
        create().on_conflict(|u| (u.email(), u.active())).do_nothing().execute(&db).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "`(email, active)` is not a declared unique key of `User`; its unique keys are `id`, `email`"
    );
    let error = create().on_conflict(|u| u.nick()).do_update(|u| u.nick()).execute(&db).await.unwrap_err();
    assert!(error.to_string().starts_with("`nick` is not a declared unique key of `User`"), "{error}");
    let users = User::objects();
    let error =
        query!(users.bulk_create([user()]).on_conflict(.nick).do_nothing()).execute(&db).await.unwrap_err();
    assert!(error.to_string().starts_with("`nick` is not a declared unique key of `User`"), "{error}");
    let items = [NewItem { order_id: 1, product_id: 1, quantity: 1 }];
    let create = Item::objects().bulk_create(items);
    let error = create.on_conflict(|i| i.order_id()).do_nothing().execute(&db).await.unwrap_err();
    assert!(error.to_string().ends_with("its unique keys are `id`, `(order_id, product_id)`"), "{error}");
    let error = User::objects()
        .bulk_create([user()])
        .on_constraint("their_name")
        .do_update(|u| u.nick())
        .execute(&db)
        .await
        .unwrap_err();
    assert!(error.to_string().contains("name its columns with `on_conflict`"), "{error}");
    assert_eq!(log.queries().len(), 0);
    Ok(())
}

#[orm::test]
async fn rows_by_what_is_no_key(db: Db) -> orm::Result<()> {
    let (db, log) = db.logged();
    let error = User::objects().get_or_create(|u| u.active(), user()).execute(&db).await.unwrap_err();
    assert!(error.to_string().starts_with("`active` is not a declared unique key of `User`"), "{error}");
    let error = User::objects().update_or_create(|u| u.id(), user()).execute(&db).await.unwrap_err();
    assert_eq!(error.to_string(), "the row does not set `id`, by which it is looked up");
    let error =
        Word::objects().get_or_create(|w| w.code(), word("a").code(1)).execute(&db).await.unwrap_err();
    assert!(error.to_string().starts_with("`code` can be NULL, and NULL equals nothing"), "{error}");
    assert_eq!(log.queries().len(), 0);
    Ok(())
}
