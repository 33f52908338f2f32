//! Combinations in which one query stands in the place of another's table.

use orm::functions::*;
use orm::prelude::*;
use tests::library::{self, *};
use tests::shop::{self, *};

async fn fill(db: &Db) -> orm::Result<()> {
    shop::create_tables(db).await?;
    library::create_tables(db).await?;
    db.batch_execute(
        "INSERT INTO users (email, active) VALUES ('a', true), ('b', true), ('c', false);
         INSERT INTO orders (user_id, total) VALUES (1, 10), (1, 20), (2, 5), (3, 7), (3, 8);
         INSERT INTO products (name, price) VALUES ('p', 1);
         INSERT INTO items (order_id, product_id, quantity) VALUES (1, 1, 3), (2, 1, 4);
         INSERT INTO authors (name, born) VALUES ('x', 1900), ('y', NULL);
         INSERT INTO books (author_id, title, year) VALUES
             (1, 'A', 2000), (1, 'B', 2001), (1, 'A', 2002), (2, 'D', 1999);",
    )
    .await
}

#[orm::test]
async fn a_window_in_a_filter_and_in_one_of_two_united_queries(db: Db) -> orm::Result<()> {
    fill(&db).await?;
    let best = query!(Order.filter(row_number().partition_by(.user_id).order_by(-.total) == 1));
    let all = best.clone().union(query!(Order.filter(.total < 6.0)));
    let ids: Vec<i64> = query!(all.order_by(.id).values_list(.id)).all(&db).await?;
    assert_eq!(ids, [2, 3, 5]);
    let with_items = query!(best.annotate(n = .items.count()).order_by(.id)[..1]).all(&db).await?;
    assert_eq!((with_items[0].id, with_items[0].n), (2, 1));
    Ok(())
}

#[orm::test]
async fn distinct_values_of_rows_filtered_by_a_window(db: Db) -> orm::Result<()> {
    fill(&db).await?;
    let ranked = query!(Order.annotate(place = rank().partition_by(.user_id).order_by(-.total)));
    let users: Vec<i64> =
        query!(ranked.filter(.place <= 2).values_list(.user_id).distinct().order_by(-.total))
            .all(&db)
            .await?;
    assert_eq!(users, [1, 3, 2]);
    let counted = query!(ranked.filter(.place == 2)).count(&db).await?;
    assert_eq!(counted, 2);
    Ok(())
}

#[orm::test]
async fn distinct_values_of_a_relation_are_so_for_each_parent(db: Db) -> orm::Result<()> {
    fill(&db).await?;
    let authors = query!(Author
        .prefetch_related(titles = .books.values_list(.title).distinct().order_by(.year))
        .order_by(.id))
    .all(&db)
    .await?;
    assert_eq!(authors[0].titles, ["A", "B"]);
    assert_eq!(authors[1].titles, ["D"]);
    Ok(())
}

#[orm::test]
async fn the_last_of_rows_distinct_in_a_column_is_one_of_them(db: Db) -> orm::Result<()> {
    fill(&db).await?;
    let best = query!(Order.distinct_on(.user_id).order_by(-.total));
    let ids: Vec<i64> = best.all(&db).await?.iter().map(|order| order.id).collect();
    assert_eq!(ids, [2, 3, 5]);
    assert_eq!(best.first(&db).await?.map(|order| order.id), Some(2));
    assert_eq!(best.last(&db).await?.map(|order| order.id), Some(5));
    let downwards = query!(Order.distinct_on(.user_id).order_by(-.user_id, .total));
    let ids: Vec<i64> = downwards.all(&db).await?.iter().map(|order| order.id).collect();
    assert_eq!(ids, [4, 3, 1]);
    assert_eq!(downwards.last(&db).await?.map(|order| order.id), Some(1));
    Ok(())
}

#[orm::test]
async fn rows_found_by_a_window_are_deleted_and_updated(db: Db) -> orm::Result<()> {
    fill(&db).await?;
    let repeated = query!(Book.filter(row_number().partition_by((.author_id, .title)).order_by(.id) > 1));
    let renamed: Vec<i64> = query!(repeated.update(year = .year + 1).returning(.id)).execute(&db).await?;
    assert_eq!(renamed, [3]);
    assert_eq!(query!(repeated.delete()).execute(&db).await?, 1);
    assert_eq!(query!(Book).count(&db).await?, 3);
    let popular = query!(User.annotate(n = .orders.count()).filter(.n > 1));
    assert_eq!(query!(popular.update(active = false)).execute(&db).await?, 2);
    assert_eq!(query!(User.filter(!.active)).count(&db).await?, 2);
    Ok(())
}

#[orm::test]
async fn distinct_values_in_an_order_of_themselves_are_one_select(db: Db) -> orm::Result<()> {
    fill(&db).await?;
    let users = query!(Order.values_list(.user_id).distinct().order_by(-.user_id));
    assert_eq!(
        users.to_sql().text(),
        r#"SELECT DISTINCT t0."user_id" FROM "orders" t0 ORDER BY t0."user_id" DESC"#
    );
    assert_eq!(users.all(&db).await?, [3, 2, 1]);
    let named = query!(Order.values(who = .user_id).distinct().order_by(.who));
    assert!(named.to_sql().text().starts_with("SELECT DISTINCT"), "{}", named.to_sql());
    assert_eq!(named.all(&db).await?.len(), 3);
    Ok(())
}

#[orm::test]
async fn a_window_where_rows_are_still_to_be_found_is_refused_before_it_is_sent(db: Db) -> orm::Result<()> {
    fill(&db).await?;
    let (db, log) = db.logged();
    let refused = [
        query!(User.filter(.orders.any(row_number().order_by(.id) == 1))).all(&db).await.err(),
        query!(User.annotate(n = .orders.filter(row_number().order_by(.id) == 1).count()))
            .all(&db)
            .await
            .err(),
        query!(Order.aggregate(n = .count().filter(row_number().order_by(.id) == 1))).get(&db).await.err(),
    ];
    for error in refused {
        let message = error.map(|error| error.message());
        assert!(
            message.as_deref().is_some_and(|message| message.starts_with("a window function stands where")),
            "{message:?}"
        );
    }
    assert_eq!(log.count(), 0, "{log}");
    Ok(())
}

#[orm::test]
async fn windows_and_distinct_values_lock_no_rows(db: Db) -> orm::Result<()> {
    fill(&db).await?;
    let tx = db.begin().await?;
    let ranked = query!(Order.annotate(place = row_number().order_by(.total)).select_for_update());
    let refused = ranked.all(&tx).await.err().map(|error| error.message());
    assert!(refused.as_deref().is_some_and(|message| message.contains("cannot lock rows")), "{refused:?}");
    let distinct = query!(Order.select_for_update().values_list(.user_id).distinct()).all(&tx).await.err();
    assert!(distinct.is_some_and(|error| error.code().is_none()));
    assert_eq!(query!(Order.select_for_update()).all(&tx).await?.len(), 5);
    tx.rollback().await
}

struct Shop(i64);

impl Shop {
    fn orders(&self) -> QuerySet<Order> {
        query!(Order.filter(.user_id == self.0))
    }
}

#[orm::test]
async fn a_chain_starts_from_a_method_of_the_users_own(db: Db) -> orm::Result<()> {
    fill(&db).await?;
    let shop = Shop(1);
    assert_eq!(query!(shop.orders().filter(.total > 15.0)).count(&db).await?, 1);
    assert_eq!(query!(shop.orders().order_by(.total)[..1]).all(&db).await?[0].id, 1);
    let copy = shop.orders();
    assert_eq!(query!(copy.limit(1)).count(&db).await?, 1);
    Ok(())
}

#[orm::test]
async fn a_condition_is_a_value(db: Db) -> orm::Result<()> {
    fill(&db).await?;
    let orders =
        query!(Order.annotate(large = .total > 7.0 && .user.active, noted = .note != None).order_by(.id));
    let large: Vec<(bool, bool)> =
        orders.all(&db).await?.iter().map(|order| (order.large, order.noted)).collect();
    assert_eq!(large, [(true, false), (true, false), (false, false), (false, false), (false, false)]);
    assert_eq!(query!(orders.filter(.large)).count(&db).await?, 2);
    let groups = query!(Order.group_by(large = .total > 7.0).annotate(n = .count()).order_by(.large));
    let groups: Vec<(bool, i64)> = query!(groups.values_list(.large, .n)).all(&db).await?;
    assert_eq!(groups, [(false, 2), (true, 3)]);
    let busy: Vec<bool> = query!(User.order_by(.id).values_list(.orders.exists())).all(&db).await?;
    assert_eq!(busy, [true, true, true]);
    Ok(())
}

/// PostgreSQL takes two copies of a subquery for two values: keys with one are computed before.
#[orm::test]
async fn groups_by_whether_there_are_rows(db: Db) -> orm::Result<()> {
    fill(&db).await?;
    let expected = [(false, 3), (true, 2)];
    let (db, log) = db.logged();
    let groups =
        query!(Order.group_by(has = .items.exists()).annotate(n = .count()).order_by(.has)).all(&db).await?;
    assert_eq!(groups.iter().map(|group| (group.has, group.n)).collect::<Vec<_>>(), expected);
    let groups = query!(Order
        .annotate(has = exists(Item.filter(.order_id == outer(.id))))
        .group_by(.has)
        .annotate(n = .count())
        .order_by(.has));
    let groups = groups.all(&db).await?;
    assert_eq!(groups.iter().map(|group| (group.has, group.n)).collect::<Vec<_>>(), expected);
    let groups = query!(Order
        .group_by(kind = if .items.any(.quantity > 0) { "full" } else { "empty" })
        .annotate(n = .count())
        .order_by(.kind));
    let groups = groups.all(&db).await?;
    let named = groups.iter().map(|group| (group.kind.as_str(), group.n)).collect::<Vec<_>>();
    assert_eq!(named, [("empty", 3), ("full", 2)]);
    assert_eq!(log.count(), 3);
    Ok(())
}

#[orm::test]
async fn outer_is_for_subqueries(db: Db) -> orm::Result<()> {
    fill(&db).await?;
    let misplaced = query!(User.filter(.orders.any(.id > outer(.id))));
    let error = misplaced.all(&db).await.unwrap_err().to_string();
    assert!(error.contains("by a relation that leads back to it"), "{error}");
    let late = query!(User.filter(.orders.any(.id > .user.id + 1)));
    let ids: Vec<i64> = late.all(&db).await?.iter().map(|user| user.id).collect();
    assert_eq!(ids, [3]);
    Ok(())
}
