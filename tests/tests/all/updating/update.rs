//! `update`.

use orm::prelude::*;
use tests::library::{self, Book, BookTag, NewAuthor, NewBook, NewTag};
use tests::shop::{Order, User};

use super::{filled, totals};

#[orm::test]
async fn values_and_expressions_are_set_and_rows_counted(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let (db, log) = db.logged();
    assert_eq!(query!(Order.filter(.user_id == 1).update(total = .total * 1.5)).execute(&db).await?, 2);
    assert_eq!(totals(&db).await?, [15.0, 30.0, 30.0, 40.0, 50.0, 60.0]);
    assert_eq!(query!(Order.update(total = 1.0)).execute(&db).await?, 6, "all rows");
    assert_eq!(query!(Order.update(total = 1.0)).execute(&db).await?, 6, "matched, though not changed");
    assert_eq!(query!(Order.filter(.id == 99).update(total = 2.0)).execute(&db).await?, 0);
    assert_eq!(totals(&db).await?, [1.0; 6]);
    assert_eq!(log.count(), 6, "{log}");
    Ok(())
}

#[orm::test]
async fn what_no_row_can_pass_is_not_sent(db: Db) -> orm::Result<()> {
    let (db, log) = db.logged();
    let none: [i64; 0] = [];
    assert_eq!(query!(Order.filter(.id.is_in(none)).update(total = 1.0)).execute(&db).await?, 0);
    assert_eq!(query!(Order.filter(Predicate::never()).delete()).execute(&db).await?, 0);
    let returned = query!(Order.filter(Predicate::never()).delete().returning(.id)).execute(&db).await?;
    assert_eq!(returned, [0_i64; 0]);
    assert_eq!(log.queries().len(), 0, "{log}");
    assert!(
        query!(Order.filter(.id.is_in(none)).update(total = 1.0)).to_sql()?.text().ends_with("WHERE FALSE")
    );
    Ok(())
}

#[orm::test]
async fn nulls_are_set_and_kept(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    query!(Order.filter(.id == 1).update(note = None, recipient_id = Some(3))).execute(&db).await?;
    let to: Option<&str> = None;
    query!(Order.filter(.id == 3).update(note = to)).execute(&db).await?;
    query!(Order.filter(.id == 2).update(note = "n", recipient_id = .recipient_id + 1)).execute(&db).await?;
    let orders = query!(Order.filter(.id <= 3).order_by(.id)).all(&db).await?;
    let columns: Vec<_> = orders.iter().map(|o| (o.note.as_deref(), o.recipient_id)).collect();
    assert_eq!(columns, [(None, Some(3)), (Some("n"), None), (None, None)]);
    Ok(())
}

#[orm::test]
async fn values_are_computed_from_the_row_as_it_was(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    query!(Order.filter(.id == 4).update(user_id = .id - 3, total = .total + 1.0, recipient_id = .user_id))
        .execute(&db)
        .await?;
    let order = query!(Order.filter(.id == 4)).get(&db).await?;
    assert_eq!((order.user_id, order.total, order.recipient_id), (1, 41.0, Some(2)));
    Ok(())
}

#[orm::test]
async fn conditions_are_values(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    assert_eq!(query!(User.update(active = !.active)).execute(&db).await?, 3);
    let active = |users: Vec<User>| users.into_iter().map(|user| user.active).collect::<Vec<_>>();
    assert_eq!(active(query!(User.order_by(.id)).all(&db).await?), [false, true, false]);
    // Not NULL for the user without a nick.
    query!(User.update(active = .nick < "nick 2")).execute(&db).await?;
    assert_eq!(active(query!(User.order_by(.id)).all(&db).await?), [true, false, false]);
    query!(User.update(active = .orders.any(.total > 50.0))).execute(&db).await?;
    assert_eq!(active(query!(User.order_by(.id)).all(&db).await?), [false, false, true]);
    Ok(())
}

#[orm::test]
async fn values_reach_over_to_one_relations(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let (db, log) = db.logged();
    let updated = query!(Order.filter(.total > 10.0).update(note = .recipient.email)).execute(&db).await?;
    assert_eq!((updated, log.count()), (5, 1));
    let orders = query!(Order.order_by(.id)).all(&db).await?;
    let notes: Vec<_> = orders.iter().map(|order| order.note.as_deref()).collect();
    assert_eq!(notes, [Some("note 1"), None, None, Some("1@x"), None, Some("2@x")]);

    let updated = query!(Order.filter(.user.active, .user.nick == None).update(note = .user.email, total = .total + 1.0));
    assert_eq!(updated.execute(&db).await?, 2);
    let orders = query!(Order.filter(.note == .user.email).order_by(.id)).all(&db).await?;
    assert_eq!(
        orders.iter().map(|order| (order.id, order.total)).collect::<Vec<_>>(),
        [(5, 51.0), (6, 61.0)]
    );
    Ok(())
}

/// A tree.
#[derive(Model, Debug, Clone, PartialEq)]
#[model(has_many(children: Node.parent))]
struct Node {
    id: i64,
    label: Option<String>,
    #[model(belongs_to = Node, as = parent)]
    parent_id: Option<i64>,
}

#[orm::test]
async fn a_table_that_refers_to_itself_is_updated_from_itself(db: Db) -> orm::Result<()> {
    db.create_tables(models![Node]).await?;
    for (label, parent) in [("a", None), ("b", Some(1)), ("c", Some(2)), ("d", Some(3))] {
        query!(Node.create()).label(label).parent_id(parent).execute(&db).await?;
    }
    let labels = async || {
        let nodes = query!(Node.order_by(.id)).all(&db).await?;
        orm::Result::Ok(nodes.into_iter().map(|node| node.label.unwrap_or_default()).collect::<Vec<_>>())
    };
    let labelled = query!(Node.filter(.parent.parent_id != None || .parent.label == "a"));
    assert_eq!(query!(labelled.update(label = .parent.label)).execute(&db).await?, 3);
    assert_eq!(labels().await?, ["a", "a", "b", "c"], "each from its parent as it was");
    let parents = query!(Node.filter(.children.any(.label == "b" || .label == "c")).update(label = "x"));
    assert_eq!(parents.execute(&db).await?, 2);
    assert_eq!(labels().await?, ["a", "x", "x", "c"]);
    assert_eq!(query!(Node.update(label = .parent.parent.label)).execute(&db).await?, 4);
    assert_eq!(labels().await?, ["", "", "a", "x"]);
    assert_eq!(query!(Node.filter(.parent.label == "a").delete()).execute(&db).await?, 1);
    Ok(())
}

#[orm::test]
async fn composite_keys_find_their_rows(db: Db) -> orm::Result<()> {
    library::create_tables(&db).await?;
    library::Author::objects()
        .bulk_create(["x", "y"].map(|name| NewAuthor { name: name.into() }))
        .execute(&db)
        .await?;
    let books = [(1, 1900), (1, 1950), (2, 1990)];
    Book::objects()
        .bulk_create(books.map(|(author_id, year)| NewBook { author_id, title: "t".into(), year }))
        .execute(&db)
        .await?;
    library::Tag::objects()
        .bulk_create(["p", "q"].map(|name| NewTag { name: name.into() }))
        .execute(&db)
        .await?;
    let links = [(1, 1), (2, 1), (3, 1), (3, 2)];
    BookTag::objects()
        .bulk_create(links.map(|(book_id, tag_id)| library::NewBookTag { book_id, tag_id }))
        .execute(&db)
        .await?;
    let keys = async || {
        let links = query!(BookTag.order_by(.book_id, .tag_id)).all(&db).await?;
        orm::Result::Ok(links.into_iter().map(|link| (link.book_id, link.tag_id)).collect::<Vec<_>>())
    };
    let updated = query!(BookTag.filter(.book.author.name == "x", .tag_id == 1).update(tag_id = 2));
    assert_eq!(updated.execute(&db).await?, 2);
    assert_eq!(keys().await?, [(1, 2), (2, 2), (3, 1), (3, 2)]);
    let moved = query!(BookTag.filter(.book.year < 1990).update(tag_id = .book.author_id));
    assert_eq!(moved.execute(&db).await?, 2);
    assert_eq!(keys().await?, [(1, 1), (2, 1), (3, 1), (3, 2)]);
    let deleted = query!(BookTag.filter(.book.year > 1900, .tag.name == "p").delete().returning(.book_id));
    let mut deleted = deleted.execute(&db).await?;
    deleted.sort_unstable();
    assert_eq!(deleted, [2, 3]);
    assert_eq!(keys().await?, [(1, 1), (3, 2)]);
    Ok(())
}

#[orm::test]
async fn a_refused_value_changes_nothing(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let error = query!(User.update(email = "same")).execute(&db).await.unwrap_err();
    assert!(error.is_unique_violation(), "{error}");
    let error = query!(Order.update(user_id = 99)).execute(&db).await.unwrap_err();
    assert!(error.is_foreign_key_violation(), "{error}");
    assert_eq!(query!(User.filter(.email == "same")).count(&db).await?, 0);
    let twice = Order::objects().update(|o| (o.total().set(1.0), o.total().set(2.0)));
    let error = twice.execute(&db).await.unwrap_err();
    assert_eq!(error.code(), Some("42601"), "{error}");
    Ok(())
}

#[orm::test]
async fn a_rollback_undoes_an_update(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let tx = db.begin().await?;
    assert_eq!(query!(Order.update(total = 0.0)).execute(&tx).await?, 6);
    assert_eq!(totals(&tx).await?, [0.0; 6]);
    tx.rollback().await?;
    assert_eq!(totals(&db).await?, [10.0, 20.0, 30.0, 40.0, 50.0, 60.0]);
    Ok(())
}

#[orm::test]
async fn the_tables_own_conditions_are_asked_again_of_a_row_that_was_locked(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let tx = db.begin().await?;
    query!(Order.filter(.id == 1).update(total = 0.0)).execute(&tx).await?;
    let second = {
        let db = db.clone();
        tokio::spawn(async move {
            query!(Order.filter(.total == 10.0, .user.active).update(note = "paid")).execute(&db).await
        })
    };
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    tx.commit().await?;
    assert_eq!(second.await.unwrap()?, 0, "the row has another total by now");
    Ok(())
}

/// Runs `change` while another transaction sets total and note of order 1 to 0 and "taken", and then commits.
async fn beside_another(
    db: &Db,
    change: impl Future<Output = orm::Result<u64>> + Send + 'static,
) -> orm::Result<u64> {
    let tx = db.begin().await?;
    query!(Order.filter(.id == 1).update(total = 0.0, note = "taken")).execute(&tx).await?;
    let change = tokio::spawn(change);
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    tx.commit().await?;
    change.await.unwrap()
}

#[orm::test]
async fn a_value_of_own_and_related_columns_is_computed_from_the_row_as_it_is_by_then(
    db: Db,
) -> orm::Result<()> {
    filled(&db).await?;
    let other = db.clone();
    let change = async move {
        let update =
            query!(Order.filter(.id == 1).update(total = .total + .user.email.length().cast::<f64>()));
        update.execute(&other).await
    };
    assert_eq!(beside_another(&db, change).await?, 1);
    assert_eq!(totals(&db).await?[0], 3.0, "0, and the length of `1@x`");
    Ok(())
}

#[orm::test]
async fn a_condition_on_own_or_related_columns_is_asked_again(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let other = db.clone();
    let claim = async move {
        let claim = query!(Order
            .filter(.id == 1, .total == 10.0 || .user.nick == "nobody")
            .update(note = "claimed"));
        claim.execute(&other).await
    };
    assert_eq!(beside_another(&db, claim).await?, 0, "the row has another total by now");
    let order = query!(Order.filter(.id == 1)).get(&db).await?;
    assert_eq!(order.note.as_deref(), Some("taken"));

    query!(Order.filter(.id == 1).update(total = 10.0)).execute(&db).await?;
    let other = db.clone();
    let delete = async move {
        let delete = query!(Order.filter(.total == 10.0 || .user.nick == "nobody").delete());
        delete.execute(&other).await
    };
    assert_eq!(beside_another(&db, delete).await?, 0);
    assert_eq!(query!(Order).count(&db).await?, 6);

    query!(Order.filter(.id == 1).update(total = 10.0)).execute(&db).await?;
    let mut first = query!(Order.filter(.id == 1)).get(&db).await?;
    first.placed_at += chrono::TimeDelta::days(1);
    let other = db.clone();
    let bulk = async move {
        let wanted = query!(Order.filter(.total == 10.0 || .user.nick == "nobody"));
        wanted.bulk_update([&first], |o| o.placed_at()).execute(&other).await
    };
    assert_eq!(beside_another(&db, bulk).await?, 0);
    Ok(())
}

#[orm::test]
async fn values_of_the_caller_may_be_awaited_for(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let product = query!(tests::shop::Product).get(&db).await?;
    let update = query!(Order
        .filter(.id == query!(Order.filter(.total > 50.0)).get(&db).await?.id)
        .update(total = .total + product.price, note = Some(format!("{}!", product.name))));
    assert_eq!(update.execute(&db).await?, 1);
    let order = query!(Order.filter(.id == 6)).get(&db).await?;
    assert_eq!((order.total, order.note.as_deref()), (68.0, Some("tea!")));
    Ok(())
}
