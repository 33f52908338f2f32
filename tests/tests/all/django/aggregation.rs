//! Aggregates: of the rows of a relation, of groups, of all rows.

use orm::prelude::*;
use tests::library::{Author, Book};
use tests::shop::{Order, User};

use super::filled;

#[orm::test]
async fn two_relations_do_not_inflate_each_other(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let users = query!(User
            .annotate(
                spent = .orders.total.sum(),
                bought = .orders.count(),
                items = .orders.items.quantity.sum().default(0_i64),
            )
            .order_by(.id))
    .all(&db)
    .await?;
    assert_eq!((users[0].spent, users[0].bought, users[0].items), (Some(30.0), 2, 8));
    assert_eq!((users[2].spent, users[2].bought, users[2].items), (None, 0, 0));
    Ok(())
}

#[orm::test]
async fn groups(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let per_user =
        query!(Order.group_by(.user_id).annotate(n = .count(), total = .total.sum()).order_by(.user_id));
    let groups = per_user.all(&db).await?;
    assert_eq!((groups[0].user_id, groups[0].n, groups[0].total), (1, 2, Some(30.0)));
    assert_eq!(groups.len(), 2);
    let several = query!(per_user.filter(.n > 1));
    assert!(several.to_sql().text().contains("HAVING"), "{}", several.to_sql());
    assert_eq!((several.all(&db).await?.len(), several.count(&db).await?), (1, 1));
    let per_year = query!(Order.group_by(year = .placed_at.year()).annotate(n = .count()).order_by(.year));
    let per_year: Vec<(i32, i64)> = per_year.all(&db).await?.iter().map(|g| (g.year, g.n)).collect();
    assert_eq!(per_year, [(2024, 2), (2025, 1)]);
    Ok(())
}

#[orm::test]
async fn a_filter_narrows_what_stands_before_it_and_no_aggregate(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let before =
        query!(User.filter(.orders.any(.total > 15.0)).annotate(n = .orders.count())).all(&db).await?;
    assert_eq!((before.len(), before[0].n), (1, 2));
    let after =
        query!(User.annotate(n = .orders.count()).filter(.orders.any(.total > 15.0))).all(&db).await?;
    assert_eq!((after.len(), after[0].n), (1, 2));
    let inside =
        query!(User.annotate(n = .orders.filter(.total > 15.0).count()).filter(.n > 0)).all(&db).await?;
    assert_eq!((inside.len(), inside[0].n), (1, 1));
    let rows = query!(Order.filter(.total > 5.0).group_by(.user_id).annotate(n = .count())).all(&db).await?;
    assert_eq!((rows.len(), rows[0].n), (1, 2));
    Ok(())
}

#[orm::test]
async fn aggregates_take_filters_defaults_and_orders(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let total = query!(Order.aggregate(
        large = .count().filter(.total > 7.0),
        buyers = .user_id.count().distinct(),
        noted = .total.sum().filter(.note == "nothing").default(0.0),
    ))
    .get(&db)
    .await?;
    assert_eq!((total.large, total.buyers, total.noted), (2, 2, 0.0));
    let titles = query!(Book.aggregate(titles = .title.string_agg(", ").order_by(-.title))).get(&db).await?;
    assert_eq!(titles.titles.as_deref(), Some("D, C, B, A"));
    Ok(())
}

#[orm::test]
async fn of_no_rows(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let none = query!(Order.filter(.total > 1000.0).aggregate(n = .count(), total = .total.sum()));
    let none = none.get(&db).await?;
    assert_eq!((none.n, none.total), (0, None));
    let none =
        query!(Order.none().aggregate(n = .count(), total = .total.sum().default(0.0))).get(&db).await?;
    assert_eq!((none.n, none.total), (0, 0.0));
    Ok(())
}

#[orm::test]
async fn of_a_slice_of_distinct_rows_and_of_annotations(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let largest = query!(Order.order_by(-.total)[..2].aggregate(total = .total.sum())).get(&db).await?;
    assert_eq!(largest.total, Some(30.0));
    let of_each = query!(Order.distinct_on(.user_id).order_by(-.total).aggregate(total = .total.sum()));
    assert_eq!(of_each.get(&db).await?.total, Some(25.0));
    let per_user = query!(User.annotate(n = .orders.count()).aggregate(most = .n.max(), mean = .n.avg()));
    let per_user = per_user.get(&db).await?;
    assert_eq!((per_user.most, per_user.mean), (Some(2), Some(1.0)));
    Ok(())
}

#[orm::test]
async fn every_aggregate(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let of = query!(Book.aggregate(
        n = .count(),
        rated = .rating.count(),
        sum = .year.sum(),
        avg = .rating.avg(),
        min = .title.min(),
        max = .year.max(),
        deviation = .rating.stddev(),
        deviation_of_all = .rating.stddev_pop(),
        variance = .rating.variance(),
        variance_of_all = .rating.variance_pop(),
        years = .year.array_agg().order_by(.year),
        data = .title.json_agg().order_by(.title),
    ))
    .get(&db)
    .await?;
    assert_eq!((of.n, of.rated, of.sum, of.avg), (4, 2, Some(8002), Some(2.0)));
    assert_eq!((of.min.as_deref(), of.max), (Some("A"), Some(2002)));
    assert_eq!((of.variance, of.variance_of_all, of.deviation_of_all), (Some(2.0), Some(1.0), Some(1.0)));
    assert!(of.deviation.is_some_and(|deviation| (deviation - 2.0_f64.sqrt()).abs() < 1e-9));
    assert_eq!(of.years, [1999, 2000, 2001, 2002]);
    assert_eq!(of.data, serde_json::json!(["A", "B", "C", "D"]));
    let of = query!(User.aggregate(every = .active.bool_and(), some = .active.bool_or())).get(&db).await?;
    assert_eq!((of.every, of.some), (Some(false), Some(true)));
    Ok(())
}

#[orm::test]
async fn expressions_of_aggregates(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let spread = query!(Order.aggregate(spread = .total.max() - .total.min())).get(&db).await?;
    assert_eq!(spread.spread, Some(15.0));
    let worth = query!(Order.annotate(worth = .items.sum(.product.price)).order_by(.id)).all(&db).await?;
    assert_eq!(worth[0].worth, Some(13.0));
    let rated = query!(Author.annotate(best = .books.rating.max()).filter(.best > 2.0)).all(&db).await?;
    assert_eq!((rated.len(), rated[0].best), (1, Some(3.0)));
    Ok(())
}
