//! Facts of Django's test folder `aggregation_regress`.

use orm::functions::*;
use orm::prelude::*;
use tests::library::*;
use tests::shop::*;

/// Users with the largest total of each.
macro_rules! totals {
    () => {
        query!(User.annotate(last = subquery(Order.filter(.user_id == outer(.id)).order_by(-.total).values_list(.total))))
    };
}

#[orm::test]
async fn several_to_many_aggregates_at_once(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    // Django joins both relations and counts each row of one for each of the other; here each has its own subquery.
    let q = query!(User
        .annotate(n = .orders.count(), sum = .orders.total.sum(), items = .orders.items.count(), pieces = .orders.items.quantity.sum())
        .order_by(.id)
        .values_list(.n, .sum, .items, .pieces));
    assert_eq!(
        q.all(&db).await?,
        [
            (3, Some(50.0), 3, Some(8)),
            (2, Some(55.0), 3, Some(5)),
            (1, Some(50.0), 1, Some(2)),
            (0, None, 0, None)
        ]
    );
    let q = query!(Category.annotate(c = .children.count(), p = .products.count()).order_by(.id).values_list(.c, .p));
    assert_eq!(q.all(&db).await?, [(1, 2), (0, 1), (0, 0)]);
    Ok(())
}

#[orm::test]
async fn aggregates_over_a_path_that_starts_at_a_nullable_relation(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let q = query!(Order.annotate(n = .recipient.orders.count(), sum = .recipient.orders.total.sum()).order_by(.id));
    let all = query!(q.values_list(.n, .sum)).all(&db).await?;
    assert_eq!(all, [(0, None), (2, Some(55.0)), (0, None), (3, Some(50.0)), (2, Some(55.0)), (0, None)]);
    // The same for a page.
    assert_eq!(query!(q[1..4].values_list(.n, .sum)).all(&db).await?, all[1..4]);
    Ok(())
}

#[orm::test]
async fn aggregate_over_a_slice(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let t = query!(Order.order_by(-.total, .id)[..2].aggregate(n = .count(), sum = .total.sum()))
        .get(&db)
        .await?;
    assert_eq!((t.n, t.sum), (2, Some(100.0)));
    // Of a related column, beyond the end, and of nothing.
    let t = query!(Order.order_by(.user.email, .id)[4..10].aggregate(n = .count(), last = .user.email.max()))
        .get(&db)
        .await?;
    assert_eq!((t.n, t.last.as_deref()), (2, Some("cyd")));
    let t = query!(Order.order_by(.id)[2..2].aggregate(n = .count(), sum = .total.sum())).get(&db).await?;
    assert_eq!((t.n, t.sum), (0, None));
    Ok(())
}

#[orm::test]
async fn aggregate_over_annotations(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let annotated = query!(Order.annotate(n = .items.count()));
    let t = query!(annotated.aggregate(max = .n.max(), avg = .n.avg(), orders = .count())).get(&db).await?;
    assert_eq!((t.max, t.avg, t.orders), (Some(2), Some(7.0 / 6.0), 6));
    // Filtered by the annotation.
    let t = query!(annotated.filter(.n > 1).aggregate(sum = .total.sum())).get(&db).await?;
    assert_eq!(t.sum, Some(80.0));
    // Of a slice that was filtered and ordered by the annotation.
    let t =
        query!(annotated.filter(.n > 0).order_by(-.n, .id)[..3].aggregate(sum = .n.sum(), orders = .count()))
            .get(&db)
            .await?;
    assert_eq!((t.sum, t.orders), (Some(5), 3));
    // The name of an alias is known too.
    let t = query!(Order.alias(n = .items.count()).filter(.n > 1).order_by(-.n)[..5].aggregate(sum = .total.sum())).get(&db).await?;
    assert_eq!(t.sum, Some(80.0));
    // Of the value of a subquery.
    let last = totals!();
    let t = query!(last.aggregate(sum = .last.sum(), n = .last.count())).get(&db).await?;
    assert_eq!((t.sum, t.n), (Some(130.0), 3));
    Ok(())
}

#[orm::test]
async fn aggregate_over_distinct_rows(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    // Django refuses this.
    let t = query!(Order.distinct_on(.user_id).order_by(-.total, .id).aggregate(sum = .total.sum(), n = .count())).get(&db).await?;
    assert_eq!((t.sum, t.n), (Some(130.0), 3));
    let q = query!(Order.annotate(n = .items.count()).distinct_on(.user_id).order_by(-.n, .id));
    let t = query!(q.aggregate(n = .n.sum())).get(&db).await?;
    assert_eq!(t.n, Some(5));
    // What distinct_on keeps is then grouped.
    let q = query!(Order.distinct_on(.user_id).order_by(-.total, .id).group_by(.note).annotate(n = .count()).order_by(.note).values_list(.note, .n));
    assert_eq!(q.all(&db).await?, [(Some("gift".to_owned()), 2), (None, 1)]);
    // Whole rows are distinct anyway, and the groups of them are not made so.
    let q = query!(Order.distinct().group_by(.user_id, .note).annotate(n = .count()).values_list(.n).order_by(.n));
    assert_eq!(q.all(&db).await?, [1, 1, 1, 1, 2]);
    Ok(())
}

#[orm::test]
async fn aggregate_over_combined_queries(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    // Django refuses this.
    let both = query!(Order.filter(.total > 5.0)).union(query!(Order.filter(.total < 20.0)));
    let t = query!(both.aggregate(n = .count(), sum = .total.sum())).get(&db).await?;
    assert_eq!((t.n, t.sum), (6, Some(155.0)));
    let twice = query!(Order.filter(.total > 5.0)).union_all(query!(Order.filter(.total < 20.0)));
    let q =
        query!(twice.group_by(.user_id).annotate(n = .count()).order_by(.user_id).values_list(.user_id, .n));
    assert_eq!(q.all(&db).await?, [(1, 5), (2, 2), (3, 1)]);
    let q = query!(both.annotate(n = .items.count()).filter(.n > 1).order_by(.id).values_list(.id, .n));
    assert_eq!(q.all(&db).await?, [(1, 2), (6, 2)]);
    Ok(())
}

#[orm::test]
async fn grouped_by_a_computed_value(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    // A parameter is the same one in the list, in GROUP BY, in HAVING and in ORDER BY.
    let q = query!(Order.group_by(d = .total * 2.0).annotate(n = .count()).filter(.d > 60.0 || .n > 1).order_by(-.d).values_list(.d, .n));
    assert_eq!(q.all(&db).await?, [(100.0, 2), (20.0, 2)]);
    let q = query!(Order.group_by(d = .total * 2.0).annotate(n = .count()).annotate(more = .d + 1.0).order_by(.d).values_list(.more));
    assert_eq!(q.all(&db).await?, [11.0, 21.0, 61.0, 101.0]);
    Ok(())
}

#[orm::test]
async fn grouped_by_a_subquery(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let q = query!(User.annotate(n = .orders.count()).group_by(.n).annotate(users = .count()).order_by(-.n).values_list(.n, .users));
    assert_eq!(q.all(&db).await?, [(3, 1), (2, 1), (1, 1), (0, 1)]);
    let q = query!(User.annotate(sum = .orders.total.sum().default(0.0)).group_by(.sum).annotate(users = .count()).filter(.users > 1 || .sum < 1.0).order_by(.sum));
    let q = query!(q.values_list(.sum, .users));
    assert_eq!(q.all(&db).await?, [(0.0, 1), (50.0, 2)]);
    let last = totals!();
    let q = query!(last.group_by(.last).annotate(n = .count()).order_by(.last).values_list(.last, .n));
    assert_eq!(q.all(&db).await?, [(Some(30.0), 1), (Some(50.0), 2), (None, 1)]);
    Ok(())
}

#[orm::test]
async fn aggregates_of_to_many_aggregates_in_groups(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let q = query!(User.annotate(n = .orders.count()).group_by(.active).annotate(sum = .n.sum(), max = .n.max()).order_by(.active));
    let rows: Vec<_> = q.all(&db).await?.into_iter().map(|g| (g.active, g.sum, g.max)).collect();
    assert_eq!(rows, [(false, Some(1), Some(1)), (true, Some(5), Some(3))]);
    Ok(())
}

#[orm::test]
async fn distinct_values_of_groups(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let counts = query!(Order.group_by(.user_id, .note).annotate(n = .count()));
    assert_eq!(query!(counts.values_list(.n).distinct().order_by(.n)).all(&db).await?, [1, 2]);
    assert_eq!(query!(counts.values_list(.n).distinct()).count(&db).await?, 2);
    // In an order of something else each stands where its first would.
    assert_eq!(query!(counts.values_list(.n).distinct().order_by(-.user_id)).all(&db).await?, [1, 2]);
    Ok(())
}

#[orm::test]
async fn an_order_before_group_by_is_no_key(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    // Django adds columns of an explicit order to the grouping; here what was in an order of rows is no order of groups.
    let q = query!(Order.order_by(.placed_at, .id).group_by(.user_id).annotate(n = .count()));
    assert_eq!(q.count(&db).await?, 3);
    assert!(!q.to_sql().text().contains("ORDER BY"), "{}", q.to_sql());
    Ok(())
}

#[orm::test]
async fn names_that_mean_something_else_later(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let q = query!(Order.annotate(r = row_number().partition_by(.user_id).order_by(-.total, .id)).filter(.r <= 1).order_by(.id));
    // The filter still is of the row number.
    let rows: Vec<_> =
        query!(q.values(.id, r = .total)).all(&db).await?.into_iter().map(|v| (v.id, v.r)).collect();
    assert_eq!(rows, [(1, 30.0), (5, 50.0), (6, 50.0)]);
    let q = query!(q.group_by(r = .user_id).annotate(n = .count()).filter(.r > 1).order_by(.r));
    let rows: Vec<_> = q.all(&db).await?.into_iter().map(|g| (g.r, g.n)).collect();
    assert_eq!(rows, [(2, 1), (3, 1)]);
    Ok(())
}

#[orm::test]
async fn no_row_and_a_null_are_told_apart(db: Db) -> orm::Result<()> {
    super::library(&db).await?;
    let q = query!(Author.annotate(range = .books.aggregate(.rating.max() - .rating.min())).order_by(.id).values_list(.range));
    assert_eq!(q.all(&db).await?, [Some(2.0), Some(0.0), None]);
    let q = query!(Author.annotate(n = .books.aggregate(.count() * 2 + 1)).order_by(.id).values_list(.n));
    assert_eq!(q.all(&db).await?, [7, 5, 1]);
    Ok(())
}

#[orm::test]
async fn terminals_of_annotated_rows(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let q = query!(User.annotate(n = .orders.count()));
    let found = q.in_bulk(&db, [1, 4, 9]).await?;
    assert_eq!((found.len(), found[&1].n, found[&4].n), (2, 3, 0));
    assert_eq!(q.first(&db).await?.map(|u| (u.id, u.n)), Some((1, 3)));
    assert_eq!(q.last(&db).await?.map(|u| (u.id, u.n)), Some((4, 0)));
    assert_eq!(query!(q.filter(.n == 2)).get(&db).await?.email, "bob");
    assert_eq!(query!(q.filter(.n > 0)).count(&db).await?, 3);
    assert!(!query!(q.filter(.n > 3)).exists(&db).await?);
    // The first and last group, by what they are grouped by.
    let g = query!(Order.group_by(.user_id).annotate(n = .count()));
    assert_eq!(g.first(&db).await?.map(|g| (g.user_id, g.n)), Some((1, 3)));
    assert_eq!(g.last(&db).await?.map(|g| (g.user_id, g.n)), Some((3, 1)));
    Ok(())
}

#[orm::test]
async fn in_bulk_asks_after_windows(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let q = query!(Order.annotate(r = row_number().order_by(.id)).filter(.r > 1));
    let found = q.in_bulk(&db, [1, 2]).await?;
    assert_eq!((found.len(), found[&2].r), (1, 2));
    Ok(())
}

#[orm::test]
async fn aggregates_of_composite_keys(db: Db) -> orm::Result<()> {
    super::library(&db).await?;
    let t = query!(BookTag.aggregate(n = .count(), books = .book_id.count().distinct())).get(&db).await?;
    assert_eq!((t.n, t.books), (6, 5));
    let q =
        query!(BookTag.group_by(.tag_id).annotate(n = .count()).order_by(.tag_id).values_list(.tag_id, .n));
    assert_eq!(q.all(&db).await?, [(1, 3), (2, 3)]);
    let q = query!(BookTag.annotate(n = .book.tags.count()).order_by(.book_id, .tag_id).values_list(.n));
    assert_eq!(q.all(&db).await?, [2, 2, 1, 1, 1, 1]);
    let q = query!(BookTag.annotate(r = row_number().partition_by(.tag_id).order_by(-.book_id)).filter(.r == 1).order_by(.tag_id));
    assert_eq!(query!(q.values_list(.book_id, .tag_id)).all(&db).await?, [(3, 1), (5, 2)]);
    Ok(())
}
