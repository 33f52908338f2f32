//! Facts of Django's test folder `update`.

use orm::functions::{coalesce, days, greatest, hours, now, nullif, random, row_number, when};
use orm::prelude::*;
use tests::shop::{Category, Item, Order, Product, Profile, User};

use super::{ids, shop, sorted};

async fn totals(db: &impl Executor) -> orm::Result<Vec<f64>> {
    query!(Order.order_by(.id).values_list(.total)).all(db).await
}

#[orm::test]
async fn an_annotation_in_the_filter_is_no_part_of_the_update(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let counted = query!(Order.annotate(lines = .items.count()).filter(.lines > 1));
    assert_eq!(query!(counted.update(note = "many")).execute(&db).await?, 2);
    assert_eq!(ids!(&db, Order.filter(.note == "many")), [1, 5]);
    Ok(())
}

#[orm::test]
async fn an_annotation_over_a_to_one_relation_filters(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let named = query!(Order.annotate(nick = .user.nick).filter(.nick == None));
    assert_eq!(query!(named.update(total = 0.0)).execute(&db).await?, 1);
    assert_eq!(totals(&db).await?, [10.0, 20.0, 0.0, 40.0, 50.0]);
    Ok(())
}

#[orm::test]
async fn an_alias_filters_as_an_annotation_does(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let spent = query!(User.alias(spent = .orders.total.sum()).filter(.spent >= 30.0).exclude(.spent > 80.0));
    assert_eq!(query!(spent.update(active = false)).execute(&db).await?, 2);
    assert_eq!(ids!(&db, User.filter(.active)), [3, 4]);
    Ok(())
}

#[orm::test]
async fn an_annotation_of_an_annotation_filters(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let query = query!(Order.annotate(half = .total / 2.0));
    let query = query!(query.annotate(quarter = .half / 2.0).filter(.quarter > 10.0));
    assert_eq!(sorted(query!(query.update(total = 0.0).returning(.id)).execute(&db).await?), [5]);
    Ok(())
}

#[orm::test]
async fn a_value_may_be_a_subquery(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let newest = query!(User.update(
        nick = subquery(Order.filter(.user_id == outer(.id)).order_by(-.total).values_list(.note))
    ));
    assert_eq!(newest.execute(&db).await?, 4);
    let nicks = query!(User.order_by(.id).values_list(.nick)).all(&db).await?;
    assert_eq!(nicks, [None, Some("urgent".into()), Some("gift".into()), None]);
    Ok(())
}

#[orm::test]
async fn a_subquery_that_finds_nothing_is_coalesced(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let update = query!(Product.update(
        price = coalesce(
            subquery(Item.filter(.product_id == outer(.id)).order_by(-.quantity).values_list(.quantity)),
            0
        )
        .cast::<f64>()
    ));
    assert_eq!(update.execute(&db).await?, 4);
    assert_eq!(query!(Product.order_by(.id).values_list(.price)).all(&db).await?, [5.0, 1.0, 1.0, 10.0]);
    Ok(())
}

#[orm::test]
async fn a_subquery_over_a_joined_column(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let update = query!(Order.update(
        note = subquery(Profile.filter(.user.email == outer(.user.email)).values_list(.city))
    ));
    assert_eq!(update.execute(&db).await?, 5);
    assert_eq!(ids!(&db, Order.filter(.note == "Paris")), [1, 2]);
    assert_eq!(ids!(&db, Order.filter(.note == None)), [3, 4, 5]);
    Ok(())
}

#[orm::test]
async fn a_value_may_be_an_aggregate_over_a_to_many_relation(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    // Django refuses it; it is a subquery here.
    let update = query!(Order.update(total = .items.quantity.sum().default(0).cast::<f64>()));
    assert_eq!(update.execute(&db).await?, 5);
    assert_eq!(totals(&db).await?, [3.0, 5.0, 1.0, 0.0, 13.0]);
    let update = query!(Order.filter(.user.active).update(total = .user.orders.count().cast::<f64>()));
    assert_eq!(update.execute(&db).await?, 4);
    assert_eq!(totals(&db).await?, [2.0, 2.0, 1.0, 2.0, 2.0]);
    Ok(())
}

#[orm::test]
async fn case_values(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let update = query!(Order.update(
        total = if .total < 25.0 { .total * 2.0 } else if .note == None { 0.0 } else { .total },
        note = if .user.active { .note }
    ));
    assert_eq!(update.execute(&db).await?, 5);
    assert_eq!(totals(&db).await?, [20.0, 40.0, 30.0, 0.0, 50.0]);
    assert_eq!(ids!(&db, Order.filter(.note != None)), [1, 5]);
    let by_method = Order::objects()
        .update(|o| o.note().set(when(o.items().any(|i| i.quantity().gt(4)), "big").otherwise("small")));
    assert_eq!(by_method.execute(&db).await?, 5);
    assert_eq!(ids!(&db, Order.filter(.note == "big")), [2, 5]);
    Ok(())
}

#[orm::test]
async fn rows_numbered_within_a_window_are_those_of_the_whole_table(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let newest =
        query!(Order.annotate(n = row_number().partition_by(.user_id).order_by(-.total)).filter(.n == 1));
    let before = newest.clone();
    assert_eq!(sorted(query!(newest.update(note = "newest").returning(.id)).execute(&db).await?), [2, 3, 5]);
    // A filter beside the number comes after the window, as in Django.
    let few = query!(before.filter(.total < 25.0));
    assert_eq!(sorted(query!(few.update(note = "few").returning(.id)).execute(&db).await?), ids!(&db, few));
    Ok(())
}

#[orm::test]
async fn functions_of_functions(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    query!(User.update(nick = coalesce(nullif(.nick.upper(), "CY"), .email.left(3)).lower().reverse()))
        .execute(&db)
        .await?;
    let nicks = query!(User.order_by(.id).values_list(.nick)).all(&db).await?;
    assert_eq!(nicks.into_iter().flatten().collect::<Vec<_>>(), ["ada", "bob", "@yc", "tod"]);
    query!(Order.update(total = greatest(.total, 25.0).sqrt().power(2.0).round())).execute(&db).await?;
    assert_eq!(totals(&db).await?, [25.0, 25.0, 30.0, 40.0, 50.0]);
    Ok(())
}

#[orm::test]
async fn constants_of_the_database(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    query!(Order.filter(.id < 3).update(placed_at = now(), total = random())).execute(&db).await?;
    query!(Order.filter(.id == 3).update(placed_at = now() + days(1))).execute(&db).await?;
    assert_eq!(ids!(&db, Order.filter(.placed_at > now() - hours(1), .total < 1.0)), [1, 2]);
    assert_eq!(ids!(&db, Order.filter(.placed_at > now() + hours(1))), [3]);
    let by_methods = Order::objects().filter(|o| o.id().eq(4)).update(|o| o.placed_at().set(now()));
    assert_eq!(by_methods.execute(&db).await?, 1);
    Ok(())
}

#[orm::test]
async fn a_window_function_is_no_value(db: Db) -> orm::Result<()> {
    let (db, log) = db.logged();
    let update = query!(Order.update(total = row_number().order_by(.id).cast::<f64>()));
    let error = update.execute(&db).await.unwrap_err();
    assert!(error.to_string().contains("window function"), "{error}");
    assert_eq!(log.queries().len(), 0, "{log}");
    Ok(())
}

#[orm::test]
async fn two_columns_swap(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let swap = query!(Order.filter(.recipient_id != None)
        .update(user_id = coalesce(.recipient_id, .user_id), recipient_id = .user_id));
    assert_eq!(swap.execute(&db).await?, 3);
    let pairs = query!(Order.order_by(.id).values_list(.user_id, .recipient_id)).all(&db).await?;
    assert_eq!(pairs, [(1, None), (2, Some(1)), (1, Some(2)), (3, None), (3, Some(3))]);
    Ok(())
}

#[orm::test]
async fn a_column_of_another_query_in_the_filter(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let top = query!(Order.order_by(-.total).values_list(.id)[..2]);
    assert_eq!(query!(Order.filter(.id.is_in(top)).update(note = "top")).execute(&db).await?, 2);
    assert_eq!(ids!(&db, Order.filter(.note == "top")), [4, 5]);
    let buyers = query!(Order.group_by(.user_id).annotate(n = .count()).filter(.n > 1).values_list(.user_id));
    assert_eq!(query!(User.filter(.id.is_in(buyers)).update(nick = "buyer")).execute(&db).await?, 2);
    assert_eq!(ids!(&db, User.filter(.nick == "buyer")), [1, 3]);
    Ok(())
}

#[orm::test]
async fn distinct_and_an_order_do_not_matter(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let query = query!(Order.filter(.user.active).order_by(-.user.email).distinct().reverse());
    assert_eq!(query!(query.update(total = 1.0)).execute(&db).await?, 4);
    Ok(())
}

#[orm::test]
async fn nothing_is_updated_by_none(db: Db) -> orm::Result<()> {
    let (db, log) = db.logged();
    assert_eq!(query!(Order.none().update(total = 1.0)).execute(&db).await?, 0);
    assert_eq!(log.queries().len(), 0, "{log}");
    Ok(())
}

#[orm::test]
async fn returning_computes_after_a_join(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let update = query!(Order.filter(.user.nick != None, .recipient.active || .recipient_id == None)
        .update(total = .total + 0.5, note = .user.nick)
        .returning(.id, .note.upper(), .total.floor()));
    assert_eq!(
        sorted(update.execute(&db).await?),
        [(1, Some("ADA".into()), 10.0), (4, Some("CY".into()), 40.0), (5, Some("CY".into()), 50.0)]
    );
    Ok(())
}

#[orm::test]
async fn a_self_relation_is_updated_by_its_parent(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let update = query!(Category.filter(.children.exists() || .parent.children.any(.products.exists()))
        .update(name = coalesce(.parent.name, "root")));
    assert_eq!(update.execute(&db).await?, 2);
    let names = query!(Category.order_by(.id).values_list(.name)).all(&db).await?;
    assert_eq!(names, ["root", "drinks", "food"]);
    Ok(())
}

#[orm::test]
async fn bulk_update_of_a_filtered_query_set(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let mut orders = query!(Order.order_by(.id)).all(&db).await?;
    orders.iter_mut().for_each(|order| order.note = Some(format!("n{}", order.id)));
    // The filter is on an annotation, on a relation and on a window.
    let counted = query!(Order.annotate(n = .items.count()).filter(.n > 1));
    assert_eq!(query!(counted.bulk_update(&orders, .note)).execute(&db).await?, 2);
    assert_eq!(ids!(&db, Order.filter(.note.starts_with("n"))), [1, 5]);
    let inactive = query!(Order.filter(!.user.active));
    assert_eq!(query!(inactive.bulk_update(&orders, .note)).execute(&db).await?, 1);
    let first = query!(Order.annotate(n = row_number().order_by(.id)).filter(.n == 2));
    assert_eq!(query!(first.bulk_update(&orders, .note)).execute(&db).await?, 1);
    assert_eq!(ids!(&db, Order.filter(.note.starts_with("n"))), [1, 2, 3, 5]);
    Ok(())
}
