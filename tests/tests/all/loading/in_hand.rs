//! Relations for rows that were read already: `load_into`.

use orm::functions::row_number;
use orm::prelude::*;
use tests::library::{self, *};
use tests::shop::{self, *};

async fn fill(db: &Db) -> orm::Result<()> {
    shop::create_tables(db).await?;
    library::create_tables(db).await?;
    db.batch_execute(
        "INSERT INTO users (email, active) SELECT n || '@example.com', true FROM generate_series(1, 4) n;
         INSERT INTO profiles VALUES (1, 'London');
         INSERT INTO products (name, price) VALUES ('tea', 1);
         INSERT INTO orders (user_id, total) VALUES (1, 1), (1, 2), (3, 3);
         INSERT INTO items (order_id, product_id, quantity) SELECT id, 1, id FROM orders;
         INSERT INTO authors (name) VALUES ('Ada'), ('Bo');
         INSERT INTO books (author_id, title, year) VALUES (1, 'A', 2000), (2, 'B', 2001);
         INSERT INTO tags (name) VALUES ('t'), ('u');
         INSERT INTO book_tags VALUES (1, 1), (1, 2)",
    )
    .await
}

#[orm::test]
async fn to_many_relations_in_the_order_of_the_rows(db: Db) -> orm::Result<()> {
    fill(&db).await?;
    let mut users = query!(User.order_by(-.id)).all(&db).await?;
    users[3].email = "changed".into();
    users[0].nick = Some("new".into());
    let (db, log) = db.logged();
    let loaded = query!(User.prefetch_related(.orders.items)).load_into(&db, users.clone()).await?;
    assert_eq!(log.count(), 3, "{log}");
    let rows: Vec<User> = loaded.iter().map(|user| User::clone(user)).collect();
    assert_eq!(rows, users);
    let orders =
        loaded.iter().map(|user| user.orders().iter().map(|order| order.items().len()).sum::<usize>());
    assert_eq!(orders.collect::<Vec<_>>(), [0, 1, 0, 2]);

    log.clear();
    assert!(query!(User.prefetch_related(.orders)).load_into(&db, Vec::new()).await?.is_empty());
    assert_eq!(log.count(), 0);
    Ok(())
}

#[orm::test]
async fn to_one_relations_and_annotations(db: Db) -> orm::Result<()> {
    fill(&db).await?;
    let mut orders = query!(Order.order_by(.id)).all(&db).await?;
    // A foreign key that was changed in memory loads what the database has.
    orders[0].user_id = 3;
    let (db, log) = db.logged();
    let query = query!(Order.select_related(.user.profile).annotate(n = .items.count()));
    let loaded = query.load_into(&db, orders.clone()).await?;
    assert_eq!(log.count(), 1, "{log}");
    assert_eq!((loaded[0].user_id, loaded[0].user().id, loaded[0].n), (3, 1, 1));
    assert_eq!(loaded[2].user().profile(), None);
    assert!(loaded.iter().zip(&orders).all(|(loaded, order)| *order == ***loaded));
    Ok(())
}

#[orm::test]
async fn a_row_given_twice_is_loaded_twice(db: Db) -> orm::Result<()> {
    fill(&db).await?;
    let books = query!(Book.order_by(.id)).all(&db).await?;
    let mut again = books[0].clone();
    again.title = "another copy".into();
    let given = [books[0].clone(), books[1].clone(), again, books[0].clone()];
    let loaded = query!(Book.select_related(.author).prefetch_related(.tags.order_by(.id), .author.books))
        .load_into(&db, given)
        .await?;
    let found: Vec<_> = loaded
        .iter()
        .map(|book| {
            (book.title.as_str(), book.tags().len(), book.author().name.as_str(), book.author().books().len())
        })
        .collect();
    assert_eq!(
        found,
        [("A", 2, "Ada", 1), ("B", 0, "Bo", 1), ("another copy", 2, "Ada", 1), ("A", 2, "Ada", 1)]
    );
    Ok(())
}

#[orm::test]
async fn composite_keys_and_a_transaction(db: Db) -> orm::Result<()> {
    fill(&db).await?;
    let links = query!(BookTag.order_by(-.tag_id)).all(&db).await?;
    let loaded = db
        .transaction(async |tx| query!(BookTag.select_related(.tag, .book.author)).load_into(tx, links).await)
        .await?;
    let names = loaded.iter().map(|link| (link.tag().name.as_str(), link.book().author().name.as_str()));
    assert_eq!(names.collect::<Vec<_>>(), [("u", "Ada"), ("t", "Ada")]);
    Ok(())
}

#[orm::test]
async fn a_row_that_the_query_does_not_have_is_not_found(db: Db) -> orm::Result<()> {
    fill(&db).await?;
    let users = query!(User).all(&db).await?;
    query!(User.filter(.id == 4).delete()).execute(&db).await?;
    let lost = query!(User.prefetch_related(.orders)).load_into(&db, users.clone()).await;
    let error = lost.expect_err("a deleted row");
    assert!(error.is_not_found() && error.to_string().starts_with("no User matches the query"), "{error}");
    let filtered =
        query!(User.filter(.id != 1).prefetch_related(.orders)).load_into(&db, users[..3].to_vec()).await;
    assert!(filtered.is_err_and(|error| error.is_not_found()));
    assert_eq!(query!(User.prefetch_related(.orders)).load_into(&db, users[..3].to_vec()).await?.len(), 3);
    Ok(())
}

/// What a query says of a row beside others is the same for some of the rows as for all.
#[orm::test]
async fn windows_and_distinct_rows_are_of_all_rows_of_the_query(db: Db) -> orm::Result<()> {
    fill(&db).await?;
    let numbered = query!(Order
        .filter(.total > 1.0)
        .annotate(place = row_number().order_by(-.id), all = .id.count().over())
        .select_related(.user));
    let some = numbered.in_bulk(&db, [1, 2]).await?;
    assert_eq!(some.len(), 1, "the first is filtered out");
    assert_eq!((some[&2].place, some[&2].all, some[&2].user().id), (2, 2, 1));
    let second = query!(Order.filter(.id == 2)).all(&db).await?;
    let beside = numbered.load_into(&db, second).await?;
    assert_eq!((beside[0].place, beside[0].all), (2, 2));

    let latest = query!(Order.distinct_on(.user_id).order_by(-.id));
    let mut keys: Vec<i64> = latest.in_bulk(&db, [1, 2, 3]).await?.into_keys().collect();
    keys.sort_unstable();
    assert_eq!(keys, [2, 3]);
    let first = query!(Order.filter(.id == 1)).all(&db).await?;
    assert!(latest.load_into(&db, first).await.unwrap_err().is_not_found());
    Ok(())
}
