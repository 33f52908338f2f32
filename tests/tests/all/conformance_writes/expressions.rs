//! Facts of Django's test folder `expressions`.

use orm::functions::{coalesce, concat, condition, greatest, least, nullif, row_number, sql};
use orm::prelude::*;
use tests::library::{Author, Book};
use tests::shop::{Item, Order, Profile, User};

use super::{ids, library, shop};

#[orm::test]
async fn arithmetic_within_arithmetic(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let query = query!(Item.annotate(
        a = (.quantity + 1) * (.quantity - 1),
        b = -(.quantity % 3) + .quantity / 2,
        c = .quantity.cast::<f64>() * .product.price - .order.total / 2.0
    ));
    let rows = query!(query.order_by(.id).values_list(.a, .b, .c)).all(&db).await?;
    assert_eq!(rows[..3], [(3, -1, 11.0), (0, -1, 1.0), (24, 0, 30.0)]);
    assert_eq!(ids!(&db, query.filter(.c > .a.cast::<f64>())), [1, 2, 3]);
    Ok(())
}

#[orm::test]
async fn columns_of_the_same_table_at_two_places(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    assert_eq!(ids!(&db, Order.filter(.user.email > .recipient.email)), [3]);
    assert_eq!(ids!(&db, Order.filter(.user.id == .recipient.id)), [5]);
    assert_eq!(ids!(&db, Order.exclude(.user.email == .recipient.email)), [1, 2, 3, 4]);
    Ok(())
}

#[orm::test]
async fn a_value_on_the_left(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let (limit, name) = (25.0, "gift");
    assert_eq!(ids!(&db, Order.filter(limit < .total, name == .note)), [5]);
    assert_eq!(ids!(&db, Order.filter(100.0 - .total >= 70.0)), [1, 2, 3]);
    assert_eq!(ids!(&db, Order.filter(!(limit < .total))), [1, 2]);
    Ok(())
}

#[orm::test]
async fn null_in_arithmetic_and_its_complement(db: Db) -> orm::Result<()> {
    library(&db).await?;
    assert_eq!(ids!(&db, Author.filter(.born + 100 > 1900)), [1, 3]);
    assert_eq!(ids!(&db, Author.exclude(.born + 100 > 1900)), [2]);
    assert_eq!(ids!(&db, Author.filter(.born + 100 != 2050)), [1, 2]);
    assert_eq!(ids!(&db, Author.filter((.born * 2 - .born) == .born)), [1, 2, 3], "NULL is NULL");
    Ok(())
}

#[orm::test]
async fn a_subquery_is_compared_ordered_by_and_selected(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let query = query!(User.annotate(
        last = subquery(Order.filter(.user_id == outer(.id)).order_by(-.placed_at).values_list(.total)),
        most = subquery(Order.filter(.user_id == outer(.id)).aggregate(m = .total.max()).values_list(.m))
    ));
    let rows = query!(query.order_by(.last.desc().nulls_last(), .id).values_list(.id, .last, .most))
        .all(&db)
        .await?;
    assert_eq!(
        rows,
        [
            (3, Some(50.0), Some(50.0)),
            (2, Some(30.0), Some(30.0)),
            (1, Some(20.0), Some(20.0)),
            (4, None, None)
        ]
    );
    assert_eq!(ids!(&db, query.exclude(.last > 25.0)), [1, 4]);
    let same = query!(Order.filter(
        .total == subquery(Order.filter(.user_id == outer(.user_id)).order_by(-.total).values_list(.total))
    ));
    assert_eq!(ids!(&db, same), [2, 3, 5]);
    Ok(())
}

#[orm::test]
async fn a_subquery_in_a_subquery_refers_to_both(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let query = query!(User.filter(exists(Order.filter(
        .user_id == outer(.id),
        exists(Item.filter(.order_id == outer(.id), .quantity > 2))
    ))));
    assert_eq!(ids!(&db, query), [1, 3]);
    assert_eq!(ids!(&db, User.exclude(.id.is_in(query!(query.values_list(.id))))), [2, 4]);
    Ok(())
}

#[orm::test]
async fn exists_as_a_value_in_conditions_and_counts(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let query = query!(User.annotate(
        buys = if .id > 0 && exists(Order.filter(.user_id == outer(.id))) { true } else { false },
        home = if !(.id < 0) && exists(Profile.filter(.user_id == outer(.id), .city != None)) { 1 } else { 0 }
    ));
    let rows = query!(query.order_by(.id).values_list(.buys, .home)).all(&db).await?;
    assert_eq!(rows, [(true, 1), (true, 0), (true, 0), (false, 0)]);
    assert_eq!(ids!(&db, query.filter(.buys && .home == 0)), [2, 3]);
    assert_eq!(query!(query.filter(!.buys)).count(&db).await?, 1);
    Ok(())
}

#[orm::test]
async fn aggregates_of_expressions(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let sums = query!(Item.aggregate(
        worth = (.quantity.cast::<f64>() * .product.price).sum(),
        most = greatest(.quantity, 4).max(),
        spread = .quantity.max() - .quantity.min(),
        share = .quantity.sum().cast::<f64>() / .count().cast::<f64>(),
        names = .product.name.upper().string_agg("+").order_by(-.product.name.upper()).distinct()
    ));
    let sums = sums.get(&db).await?;
    assert_eq!(
        (sums.worth, sums.most, sums.spread, sums.share),
        (Some(99.0), Some(10), Some(9), Some(22.0 / 6.0))
    );
    assert_eq!(sums.names.as_deref(), Some("MISC+GREEN+BREAD+BLACK"));
    Ok(())
}

#[orm::test]
async fn functions_of_aggregates_over_relations(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let query = query!(User.annotate(
        spent = coalesce(.orders.total.sum(), 0.0).round(),
        mean = coalesce(nullif(.orders.total.avg(), 30.0), -1.0),
        both = .orders.count() * 10 + .orders.items.count()
    ));
    let rows = query!(query.order_by(.id).values_list(.spent, .mean, .both)).all(&db).await?;
    assert_eq!(rows, [(30.0, 15.0, 23), (30.0, -1.0, 11), (90.0, 45.0, 22), (0.0, -1.0, 0)]);
    assert_eq!(ids!(&db, query.filter(.spent == 30.0).exclude(.mean < 0.0)), [1]);
    Ok(())
}

#[orm::test]
async fn sql_of_ones_own_within_functions_and_windows(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let query = query!(Order.annotate(
        n = row_number().order_by(sql::<f64, _>("abs($1 - $2)", (.total, 32.0)), .id),
        word = coalesce(sql::<Option<String>, _>("substr($1, 2)", (.note,)), "-").upper()
    ));
    assert_eq!(query!(query.order_by(.n).values_list(.id)).all(&db).await?, [3, 4, 2, 5, 1]);
    let words = query!(query.filter(condition("$1 ~ '^[A-Z]+$'", (.word,))).order_by(.id).values_list(.word));
    assert_eq!(words.all(&db).await?, ["IFT", "RGENT", "IFT"]);
    Ok(())
}

#[orm::test]
async fn sql_operators_of_lower_rank_stay_together(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let query = query!(Item.filter(sql::<i32, _>("$1 + $2", (.quantity, 1)) * 2 == 6));
    assert_eq!(ids!(&db, query), [1]);
    let query = query!(Item.filter(condition("$1 = 1 OR $1 = 2", (.quantity,)) && .product.name != "green"));
    assert_eq!(ids!(&db, query), [2, 4]);
    Ok(())
}

#[orm::test]
async fn the_same_expression_is_an_order_and_a_value(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let query =
        query!(Book.order_by(-(.year % 10), least(.rating, 3.5).desc().nulls_last(), .title.reverse()));
    let titles =
        query!(query.values_list(concat((.title, ":", (.year % 10).cast::<String>())))).all(&db).await?;
    assert_eq!(titles, ["Notes:3", "Stones:1", "Clouds:0", "Letters:0"].map(String::from).to_vec());
    Ok(())
}
