//! Facts of Django's test folder `expressions` about `Subquery`, `OuterRef` and `Exists`, and of `queries` about
//! `__in` with a query and about combined queries.

use orm::functions::*;
use orm::prelude::*;
use tests::library::*;
use tests::shop::*;

#[orm::test]
async fn correlated_values(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let q = query!(User.annotate(top = subquery(Order.filter(.user_id == outer(.id)).order_by(-.total).values_list(.total))));
    // No row is NULL, and so is NULL.
    assert_eq!(
        query!(q.order_by(.id).values_list(.top)).all(&db).await?,
        [Some(30.0), Some(50.0), Some(50.0), None]
    );
    assert_eq!(query!(q.filter(.top > 40.0).order_by(.id).values_list(.id)).all(&db).await?, [2, 3]);
    assert_eq!(query!(q.exclude(.top > 40.0).order_by(.id).values_list(.id)).all(&db).await?, [1, 4]);
    assert_eq!(query!(q.order_by(.top, .id).values_list(.id)).all(&db).await?, [1, 2, 3, 4]);
    let q = query!(User.annotate(note = subquery(Order.filter(.user_id == outer(.id)).order_by(-.id).values_list(.note))).order_by(.id));
    assert_eq!(
        query!(q.values_list(.note)).all(&db).await?,
        [Some("x".to_owned()), None, Some("gift".to_owned()), None]
    );
    Ok(())
}

#[orm::test]
async fn of_several_rows_the_first(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    // Django leaves the LIMIT to the writer, and without it this is an error of the database.
    let q = query!(User.filter(.id == 1).values_list(subquery(Order.filter(.user_id == outer(.id)).order_by(.id).values_list(.id))));
    assert_eq!(q.get(&db).await?, Some(1));
    // A slice of its own is kept.
    let q = query!(User.filter(.id == 1).values_list(subquery(Order.filter(.user_id == outer(.id)).order_by(.id).values_list(.id)[1..])));
    assert_eq!(q.get(&db).await?, Some(2));
    Ok(())
}

#[orm::test]
async fn in_conditions_and_orders(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let q = query!(Order.filter(.total == subquery(Order.filter(.user_id == outer(.user_id)).order_by(-.total).values_list(.total))));
    assert_eq!(query!(q.order_by(.id).values_list(.id)).all(&db).await?, [1, 5, 6]);
    let q = query!(Order.filter(.total * 2.0 > subquery(Order.filter(.user_id == outer(.user_id)).aggregate(t = .total.sum()).values_list(.t))));
    assert_eq!(query!(q.order_by(.id).values_list(.id)).all(&db).await?, [1, 5, 6]);
    let q = query!(User.order_by(subquery(Order.filter(.user_id == outer(.id)).order_by(-.total).values_list(.total)), -.id).values_list(.id));
    assert_eq!(q.all(&db).await?, [1, 3, 2, 4]);
    Ok(())
}

#[orm::test]
async fn uncorrelated(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let q = query!(Order.filter(.total > subquery(Order.aggregate(avg = .total.avg()).values_list(.avg))).order_by(.id).values_list(.id));
    assert_eq!(q.all(&db).await?, [1, 5, 6]);
    Ok(())
}

#[orm::test]
async fn aggregates_in_subqueries(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let sum = query!(User.annotate(v = subquery(Order.filter(.user_id == outer(.id)).aggregate(t = .total.sum()).values_list(.t))).order_by(.id).values_list(.v));
    assert_eq!(sum.all(&db).await?, [Some(50.0), Some(55.0), Some(50.0), None]);
    // Of no rows a count is 0, and a group of them is none.
    let count = query!(User.annotate(v = subquery(Order.filter(.user_id == outer(.id)).aggregate(n = .count()).values_list(.n))).order_by(.id).values_list(.v));
    assert_eq!(count.all(&db).await?, [Some(3), Some(2), Some(1), Some(0)]);
    let groups = query!(User.annotate(v = subquery(Order.filter(.user_id == outer(.id)).group_by(.user_id).annotate(n = .count()).values_list(.n))).order_by(.id).values_list(.v));
    assert_eq!(groups.all(&db).await?, [Some(3), Some(2), Some(1), None]);
    let items = query!(User.annotate(v = subquery(Order.filter(.user_id == outer(.id)).annotate(n = .items.count()).order_by(-.n, .id).values_list(.n))).order_by(.id).values_list(.v));
    assert_eq!(items.all(&db).await?, [Some(2), Some(2), Some(1), None]);
    // Over a slice: the sum of the two largest.
    let two = query!(User.annotate(v = subquery(Order.filter(.user_id == outer(.id)).order_by(-.total)[..2].aggregate(t = .total.sum()).values_list(.t))).order_by(.id).values_list(.v));
    assert_eq!(two.all(&db).await?, [Some(40.0), Some(55.0), Some(50.0), None]);
    Ok(())
}

#[orm::test]
async fn aggregates_of_subqueries(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let q = query!(User.annotate(top = subquery(Order.filter(.user_id == outer(.id)).order_by(-.total).values_list(.total))));
    let t = query!(q.aggregate(sum = .top.sum(), n = .top.count(), min = .top.min())).get(&db).await?;
    assert_eq!((t.sum, t.n, t.min), (Some(130.0), 3, Some(30.0)));
    let g =
        query!(q.group_by(.active).annotate(sum = .top.sum()).order_by(.active).values_list(.active, .sum));
    assert_eq!(g.all(&db).await?, [(false, Some(50.0)), (true, Some(80.0))]);
    Ok(())
}

#[orm::test]
async fn exists_and_not(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let q = query!(User.filter(exists(Order.filter(.user_id == outer(.id) && .total > 20.0))).order_by(.id).values_list(.id));
    assert_eq!(q.all(&db).await?, [1, 2, 3]);
    let q = query!(User.filter(!exists(Order.filter(.user_id == outer(.id)))).values_list(.id));
    assert_eq!(q.all(&db).await?, [4]);
    assert!(q.to_sql().text().contains("NOT EXISTS (SELECT 1"), "{}", q.to_sql());
    let q = query!(User.exclude(exists(Order.filter(.user_id == outer(.id)))).values_list(.id));
    assert_eq!(q.all(&db).await?, [4]);
    // Beside other conditions.
    let q = query!(User.filter(!exists(Order.filter(.user_id == outer(.id))) || .nick == None).order_by(.id).values_list(.id));
    assert_eq!(q.all(&db).await?, [2, 4]);
    // Of a query that has no rows for certain, nothing is asked.
    let q = query!(User.filter(exists(Order.none())));
    assert!(!q.exists(&db).await?);
    assert_eq!(query!(User.filter(!exists(Order.none()))).count(&db).await?, 4);
    Ok(())
}

#[orm::test]
async fn exists_with_nulls(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    // NULL is equal to NULL, as everywhere: an order without a recipient has one like itself.
    let q = query!(Order.filter(exists(Order.filter(.recipient_id == outer(.recipient_id) && .id != outer(.id)))).order_by(.id).values_list(.id));
    assert_eq!(q.all(&db).await?, [1, 2, 3, 5, 6]);
    let q = query!(Order.filter(!exists(Order.filter(.recipient_id == outer(.recipient_id) && .id != outer(.id)))).values_list(.id));
    assert_eq!(q.all(&db).await?, [4]);
    // `<` is not true of NULL.
    let q = query!(Book.filter(exists(Book.filter(.rating < outer(.rating)))).order_by(.id).values_list(.id));
    super::library(&db).await?;
    assert_eq!(q.all(&db).await?, [1, 5]);
    let q =
        query!(Book.filter(!exists(Book.filter(.rating < outer(.rating)))).order_by(.id).values_list(.id));
    assert_eq!(q.all(&db).await?, [2, 3, 4]);
    Ok(())
}

#[orm::test]
async fn exists_of_sliced_grouped_and_aggregated(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let ids = query!(User.order_by(.id).values_list(.id));
    let q = query!(ids.filter(exists(Order.filter(.user_id == outer(.id)).order_by(.id)[1..])));
    assert_eq!(q.all(&db).await?, [1, 2], "users with a second order");
    let q = query!(ids.filter(exists(Order.filter(.user_id == outer(.id)).group_by(.note).annotate(n = .count()).filter(.n > 1))));
    assert_eq!(q.all(&db).await?, [2], "two orders with the same note or none");
    // An aggregate always has its row.
    let q = query!(ids.filter(exists(Order.filter(.user_id == outer(.id)).aggregate(n = .count()))));
    assert_eq!(q.all(&db).await?, [1, 2, 3, 4]);
    Ok(())
}

#[orm::test]
async fn subqueries_in_subqueries(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let q = query!(User.filter(exists(Order.filter(.user_id == outer(.id) && exists(Item.filter(.order_id == outer(.id) && .quantity > 2))))));
    assert_eq!(query!(q.order_by(.id).values_list(.id)).all(&db).await?, [1, 2]);
    // In the condition of a relation in the subquery it is still of the query around.
    let q =
        query!(Product.filter(exists(Order.filter(.items.any(.product_id == outer(.id)) && .total > 40.0))));
    assert_eq!(query!(q.order_by(.id).values_list(.id)).all(&db).await?, [1, 3]);
    Ok(())
}

#[orm::test]
async fn outer_paths_and_annotations(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    // A column of a related table, which the query around joins.
    let q = query!(Order.filter(exists(Profile.filter(.city == outer(.user.profile.city) && .city != None))).order_by(.id).values_list(.id));
    assert_eq!(q.all(&db).await?, [1, 2, 3, 5]);
    // An annotation: an aggregate, a window.
    let q = query!(User.annotate(n = .orders.count()).filter(exists(Order.filter(.id == outer(.n)))).order_by(.id));
    assert_eq!(query!(q.values_list(.id, .n)).all(&db).await?, [(1, 3), (2, 2), (3, 1)]);
    assert_eq!(q.count(&db).await?, 3);
    let q = query!(Order.annotate(r = row_number().order_by(-.id)).annotate(who = subquery(User.filter(.id == outer(.r)).values_list(.email))));
    let q = query!(q.order_by(.id).values_list(.r, .who));
    let who = |name: &str| Some(name.to_owned());
    assert_eq!(
        q.all(&db).await?,
        [(6, None), (5, None), (4, who("dot")), (3, who("cyd")), (2, who("bob")), (1, who("ada"))]
    );
    let q = query!(Order.annotate(r = row_number().order_by(-.id)).filter(exists(User.filter(.id == outer(.r) && .active))));
    assert_eq!(query!(q.order_by(.id).values_list(.id)).all(&db).await?, [3, 5, 6]);
    Ok(())
}

#[orm::test]
async fn outer_without_a_query_around(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let q = Order::objects().filter(|o| o.user_id().eq(outer(o.id())));
    let error = q.all(&db).await.expect_err("there is no query around");
    assert!(error.to_string().contains("`outer(..)`"), "{error}");
    Ok(())
}

#[orm::test]
async fn in_queries(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let big = query!(Order.filter(.total > 40.0).values_list(.user_id));
    assert_eq!(
        query!(User.filter(.id.is_in(big.clone())).order_by(.id).values_list(.id)).all(&db).await?,
        [2, 3]
    );
    assert_eq!(query!(User.exclude(.id.is_in(big)).order_by(.id).values_list(.id)).all(&db).await?, [1, 4]);
    // Sliced, distinct, grouped, combined, correlated.
    let q = query!(User.filter(.id.is_in(query!(Order.order_by(-.total, .id).values_list(.user_id)[..1]))).values_list(.id));
    assert_eq!(q.all(&db).await?, [3]);
    let q = query!(User.filter(.id.is_in(query!(Order.values_list(.user_id).distinct().order_by(-.total, .id)[..1]))).values_list(.id));
    assert_eq!(q.all(&db).await?, [3]);
    let busy = query!(Order.group_by(.user_id).annotate(n = .count()).filter(.n > 1).values_list(.user_id));
    assert_eq!(query!(User.filter(.id.is_in(busy)).order_by(.id).values_list(.id)).all(&db).await?, [1, 2]);
    let both = query!(Order.filter(.total > 40.0)).union(query!(Order.filter(.total < 6.0)));
    let q = query!(User.filter(.id.is_in(query!(both.values_list(.user_id)))).order_by(.id).values_list(.id));
    assert_eq!(q.all(&db).await?, [2, 3]);
    let q = query!(User.filter(.id.is_in(query!(Order.filter(row_number().order_by(-.id) <= 1).values_list(.user_id)))).values_list(.id));
    assert_eq!(q.all(&db).await?, [2]);
    // Of nothing there is nothing to be in.
    assert_eq!(
        query!(User.filter(.id.is_in(query!(Order.none().values_list(.user_id))))).count(&db).await?,
        0
    );
    assert_eq!(
        query!(User.exclude(.id.is_in(query!(Order.none().values_list(.user_id))))).count(&db).await?,
        4
    );
    Ok(())
}

#[orm::test]
async fn in_queries_with_nulls(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let to = query!(Order.values_list(.recipient_id));
    assert_eq!(
        query!(User.filter(.id.is_in(to.clone())).order_by(.id).values_list(.id)).all(&db).await?,
        [1, 2]
    );
    // In Django, as in SQL, one NULL in the query and nobody is left.
    assert_eq!(
        query!(User.exclude(.id.is_in(to.clone())).order_by(.id).values_list(.id)).all(&db).await?,
        [3, 4]
    );
    assert_eq!(query!(User.filter(!.id.is_in(to))).count(&db).await?, 2);
    // A NULL on the left is in no query.
    let bob = query!(User.filter(.email == "bob").values_list(.id));
    assert_eq!(
        query!(Order.filter(.recipient_id.is_in(bob.clone())).order_by(.id).values_list(.id))
            .all(&db)
            .await?,
        [2, 5]
    );
    assert_eq!(
        query!(Order.exclude(.recipient_id.is_in(bob)).order_by(.id).values_list(.id)).all(&db).await?,
        [1, 3, 4, 6]
    );
    Ok(())
}

#[orm::test]
async fn in_conditions_of_relations(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let dear = query!(Product.filter(.price > 5.0).values_list(.id));
    let q = query!(User.filter(.orders.items.any(.product_id.is_in(dear.clone()))).order_by(.id).values_list(.id));
    assert_eq!(q.all(&db).await?, [1, 2, 3]);
    let q = query!(User.annotate(n = .orders.items.filter(.product_id.is_in(dear)).count()).order_by(.id).values_list(.n));
    assert_eq!(q.all(&db).await?, [1, 2, 1, 0]);
    Ok(())
}

#[orm::test]
async fn combined(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let (low, high) = (query!(Order.filter(.total < 20.0)), query!(Order.filter(.total > 5.0)));
    assert_eq!(low.clone().union(high.clone()).count(&db).await?, 6);
    assert_eq!(low.clone().union_all(high.clone()).count(&db).await?, 8);
    assert_eq!(low.clone().intersection(high.clone()).count(&db).await?, 2);
    assert_eq!(low.clone().difference(high.clone()).count(&db).await?, 1);
    // Django allows hardly anything after it; here it is filtered, ordered, sliced and loaded.
    let q = query!(low.clone().union(high.clone()).filter(.user.active).order_by(-.total, .id).select_related(.user).prefetch_related(.items)[..2]);
    let rows = q.all(&db).await?;
    assert_eq!(
        rows.iter().map(|o| (o.id, o.user().id, o.items().len())).collect::<Vec<_>>(),
        [(6, 2, 2), (1, 1, 2)]
    );
    // Of slices, and several.
    let ends = query!(Order.order_by(.id)[..2]).union(query!(Order.order_by(-.id)[..2]));
    assert_eq!(query!(ends.order_by(.id).values_list(.id)).all(&db).await?, [1, 2, 5, 6]);
    let q = ends.difference(query!(Order.filter(.id == 1)));
    assert_eq!(query!(q.order_by(.id).values_list(.id)).all(&db).await?, [2, 5, 6]);
    // With nothing.
    assert_eq!(low.clone().union(query!(Order.none())).count(&db).await?, 3);
    assert_eq!(query!(Order.none()).union(query!(Order.none())).count(&db).await?, 0);
    assert_eq!(low.intersection(query!(Order.none())).first(&db).await?, None);
    Ok(())
}

#[orm::test]
async fn distinct_on(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let q = query!(Order.distinct_on(.user_id).order_by(-.total, .id));
    assert_eq!(query!(q.values_list(.id)).all(&db).await?, [1, 6, 5]);
    assert_eq!(q.count(&db).await?, 3);
    // The order leads with what is distinct, as PostgreSQL wants it, in the direction asked for.
    let q = query!(Order.distinct_on(.user_id).order_by(-.user_id, .total).values_list(.id));
    assert_eq!(q.all(&db).await?, [5, 4, 2]);
    // By several, by a related column, by an annotation, by a subquery.
    assert_eq!(query!(Order.distinct_on(.user_id, .note)).count(&db).await?, 5);
    assert_eq!(
        query!(Order.distinct_on(.user.active).order_by(.id).values_list(.id)).all(&db).await?,
        [5, 1]
    );
    let q = query!(User.annotate(n = .orders.total.sum()).distinct_on(.n).order_by(.n, .id).values_list(.id));
    assert_eq!(q.all(&db).await?, [1, 2, 4]);
    let q = query!(User.annotate(top = subquery(Order.filter(.user_id == outer(.id)).order_by(-.total).values_list(.total))));
    assert_eq!(query!(q.distinct_on(.top).order_by(.top, .id).values_list(.id)).all(&db).await?, [1, 2, 4]);
    Ok(())
}
