//! Terminals, and combinations of queries.

use std::collections::HashMap;

use orm::prelude::*;
use tests::library::Book;
use tests::shop::{Order, User};

use super::filled;

#[orm::test]
async fn earliest_and_latest_are_first_and_last_in_an_order(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let latest: Option<Order> = query!(Order.order_by(-.placed_at)).first(&db).await?;
    let earliest = query!(Order.order_by(-.placed_at)).last(&db).await?;
    assert_eq!((latest.map(|order| order.id), earliest.map(|order| order.id)), (Some(3), Some(1)));
    let newest = query!(Order.order_by(-.placed_at)[..1]).get(&db).await?;
    assert_eq!(newest.id, 3);
    assert!(query!(Order.none()[..1]).get(&db).await.is_err_and(|error| error.is_not_found()));
    Ok(())
}

#[orm::test]
async fn rows_by_a_unique_column(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let users = query!(User.filter(.email.is_in(["a", "c", "nobody"]))).all(&db).await?;
    let by_email: HashMap<String, User> = users.into_iter().map(|user| (user.email.clone(), user)).collect();
    assert_eq!((by_email.len(), by_email["c"].id), (2, 3));
    Ok(())
}

#[orm::test]
async fn whether_a_row_is_among_them(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let user = query!(User.filter(.email == "c")).get(&db).await?;
    let active = query!(User.filter(.active));
    assert!(!query!(active.filter(.id == user.id)).exists(&db).await?);
    Ok(())
}

#[orm::test]
async fn combined_queries_can_be_refined_further(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let noted = query!(Order.filter(.note != None));
    let large = query!(Order.filter(.total > 7.0));
    let ids = async |query: QuerySet<Order, Order, _>| -> orm::Result<Vec<i64>> {
        query!(query.order_by(.id).values_list(.id)).all(&db).await
    };
    assert_eq!(ids(noted.clone().union(large.clone())).await?, [1, 2, 3]);
    assert_eq!(ids(noted.clone().union_all(large.clone())).await?, [1, 1, 2, 3]);
    assert_eq!(ids(noted.clone().intersection(large.clone())).await?, [1]);
    assert_eq!(ids(noted.clone().difference(large.clone())).await?, [3]);
    let combined = noted.union(query!(large.order_by(-.total)[..1]));
    let refined = query!(combined.filter(.user.active).select_related(.user).order_by(-.total)[..2]);
    let orders = refined.all(&db).await?;
    assert_eq!((orders[0].id, orders[0].user().email.as_str()), (2, "a"));
    assert_eq!(combined.count(&db).await?, 3);
    Ok(())
}

#[orm::test]
async fn raw_rows_are_whole(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let books: Vec<Book> = db.query_as("SELECT * FROM books WHERE year > $1 ORDER BY id", &[&2000]).await?;
    assert_eq!(books.len(), 2);
    assert!(db.query_as::<Book>("SELECT id FROM books", &[]).await.is_err());
    Ok(())
}
