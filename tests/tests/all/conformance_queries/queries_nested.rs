//! Facts of Django's test folder `queries` that are not all Django's: windows, subqueries, combinations and distinct
//! rows inside each other.

use orm::functions::*;
use orm::prelude::*;
use tests::library::{Author, Book, Tag};
use tests::shop::{Category, Item, Order, User};

use super::{ids, library, listed, shop};

#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "boxes")]
struct Frame {
    id: i64,
    x0: i32,
    x1: i32,
    c0: Option<i32>,
    k0: i32,
}

#[orm::test]
async fn a_column_may_be_called_what_we_call_extra_columns(db: Db) -> orm::Result<()> {
    db.create_tables(models![Frame]).await?;
    db.batch_execute("INSERT INTO boxes (x0, x1, c0, k0) VALUES (1, 2, 3, 4), (5, 6, NULL, 8)").await?;
    let q =
        query!(Frame.annotate(r = row_number().order_by(-.x0), s = .x0 + .x1).filter(.r < 2).order_by(.x0));
    let rows = q.all(&db).await?;
    assert_eq!((rows.len(), rows[0].x0, rows[0].r, rows[0].s), (1, 5, 1, 11));
    Ok(())
}

#[orm::test]
async fn outer_is_the_query_around_from_within_questions_too(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let q = query!(User.filter(exists(Order.filter(.items.any(.product.name == "sencha") && .user_id == outer(.id)))).order_by(.id));
    assert_eq!(listed(&db, q).await?, [1, 2]);
    let q = query!(User.filter(exists(Order.filter(.items.count() == outer(.orders.count())))).order_by(.id));
    assert_eq!(listed(&db, q).await?, [1, 2, 3]);
    let q = query!(User.filter(.orders.any(exists(Item.filter(.order_id == outer(.id) && .quantity > 4)))));
    assert_eq!(listed(&db, q).await?, [2]);
    let q = query!(User.filter(.orders.any(.id.is_in(query!(Item.filter(.quantity > 4).values_list(.order_id))))));
    assert_eq!(listed(&db, q).await?, [2]);
    let q = query!(Order.exclude(.recipient.orders.any(.items.any(.product.category.products.any(.price > 9.0)))));
    assert_eq!(ids(&db, q).await?, [2, 4]);
    Ok(())
}

#[orm::test]
async fn an_aggregate_that_is_null_is_excluded_from_nothing(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    assert_eq!(ids(&db, query!(Order.exclude(.items.quantity.sum() > 3))).await?, [1, 2, 4]);
    assert_eq!(ids(&db, query!(Order.exclude(.recipient.orders.total.sum() > 8.0))).await?, [1, 2, 4]);
    assert_eq!(ids(&db, query!(Order.filter(.recipient.orders.total.sum() == None))).await?, [2, 4]);
    assert_eq!(ids(&db, query!(Order.filter(.recipient.orders.count() == 0))).await?, [2, 4]);
    let q = query!(Category.annotate(kids = .children.count(), n = .products.count()).exclude(.kids == .n).order_by(.id));
    assert_eq!(q.all(&db).await?.iter().map(|c| c.id).collect::<Vec<_>>(), [1, 3, 4]);
    let q = query!(Category.annotate(p = .parent.name).filter(.p != "tea").order_by(.p, .id));
    assert_eq!(q.all(&db).await?.iter().map(|c| c.id).collect::<Vec<_>>(), [3, 1, 4]);
    assert_eq!(
        query!(q.values_list(.p).distinct().order_by(.p)).all(&db).await?,
        [Some("green".to_owned()), None]
    );
    Ok(())
}

#[orm::test]
async fn a_combination_is_a_table_to_all_that_follows(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let a = query!(Author.distinct_on(.born).order_by(.born, -.id));
    let b = query!(Author.filter(.books.count() > 1));
    let u = query!(a.union(b).order_by(.id));
    assert_eq!(ids(&db, u.clone()).await?, [1, 3, 4]);
    let w = query!(u.annotate(r = row_number().order_by(.id), n = .books.count()).filter(.r > 1 && .n > 0).order_by(.id));
    assert_eq!(w.all(&db).await?.iter().map(|a| (a.id, a.r, a.n)).collect::<Vec<_>>(), [(3, 2, 1)]);
    assert_eq!(w.count(&db).await?, 1);
    assert!(w.exists(&db).await?);
    assert_eq!(w.last(&db).await?.map(|a| a.id), Some(3));
    let g = query!(u.group_by(.born).annotate(n = .count()).order_by(.born));
    assert_eq!(g.count(&db).await?, 3);
    let d = query!(u.distinct_on(.born).order_by(.born, .id));
    assert_eq!(listed(&db, d.clone()).await?, [1, 3, 4]);
    assert_eq!(d.last(&db).await?.map(|a| a.id), Some(4));
    let inner = query!(u[1..].union(query!(Author.filter(.id == 1))).order_by(.id));
    assert_eq!(ids(&db, inner).await?, [1, 3, 4]);
    let top = query!(Author.filter(row_number().order_by(-.id) <= 2));
    assert_eq!(ids(&db, query!(top.union(query!(Author.filter(.id == 1))))).await?, [1, 3, 4]);
    let tags = query!(Tag.filter(.books.any(.author_id.is_in(query!(u.values_list(.id))))).order_by(.id));
    assert_eq!(listed(&db, tags).await?, [1, 2]);
    Ok(())
}

#[orm::test]
async fn rows_filtered_by_a_window_are_loaded_sliced_counted_and_aggregated(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let q = query!(Book.annotate(r = row_number().partition_by(.author_id).order_by(-.year), t = .tags.count())
        .filter(.r == 1 || .t > 1).exclude(.author.name == "cyd").order_by(.author.name, .id).select_related(.author).prefetch_related(.tags));
    let rows = q.all(&db).await?;
    assert_eq!(
        rows.iter().map(|b| (b.id, b.r, b.t, b.author().id, b.tags().len())).collect::<Vec<_>>(),
        [(1, 2, 2, 1, 2), (2, 1, 1, 1, 1), (3, 1, 1, 2, 1)]
    );
    let page = query!(q[1..2]).all(&db).await?;
    assert_eq!(page[0].id, 2);
    assert_eq!(q.count(&db).await?, 3);
    assert_eq!(q.in_bulk(&db, [2]).await?.len(), 1);
    let ids = query!(q.values_list(.id));
    assert_eq!(super::ids(&db, query!(Book.filter(.id.is_in(ids)))).await?, [1, 2, 3]);
    let total = query!(q.aggregate(n = .count(), m = .t.max(), r = .r.sum())).get(&db).await?;
    assert_eq!((total.n, total.m), (3, Some(2)));
    let prefetched = query!(Author.prefetch_related(best = .books.annotate(r = row_number().order_by(-.year)).filter(.r == 1)).order_by(.id));
    // The window is over the rows of each parent.
    let best: Vec<usize> = prefetched.all(&db).await?.iter().map(|author| author.best.len()).collect();
    assert_eq!(best, [1, 1, 1, 0]);
    Ok(())
}

#[orm::test]
async fn distinct_rows_by_what_is_computed(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let q = query!(Order.distinct_on(.total + 1.0).order_by(-(.total + 1.0)));
    assert_eq!(query!(q.order_by(.id)).count(&db).await?, 4);
    let q = query!(Order.annotate(n = .items.count()).distinct_on(.n).order_by(-.n, .id));
    assert_eq!(q.all(&db).await?.iter().map(|o| o.id).collect::<Vec<_>>(), [1, 2, 4]);
    assert_eq!(q.last(&db).await?.map(|o| (o.id, o.n)), Some((4, 0)));
    assert_eq!(q.count(&db).await?, 3);
    assert_eq!(query!(q.aggregate(n = .n.sum())).get(&db).await?.n, Some(3));
    let v = query!(q.values_list(.n, .user.email));
    assert_eq!(v.last(&db).await?, Some((0, "c@x".to_owned())));
    let q =
        query!(Order.values_list(.user_id, .recipient_id).distinct().order_by(.user.email, .recipient.email));
    assert_eq!(q.all(&db).await?.len(), 4);
    assert_eq!(q.count(&db).await?, 4);
    Ok(())
}
