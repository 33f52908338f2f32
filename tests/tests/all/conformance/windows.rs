//! Facts of Django's test folder `expressions_window`.

use orm::functions::*;
use orm::prelude::*;
use tests::library::*;
use tests::shop::*;

#[orm::test]
async fn numbers_and_ranks(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    // Totals: 5, 10, 10, 30, 50, 50.
    let q = query!(Order.annotate(
        n = row_number().order_by(.total, .id), r = rank().order_by(.total), d = dense_rank().order_by(.total),
        p = percent_rank().order_by(.total), c = cume_dist().order_by(.total), b = ntile(4).order_by(.total, .id),
    ));
    let q = query!(q.order_by(.total, .id));
    let rows: Vec<_> = q.all(&db).await?.into_iter().map(|o| (o.n, o.r, o.d, o.b)).collect();
    assert_eq!(rows, [(1, 1, 1, 1), (2, 2, 2, 1), (3, 2, 2, 2), (4, 4, 3, 2), (5, 5, 4, 3), (6, 5, 4, 4)]);
    assert_eq!(query!(q.values_list(.p)).all(&db).await?, [0.0, 0.2, 0.2, 0.6, 0.8, 0.8]);
    assert_eq!(query!(q.values_list(.c)).all(&db).await?, [1.0 / 6.0, 0.5, 0.5, 4.0 / 6.0, 1.0, 1.0]);
    Ok(())
}

#[orm::test]
async fn partitions(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let q = query!(Order.annotate(n = row_number().partition_by(.user_id).order_by(-.total, .id)).order_by(.id).values_list(.n));
    assert_eq!(q.all(&db).await?, [1, 2, 3, 2, 1, 1]);
    // By several, among them a related column; NULLs are one partition.
    let q = query!(Order.annotate(n = row_number().partition_by(.user.active, .recipient.email).order_by(.id)).order_by(.id).values_list(.n));
    assert_eq!(q.all(&db).await?, [1, 1, 2, 1, 1, 3]);
    // By what is calculated.
    let q = query!(Order.annotate(n = row_number().partition_by(.id % 2).order_by(.id)).order_by(.id).values_list(.n));
    assert_eq!(q.all(&db).await?, [1, 1, 2, 2, 3, 3]);
    Ok(())
}

#[orm::test]
async fn lag_and_lead_at_the_ends(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let q = query!(Order.annotate(
        before = lag(.total).partition_by(.user_id).order_by(.id), after = lead(.total).partition_by(.user_id).order_by(.id),
        far = lag_by(.id, 4).order_by(.id), ahead = lead_by(.id, 5).order_by(.id), zero = lag(.total).order_by(.id).default(0.0),
    ));
    let q = query!(q.order_by(.id));
    assert_eq!(
        query!(q.values_list(.before)).all(&db).await?,
        [None, Some(30.0), Some(10.0), None, None, Some(5.0)]
    );
    assert_eq!(
        query!(q.values_list(.after)).all(&db).await?,
        [Some(10.0), Some(10.0), None, Some(50.0), None, None]
    );
    assert_eq!(query!(q.values_list(.far)).all(&db).await?, [None, None, None, None, Some(1), Some(2)]);
    assert_eq!(query!(q.values_list(.ahead)).all(&db).await?, [Some(6), None, None, None, None, None]);
    assert_eq!(query!(q.values_list(.zero)).all(&db).await?, [0.0, 30.0, 10.0, 10.0, 5.0, 50.0]);
    Ok(())
}

#[orm::test]
async fn first_last_and_nth(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let q = query!(Order.annotate(
        first = first_value(.id).partition_by(.user_id).order_by(-.total, .id),
        so_far = last_value(.id).partition_by(.user_id).order_by(-.total, .id),
        last = last_value(.id).partition_by(.user_id).order_by(-.total, .id).rows_between(..),
        second = nth_value(.id, 2).partition_by(.user_id).order_by(-.total, .id).rows_between(..),
    ));
    let q = query!(q.order_by(.id).values_list(.first, .so_far, .last, .second));
    assert_eq!(
        q.all(&db).await?,
        [
            (1, 1, 3, Some(2)),
            (1, 2, 3, Some(2)),
            (1, 3, 3, Some(2)),
            (6, 4, 4, Some(4)),
            (5, 5, 5, None),
            (6, 6, 4, Some(4))
        ]
    );
    Ok(())
}

#[orm::test]
async fn nulls_in_values(db: Db) -> orm::Result<()> {
    super::library(&db).await?;
    let q = query!(Book.annotate(before = lag(.rating).order_by(.id), first = first_value(.rating).order_by(-.id)).order_by(.id));
    assert_eq!(query!(q.values_list(.before)).all(&db).await?, [None, Some(4.0), None, Some(2.0), None]);
    assert_eq!(query!(q.values_list(.first)).all(&db).await?, [Some(5.0); 5]);
    Ok(())
}

#[orm::test]
async fn aggregates_over_windows(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let q = query!(Order.annotate(
        all = .total.sum().over(), mine = .total.sum().over().partition_by(.user_id),
        running = .total.sum().over().partition_by(.user_id).order_by(.id), n = .id.count().over().partition_by(.user_id),
    ));
    let q = query!(q.order_by(.id).values_list(.all, .mine, .running, .n));
    let row = |mine, running, n| (Some(155.0), Some(mine), Some(running), n);
    assert_eq!(
        q.all(&db).await?,
        [
            row(50.0, 30.0, 3),
            row(50.0, 40.0, 3),
            row(50.0, 50.0, 3),
            row(55.0, 5.0, 2),
            row(50.0, 50.0, 1),
            row(55.0, 55.0, 2)
        ]
    );
    // With a condition and a default.
    let q = query!(Order.annotate(big = .total.sum().filter(.total > 30.0).default(0.0).over().partition_by(.user_id)).order_by(.id).values_list(.big));
    assert_eq!(q.all(&db).await?, [0.0, 0.0, 0.0, 50.0, 50.0, 50.0]);
    Ok(())
}

#[orm::test]
async fn frames(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let q = query!(Order.annotate(
        two = .id.sum().over().order_by(.id).rows_between(-1..=0),
        rest = .id.sum().over().order_by(.id).rows_between(0..),
        around = .id.sum().over().order_by(.id).rows_between(-1..=1),
        next = .id.sum().over().order_by(.id).rows_between(1..=2),
        ties = .id.count().over().order_by(.total).groups_between(-1..=0),
    ));
    let q = query!(q.order_by(.id));
    let some = |sums: [i64; 6]| sums.map(Some);
    assert_eq!(query!(q.values_list(.two)).all(&db).await?, some([1, 3, 5, 7, 9, 11]));
    assert_eq!(query!(q.values_list(.rest)).all(&db).await?, some([21, 20, 18, 15, 11, 6]));
    assert_eq!(query!(q.values_list(.around)).all(&db).await?, some([3, 6, 9, 12, 15, 11]));
    // An empty frame is NULL.
    assert_eq!(
        query!(q.values_list(.next)).all(&db).await?,
        [Some(5), Some(7), Some(9), Some(11), Some(6), None]
    );
    assert_eq!(query!(q.values_list(.ties)).all(&db).await?, [3, 3, 3, 1, 3, 3]);
    Ok(())
}

#[orm::test]
async fn filters(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let q = query!(Order.annotate(r = row_number().partition_by(.user_id).order_by(-.total, .id)));
    assert_eq!(query!(q.filter(.r <= 1).order_by(.id).values_list(.id)).all(&db).await?, [1, 5, 6]);
    assert_eq!(query!(q.exclude(.r <= 1).order_by(.id).values_list(.id)).all(&db).await?, [2, 3, 4]);
    // With OR, and with a column of another table.
    assert_eq!(
        query!(q.filter(.r > 2 || .total > 40.0).order_by(.id).values_list(.id)).all(&db).await?,
        [3, 5, 6]
    );
    assert_eq!(
        query!(q.filter(.r == 1 && .user.active).order_by(.id).values_list(.id)).all(&db).await?,
        [1, 6]
    );
    assert_eq!(
        query!(q.filter(.r == 2 || .items.is_empty()).order_by(.id).values_list(.id)).all(&db).await?,
        [2, 3, 4]
    );
    // A condition on columns alone narrows the rows before they are numbered, wherever it stands.
    let late = query!(q.filter(.r == 1).filter(.total < 40.0).order_by(.id).values_list(.id));
    let early = query!(q.filter(.total < 40.0).filter(.r == 1).order_by(.id).values_list(.id));
    assert_eq!(late.all(&db).await?, [1, 4]);
    assert_eq!(early.all(&db).await?, [1, 4]);
    // One that was not annotated.
    assert_eq!(
        query!(Order.filter(row_number().order_by(-.id) <= 2).order_by(.id).values_list(.id))
            .all(&db)
            .await?,
        [5, 6]
    );
    Ok(())
}

#[orm::test]
async fn filtered_rows(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let q = query!(Order.annotate(r = row_number().partition_by(.user_id).order_by(-.total, .id)).filter(.r <= 1));
    assert_eq!(q.count(&db).await?, 3);
    assert!(q.exists(&db).await?);
    assert_eq!(q.first(&db).await?.map(|o| (o.id, o.r)), Some((1, 1)));
    assert_eq!(q.last(&db).await?.map(|o| (o.id, o.r)), Some((6, 1)));
    // Loaded with relations, in the order of one.
    let rows =
        query!(q.select_related(.user).prefetch_related(.items).order_by(-.user.email)).all(&db).await?;
    let seen: Vec<_> = rows.iter().map(|o| (o.user().email.as_str(), o.items().len())).collect();
    assert_eq!(seen, [("cyd", 1), ("bob", 2), ("ada", 2)]);
    // Two windows filtered one after the other are both of all rows.
    let q = query!(Order.annotate(a = row_number().order_by(.id)).filter(.a > 2).annotate(b = row_number().order_by(-.id)).filter(.b > 2));
    assert_eq!(query!(q.order_by(.id).values_list(.id, .a, .b)).all(&db).await?, [(3, 3, 4), (4, 4, 3)]);
    Ok(())
}

#[orm::test]
async fn filtered_and_aggregated(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let q = query!(Order.annotate(r = row_number().partition_by(.user_id).order_by(-.total, .id)));
    let t = query!(q.filter(.r <= 1).aggregate(n = .count(), sum = .total.sum())).get(&db).await?;
    assert_eq!((t.n, t.sum), (3, Some(130.0)));
    let t = query!(q.aggregate(max = .r.max(), sum = .r.sum())).get(&db).await?;
    assert_eq!((t.max, t.sum), (Some(3), Some(10)));
    let g = query!(q.filter(.r <= 1).group_by(.note).annotate(n = .count()).order_by(.note).values_list(.n));
    assert_eq!(g.all(&db).await?, [2, 1]);
    // Grouped by the number itself.
    let g = query!(q.group_by(.r).annotate(n = .count()).order_by(.r).values_list(.r, .n));
    assert_eq!(g.all(&db).await?, [(1, 3), (2, 2), (3, 1)]);
    // Over a slice in the order of the window.
    let t = query!(q.order_by(-.r, .id)[..2].aggregate(max = .r.max(), n = .count())).get(&db).await?;
    assert_eq!((t.max, t.n), (Some(3), 2));
    let t = query!(q.filter(.r <= 1).order_by(.id)[..2].aggregate(sum = .total.sum())).get(&db).await?;
    assert_eq!(t.sum, Some(80.0));
    Ok(())
}

#[orm::test]
async fn windows_over_groups(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let q = query!(Order.group_by(.user_id).annotate(n = .count()).annotate(r = rank().order_by(-.n)));
    assert_eq!(query!(q.order_by(.r).values_list(.user_id, .r)).all(&db).await?, [(1, 1), (2, 2), (3, 3)]);
    // Filtered: HAVING before, the window after.
    let q = query!(q.filter(.n > 1, .r > 1));
    assert_eq!(query!(q.values_list(.user_id, .r)).all(&db).await?, [(2, 2)]);
    assert_eq!(q.count(&db).await?, 1);
    // Of groups by a window over rows.
    let numbered = query!(Order.annotate(r = row_number().partition_by(.user_id).order_by(.id)));
    let q = query!(numbered.group_by(.r).annotate(n = .count()).annotate(k = rank().order_by(-.n)));
    let q = query!(q.filter(.k == 1 || .r * 2 > 5).order_by(.r).values_list(.r, .n, .k));
    assert_eq!(q.all(&db).await?, [(1, 3, 1), (3, 1, 3)]);
    // With an annotation of the rows that were grouped.
    let q = query!(Order.annotate(i = .items.count()).group_by(.user_id).annotate(m = .i.max()).annotate(r = rank().order_by(-.m)));
    let q = query!(q.filter(.r == 1 || .user_id == 3).order_by(-.m, .user_id).values_list(.user_id, .m));
    assert_eq!(q.all(&db).await?, [(1, Some(2)), (2, Some(2)), (3, Some(1))]);
    Ok(())
}

#[orm::test]
async fn windows_over_to_many_aggregates(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let q = query!(User.annotate(n = .orders.count()).annotate(r = rank().partition_by(.active).order_by(-.n)).order_by(.id));
    assert_eq!(query!(q.values_list(.r)).all(&db).await?, [1, 2, 1, 3]);
    assert_eq!(query!(q.filter(.r == 1).values_list(.id)).all(&db).await?, [1, 3]);
    assert_eq!(query!(q.filter(.r >= 2)[..1].values_list(.id, .r)).all(&db).await?, [(2, 2)]);
    assert!(q.exists(&db).await?);
    Ok(())
}

#[orm::test]
async fn pages_of_numbered_rows(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let q = query!(Order.annotate(r = row_number().order_by(.id), n = .items.count()).order_by(.id));
    // A row has the number that it has among all.
    assert_eq!(query!(q[2..4].values_list(.id, .r, .n)).all(&db).await?, [(3, 3, 0), (4, 4, 1)]);
    assert_eq!(
        query!(q.filter(.r > 1).reverse()[1..3].values_list(.id, .r)).all(&db).await?,
        [(5, 5), (4, 4)]
    );
    Ok(())
}

#[orm::test]
async fn distinct_and_windows(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let q = query!(Order.annotate(r = row_number().partition_by(.user_id).order_by(-.total, .id)));
    let d = query!(q.values(.user_id, .r).distinct().order_by(.r, -.user_id));
    assert_eq!(
        d.all(&db).await?.iter().map(|v| (v.user_id, v.r)).collect::<Vec<_>>(),
        [(3, 1), (2, 1), (1, 1), (2, 2), (1, 2), (1, 3)]
    );
    let d = query!(q.filter(.r <= 2).values_list(.user_id).distinct().order_by(-.total, .user_id));
    assert_eq!(d.all(&db).await?, [2, 3, 1]);
    // `distinct_on` is of the rows that passed the filter.
    let d = query!(q.filter(.r <= 2).distinct_on(.user_id).order_by(.total, .id).values_list(.id));
    assert_eq!(d.all(&db).await?, [2, 4, 5]);
    Ok(())
}

#[orm::test]
async fn combined_by_windows(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let first = query!(Order.filter(row_number().order_by(.id) <= 2));
    let last = query!(Order.filter(row_number().order_by(-.id) <= 2));
    let q = first.clone().union(last.clone());
    assert_eq!(query!(q.order_by(.id).values_list(.id)).all(&db).await?, [1, 2, 5, 6]);
    let q = first.clone().intersection(query!(Order.filter(.total < 20.0)));
    assert_eq!(query!(q.order_by(.id).values_list(.id)).all(&db).await?, [2]);
    let q = query!(Order).difference(first);
    assert_eq!(query!(q.order_by(.id).values_list(.id)).all(&db).await?, [3, 4, 5, 6]);
    Ok(())
}

#[orm::test]
async fn in_order_only(db: Db) -> orm::Result<()> {
    super::library(&db).await?;
    let q = query!(Book.order_by(row_number().partition_by(.author_id).order_by(-.id), .id).values_list(.id));
    assert_eq!(q.all(&db).await?, [3, 5, 2, 4, 1]);
    Ok(())
}
