//! Facts of Django's test folder `many_to_one`.

use orm::prelude::*;
use tests::library::{Author, Book};
use tests::shop::{Item, Order, User};

use super::{ids, library, shop};

#[orm::test]
async fn rows_are_found_by_columns_of_the_one_and_by_its_key(db: Db) -> orm::Result<()> {
    library(&db).await?;
    assert_eq!(ids(&db, query!(Book.filter(.author.name == "ada"))).await?, [1, 2]);
    assert_eq!(
        ids(&db, query!(Book.filter(.author.name.starts_with("b"), .author.born == None))).await?,
        [3]
    );
    assert_eq!(ids(&db, query!(Book.filter(.author.id == 1))).await?, [1, 2]);
    assert_eq!(ids(&db, query!(Book.filter(.author_id.is_in([2, 3])))).await?, [3, 4]);
    assert_eq!(
        ids(
            &db,
            query!(Book.filter(.author.id.is_in(query!(Author.filter(.born == None).values_list(.id)))))
        )
        .await?,
        [3]
    );
    Ok(())
}

#[orm::test]
async fn the_one_is_found_by_the_many_once(db: Db) -> orm::Result<()> {
    library(&db).await?;
    assert_eq!(ids(&db, query!(Author.filter(.books.any(.title.is_in(["A", "B"]))))).await?, [1]);
    assert_eq!(query!(Author.filter(.books.any(.id > 0))).count(&db).await?, 3);
    assert_eq!(ids(&db, query!(Author.filter(.books.any(.author.name == "ada")))).await?, [1]);
    assert_eq!(ids(&db, query!(Author.filter(.books.any(.author.books.any(.year == 2010))))).await?, [3]);
    Ok(())
}

#[orm::test]
async fn two_relations_to_one_model_are_told_apart(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    assert_eq!(ids(&db, query!(Order.filter(.user.email == "b@x"))).await?, [3]);
    assert_eq!(ids(&db, query!(Order.filter(.recipient.email == "b@x"))).await?, [1]);
    assert_eq!(ids(&db, query!(Order.filter(.user.email == "a@x", .recipient.email == "b@x"))).await?, [1]);
    let order = query!(Order.filter(.id == 1).select_related(.recipient, .user)).get(&db).await?;
    assert_eq!((order.user().id, order.recipient().map(|user| user.id)), (1, Some(2)));
    assert_eq!(ids(&db, query!(User.filter(.orders.any(.recipient.orders.exists())))).await?, [1, 2]);
    Ok(())
}

#[orm::test]
async fn one_row_loaded_for_many_is_the_same_for_each(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let (db, log) = db.logged();
    let books =
        query!(Book.select_related(.author).prefetch_related(.author.books).order_by(.id)).all(&db).await?;
    assert_eq!(books[0].author(), books[1].author());
    assert_eq!(books.iter().map(|book| book.author().books().len()).collect::<Vec<_>>(), [2, 2, 1, 1]);
    assert_eq!(log.count(), 2, "{log}");
    Ok(())
}

#[orm::test]
async fn related_rows_are_counted_exactly(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let users =
        query!(User.annotate(orders_n = .orders.count(), items_n = .orders.items.count()).order_by(.id));
    let counts: Vec<_> = users.all(&db).await?.iter().map(|user| (user.orders_n, user.items_n)).collect();
    assert_eq!(counts, [(2, 3), (1, 2), (1, 0)]);
    assert_eq!(ids(&db, query!(User.filter(.orders.count() > 1))).await?, [1]);
    assert_eq!(ids(&db, query!(User.filter(.orders.items.count() == 0))).await?, [3]);
    assert_eq!(ids(&db, query!(Order.exclude(.items.quantity.sum() > 3))).await?, [1, 2, 4]);
    Ok(())
}

#[orm::test]
async fn values_of_the_one_beside_each_of_the_many(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let rows = query!(Item.filter(.order.user.active).order_by(.id).values_list(.id, .order.user.email, .product.name))
        .all(&db)
        .await?;
    assert_eq!(rows.len(), 5);
    assert_eq!(rows[2], (3, "a@x".to_owned(), "pearl".to_owned()));
    Ok(())
}

#[orm::test]
async fn a_value_may_have_the_name_of_what_computes_it(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let users =
        query!(User.annotate(count = .orders.count(), any = .orders.total.sum()).order_by(-.count, .id));
    let users =
        query!(users.filter(.count > 0).annotate(all = .count + 1).prefetch_related(none = .orders[..1]));
    let rows = users.all(&db).await?;
    assert_eq!((rows[0].count, rows[0].any, rows[0].all, rows[0].none.len()), (2, Some(30.0), 3, 1));
    let groups =
        query!(Order.group_by(.user_id).annotate(count = .count()).filter(.count > 1)).all(&db).await?;
    assert_eq!(groups.iter().map(|group| (group.user_id, group.count)).collect::<Vec<_>>(), [(1, 2)]);
    Ok(())
}
