//! `save`, `save_only`, `refresh` and `delete` of a row.

use orm::prelude::*;
use tests::library::{self, Author, Book, BookTag, NewAuthor, NewBook, NewTag};
use tests::shop::{Order, User};

use super::filled;

#[orm::test]
async fn save_writes_all_columns_but_the_key(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let mut order = query!(Order.filter(.id == 3)).get(&db).await?;
    let (db, log) = db.logged();
    order.total = 7.5;
    order.note = None;
    order.recipient_id = Some(1);
    order.save(&db).await?;
    assert_eq!(log.count(), 1);
    assert_eq!(
        log.queries()[0].sql,
        r#"UPDATE "orders" t0 SET "user_id" = $1, "recipient_id" = $2, "total" = $3, "note" = $4, "placed_at" = $5 WHERE t0."id" = $6"#
    );
    assert_eq!(query!(Order.filter(.id == 3)).get(&db).await?, order);
    assert_eq!(query!(Order.filter(.total == 7.5)).count(&db).await?, 1, "no other row");
    Ok(())
}

#[orm::test]
async fn save_only_leaves_other_columns_alone(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let mut order = query!(Order.filter(.id == 1)).get(&db).await?;
    query!(Order.update(total = 99.0)).execute(&db).await?;
    order.note = Some("new".into());
    order.save_only(&db, |o| o.note()).await?;
    assert_eq!(order.total, 10.0, "what the row itself holds does not change");
    order.refresh(&db).await?;
    assert_eq!((order.total, order.note.as_deref()), (99.0, Some("new")));
    order.total = 1.0;
    order.note = None;
    order.save_only(&db, |o| (o.total(), o.note(), o.total())).await?;
    assert_eq!(query!(Order.filter(.id == 1)).get(&db).await?, order);

    let (db, log) = db.logged();
    let error = order.save_only(&db, |o| (o.id(), o.total())).await.unwrap_err();
    assert!(error.to_string().contains("`id` is in the primary key of Order"), "{error}");
    let error = order.save_only(&db, |o| o.total() + 1.0).await.unwrap_err();
    assert!(error.to_string().contains("only a column"), "{error}");
    assert_eq!(log.queries().len(), 0);
    Ok(())
}

#[orm::test]
async fn a_row_that_is_gone_is_an_error(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let mut order = query!(Order.filter(.id == 2)).get(&db).await?;
    order.delete(&db).await?;
    assert_eq!(query!(Order).count(&db).await?, 5);
    for error in [
        order.save(&db).await.unwrap_err(),
        order.save_only(&db, |o| o.total()).await.unwrap_err(),
        order.delete(&db).await.unwrap_err(),
        order.clone().refresh(&db).await.unwrap_err(),
    ] {
        assert!(error.is_not_found() && error.to_string().contains("Order"), "{error}");
        assert!(error.sql().is_some_and(|sql| sql.contains(r#"t0."id" = $"#)), "{error}");
    }
    order.total = 1.0;
    assert_eq!(query!(Order).count(&db).await?, 5, "nothing is inserted");
    let user = query!(User.filter(.id == 1)).get(&db).await?;
    assert!(user.delete(&db).await.unwrap_err().is_foreign_key_violation());
    Ok(())
}

#[orm::test]
async fn a_row_with_loaded_relations_is_a_row(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let orders = query!(Order.select_related(.user).prefetch_related(.items).order_by(.id));
    let mut order = orders.first(&db).await?.unwrap();
    order.total = 5.0;
    order.save(&db).await?;
    query!(Order.filter(.id == 1).update(note = "n")).execute(&db).await?;
    order.refresh(&db).await?;
    assert_eq!((order.total, order.note.as_deref()), (5.0, Some("n")));
    assert_eq!((order.user().id, order.items().len()), (1, 1), "what was loaded stays");
    let mut user = order.user().clone();
    user.nick = None;
    user.save_only(&db, |u| u.nick()).await?;
    assert_eq!(query!(User.filter(.nick == None)).count(&db).await?, 2);
    order.delete(&db).await?;
    assert_eq!(query!(Order.filter(.id == 1)).count(&db).await?, 0);
    Ok(())
}

#[orm::test]
async fn composite_keys_and_rows_of_nothing_but_a_key(db: Db) -> orm::Result<()> {
    library::create_tables(&db).await?;
    Author::objects().bulk_create([NewAuthor { name: "x".into() }]).execute(&db).await?;
    Book::objects()
        .bulk_create([1, 2].map(|year| NewBook { author_id: 1, title: "t".into(), year }))
        .execute(&db)
        .await?;
    library::Tag::objects().bulk_create([NewTag { name: "p".into() }]).execute(&db).await?;
    for book_id in [1, 2] {
        query!(BookTag.create(book_id = book_id, tag_id = 1)).execute(&db).await?;
    }
    let mut link = query!(BookTag.filter(.book_id == 2)).get(&db).await?;
    link.save(&db).await?;
    link.refresh(&db).await?;
    link.delete(&db).await?;
    assert!(link.save(&db).await.unwrap_err().is_not_found());
    assert!(link.refresh(&db).await.unwrap_err().is_not_found());
    assert_eq!(query!(BookTag).get(&db).await?.key(), (1, 1));
    Ok(())
}

#[orm::test]
async fn a_transaction_holds_what_is_saved(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let mut order = query!(Order.filter(.id == 1)).get(&db).await?;
    let tx = db.begin().await?;
    order.total = 0.5;
    order.save(&tx).await?;
    order.refresh(&tx).await?;
    assert_eq!(order.total, 0.5);
    tx.rollback().await?;
    order.refresh(&db).await?;
    assert_eq!(order.total, 10.0);
    Ok(())
}
