//! Facts of Django's test folder `prefetch_related`: `Prefetch` with a query, a name and a slice.

use orm::functions::*;
use orm::prelude::*;
use tests::library::*;
use tests::shop::*;

/// The ids of rows, for each parent.
macro_rules! ids {
    ($parents:expr, $name:ident) => {
        $parents
            .iter()
            .map(|parent| parent.$name.iter().map(|row| row.id).collect())
            .collect::<Vec<Vec<i64>>>()
    };
}

#[orm::test]
async fn filtered_under_a_name(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let (db, log) = db.logged();
    let q = query!(User.prefetch_related(big = .orders.filter(.total > 20.0).order_by(.id)).order_by(.id));
    assert_eq!(ids!(q.all(&db).await?, big), [vec![1], vec![6], vec![5], vec![]]);
    assert_eq!(log.count(), 2, "{log}");
    // By a column of another table, by what was excluded, by rows below.
    let q = query!(User.prefetch_related(a = .orders.filter(.recipient.active).order_by(.id)).order_by(.id));
    assert_eq!(ids!(q.all(&db).await?, a), [vec![2], vec![4], vec![5], vec![]]);
    let q = query!(User.prefetch_related(a = .orders.exclude(.note == "gift").order_by(.id)).order_by(.id));
    assert_eq!(ids!(q.all(&db).await?, a), [vec![2, 3], vec![4, 6], vec![], vec![]]);
    let q = query!(User.prefetch_related(a = .orders.filter(.items.any(.quantity > 2)).order_by(.id)).order_by(.id));
    assert_eq!(ids!(q.all(&db).await?, a), [vec![1], vec![6], vec![], vec![]]);
    Ok(())
}

#[orm::test]
async fn the_whole_and_parts_beside_each_other(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let (db, log) = db.logged();
    let q = query!(User
        .prefetch_related(small = .orders.filter(.total < 20.0).order_by(-.id), .orders.order_by(.id), top = .orders.order_by(-.total, .id)[..1])
        .order_by(.id));
    let users = q.all(&db).await?;
    assert_eq!(ids!(users, small), [vec![3, 2], vec![4], vec![], vec![]]);
    assert_eq!(ids!(users, top), [vec![1], vec![6], vec![5], vec![]]);
    assert_eq!(users.iter().map(|user| user.orders().len()).collect::<Vec<_>>(), [3, 2, 1, 0]);
    assert_eq!(log.count(), 4, "{log}");
    Ok(())
}

#[orm::test]
async fn slices_are_of_each_parent(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;

    let q = query!(User.prefetch_related(a = .orders.order_by(-.total, .id)[..2]).order_by(.id));
    assert_eq!(ids!(q.all(&db).await?, a), [vec![1, 2], vec![6, 4], vec![5], vec![]]);
    let q = query!(User.prefetch_related(a = .orders.order_by(-.total, .id)[1..3]).order_by(.id));
    assert_eq!(ids!(q.all(&db).await?, a), [vec![2, 3], vec![4], vec![], vec![]]);
    let q = query!(User.prefetch_related(a = .orders.order_by(.id)[1..]).order_by(.id));
    assert_eq!(ids!(q.all(&db).await?, a), [vec![2, 3], vec![6], vec![], vec![]]);
    // Filtered before.
    let q =
        query!(User.prefetch_related(a = .orders.filter(.total < 40.0).order_by(-.id)[..1]).order_by(.id));
    assert_eq!(ids!(q.all(&db).await?, a), [vec![3], vec![4], vec![], vec![]]);
    // In no order at all it still is so many.
    let q = query!(User.prefetch_related(a = .orders[..2]).order_by(.id));
    assert_eq!(q.all(&db).await?.iter().map(|user| user.a.len()).collect::<Vec<_>>(), [2, 2, 1, 0]);
    Ok(())
}

#[orm::test]
async fn ties_are_cut_by_the_rest_of_the_order(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    // Orders 2 and 3 have the same total. Django's ROW_NUMBER and this LIMIT both take exactly one.
    let q = query!(User.prefetch_related(a = .orders.order_by(.total)[..1]).order_by(.id));
    assert_eq!(q.all(&db).await?[0].a.len(), 1);
    let q = query!(User.prefetch_related(a = .orders.order_by(.total, -.id)[..1], b = .orders.order_by(.total, .id)[..1]).order_by(.id));
    let users = q.all(&db).await?;
    assert_eq!((users[0].a[0].id, users[0].b[0].id), (3, 2));
    Ok(())
}

#[orm::test]
async fn empty_slices_send_nothing(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let (db, log) = db.logged();
    let q = query!(User.prefetch_related(a = .orders[..0], b = .orders.none(), c = .orders.filter(.id.is_in(Vec::<i64>::new()))).order_by(.id));
    let users = q.all(&db).await?;
    assert!(users.iter().all(|user| user.a.is_empty() && user.b.is_empty() && user.c.is_empty()));
    assert_eq!(log.count(), 1, "{log}");
    Ok(())
}

#[orm::test]
async fn no_parents_no_statement(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let (db, log) = db.logged();
    let q = query!(User.filter(.id < 0).prefetch_related(a = .orders.order_by(.id)[..2]));
    assert!(q.all(&db).await?.is_empty());
    assert_eq!(log.count(), 1, "{log}");
    Ok(())
}

#[orm::test]
async fn many_to_many_slices(db: Db) -> orm::Result<()> {
    super::library(&db).await?;
    let (db, log) = db.logged();
    let q = query!(Tag.prefetch_related(a = .books.order_by(-.year, .id)[..2]).order_by(.id));
    assert_eq!(ids!(q.all(&db).await?, a), [vec![2, 3], vec![5, 1], vec![]]);
    assert_eq!(log.count(), 2, "one statement for the tags, and one for all slices: {log}");
    let q = query!(Tag.prefetch_related(a = .books.order_by(.id)[1..2]).order_by(.id));
    assert_eq!(ids!(q.all(&db).await?, a), [vec![2], vec![4], vec![]]);
    // The same book for several tags, each a row of its own.
    let q = query!(Tag.prefetch_related(a = .books.filter(.id == 1)).order_by(.id));
    assert_eq!(ids!(q.all(&db).await?, a), [vec![1], vec![1], vec![]]);
    Ok(())
}

#[orm::test]
async fn nested(db: Db) -> orm::Result<()> {
    super::library(&db).await?;
    let (db, log) = db.logged();
    let q = query!(Author
        .prefetch_related(
            recent = .books.order_by(-.year, .id).prefetch_related(first = .tags.order_by(.name)[..1], .tags.order_by(.id))[..2]
        )
        .order_by(.id));
    let authors = q.all(&db).await?;
    assert_eq!(ids!(authors, recent), [vec![2, 3], vec![5, 4], vec![]]);
    assert_eq!(ids!(authors[0].recent, first), [vec![1], vec![1]]);
    assert_eq!(authors[1].recent[0].tags()[0].name, "y");
    // Authors, books, the first tags; links and tags.
    assert_eq!(log.count(), 5, "{log}");
    Ok(())
}

#[orm::test]
async fn below_to_one_relations(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let q =
        query!(Order.prefetch_related(a = .user.orders.filter(.total > 20.0).order_by(.id)).order_by(.id));
    assert_eq!(ids!(q.all(&db).await?, a), [vec![1], vec![1], vec![1], vec![6], vec![5], vec![6]]);
    // Where there is no recipient there are no orders of one.
    let q = query!(Order.prefetch_related(a = .recipient.orders.order_by(.id)[..1]).order_by(.id));
    assert_eq!(ids!(q.all(&db).await?, a), [vec![], vec![4], vec![], vec![1], vec![4], vec![]]);
    Ok(())
}

#[orm::test]
async fn rows_loaded_with_relations(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let (db, log) = db.logged();
    let q = query!(User.prefetch_related(a = .orders.select_related(.recipient).order_by(.id)).order_by(.id));
    let users = q.all(&db).await?;
    let to: Vec<_> =
        users[0].a.iter().map(|order| order.recipient().map(|user| user.email.as_str())).collect();
    assert_eq!(to, [None, Some("bob"), None]);
    assert_eq!(log.count(), 2, "{log}");
    Ok(())
}

#[orm::test]
async fn annotated_rows(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let q = query!(User.prefetch_related(a = .orders.annotate(n = .items.count()).filter(.n > 0).order_by(-.n, .id)[..1]).order_by(.id));
    let users = q.all(&db).await?;
    assert_eq!(ids!(users, a), [vec![1], vec![6], vec![5], vec![]]);
    assert_eq!(users[0].a[0].n, 2);
    // Not filtered or ordered by it.
    let q = query!(User.prefetch_related(a = .orders.annotate(n = .items.count()).order_by(-.id)[..1]).order_by(.id));
    let seen: Vec<Vec<_>> =
        q.all(&db).await?.iter().map(|u| u.a.iter().map(|o| (o.id, o.n)).collect()).collect();
    assert_eq!(seen, [vec![(3, 0)], vec![(6, 2)], vec![(5, 1)], vec![]]);
    Ok(())
}

#[orm::test]
async fn values(db: Db) -> orm::Result<()> {
    super::library(&db).await?;
    // Django refuses values here.
    let q = query!(Tag.prefetch_related(titles = .books.values_list(.title).order_by(.title), last = .books.values_list(.title).order_by(-.title)[..1]));
    let tags = query!(q.order_by(.id)).all(&db).await?;
    assert_eq!(tags[0].titles, ["A", "B", "C"]);
    assert_eq!(
        (tags[0].last.as_slice(), tags[1].last.as_slice()),
        (&["C".to_owned()][..], &["E".to_owned()][..])
    );
    assert!(tags[2].titles.is_empty());
    let q = query!(Author.prefetch_related(b = .books.values(.title, n = .tags.count()).order_by(.title)).order_by(.id));
    assert_eq!(q.all(&db).await?[0].b.iter().map(|b| b.n).collect::<Vec<_>>(), [2, 1, 1]);
    Ok(())
}

#[orm::test]
async fn distinct_values_are_of_each_parent(db: Db) -> orm::Result<()> {
    super::library(&db).await?;
    let q = query!(Author.prefetch_related(years = .books.values_list(.year).distinct().order_by(.year), last = .books.values_list(.year).distinct().order_by(-.year)[..1]));
    let authors = query!(q.order_by(.id)).all(&db).await?;
    assert_eq!(
        authors.iter().map(|a| a.years.clone()).collect::<Vec<_>>(),
        [vec![2000, 2001], vec![1999, 2001], vec![]]
    );
    assert_eq!(authors.iter().map(|a| a.last.clone()).collect::<Vec<_>>(), [vec![2001], vec![2001], vec![]]);
    let q = query!(Tag.prefetch_related(years = .books.values_list(.year).distinct().order_by(.year)).order_by(.id));
    let years: Vec<_> = q.all(&db).await?.into_iter().map(|tag| tag.years).collect();
    assert_eq!(years, [vec![2000, 2001], vec![1999, 2000, 2001], vec![]]);
    Ok(())
}

#[orm::test]
async fn distinct_on_is_of_each_parent(db: Db) -> orm::Result<()> {
    super::library(&db).await?;
    let q = query!(Author.prefetch_related(a = .books.distinct_on(.year).order_by(.title)).order_by(.id));
    assert_eq!(ids!(q.all(&db).await?, a), [vec![1, 2], vec![4, 5], vec![]]);
    let q =
        query!(Tag.prefetch_related(a = .books.distinct_on(.author_id).order_by(-.year, .id)).order_by(.id));
    let tags = q.all(&db).await?;
    assert_eq!(tags.iter().map(|tag| tag.a.len()).collect::<Vec<_>>(), [1, 2, 0]);
    Ok(())
}

#[orm::test]
async fn windows_are_of_each_parent(db: Db) -> orm::Result<()> {
    super::library(&db).await?;
    let q = query!(Author.prefetch_related(a = .books.annotate(r = row_number().order_by(-.id)).order_by(.id)).order_by(.id));
    let numbers: Vec<Vec<_>> = q.all(&db).await?.iter().map(|a| a.a.iter().map(|b| b.r).collect()).collect();
    assert_eq!(numbers, [vec![3, 2, 1], vec![2, 1], vec![]]);
    let q = query!(Tag.prefetch_related(a = .books.annotate(r = row_number().order_by(.id)).filter(.r > 1).order_by(.id)).order_by(.id));
    assert_eq!(ids!(q.all(&db).await?, a), [vec![2, 3], vec![4, 5], vec![]]);
    Ok(())
}

#[orm::test]
async fn groups_and_aggregates_are_of_each_parent(db: Db) -> orm::Result<()> {
    super::library(&db).await?;
    let q = query!(Author.prefetch_related(
        years = .books.group_by(.year).annotate(n = .count()).order_by(-.n, .year),
        total = .books.aggregate(n = .count(), best = .rating.max()),
        two = .books.order_by(.id)[..2].aggregate(years = .year.sum()),
    ));
    let authors = query!(q.order_by(.id)).all(&db).await?;
    let years: Vec<Vec<_>> =
        authors.iter().map(|a| a.years.iter().map(|g| (g.year, g.n)).collect()).collect();
    assert_eq!(years, [vec![(2001, 2), (2000, 1)], vec![(1999, 1), (2001, 1)], vec![]]);
    // An author without books has a total too.
    let totals: Vec<Vec<_>> =
        authors.iter().map(|a| a.total.iter().map(|t| (t.n, t.best)).collect()).collect();
    assert_eq!(totals, [vec![(3, Some(4.0))], vec![(2, Some(5.0))], vec![(0, None)]]);
    assert_eq!(authors.iter().map(|a| a.two[0].years).collect::<Vec<_>>(), [Some(4001), Some(4000), None]);
    Ok(())
}

#[orm::test]
async fn combined_parts(db: Db) -> orm::Result<()> {
    super::library(&db).await?;
    let good = query!(Book.filter(.rating > 3.0));
    let q = query!(Author.prefetch_related(a = .books.filter(.year > 2000).union(good).order_by(.id)).order_by(.id));
    assert_eq!(ids!(q.all(&db).await?, a), [vec![1, 2, 3], vec![5], vec![]]);
    Ok(())
}

#[orm::test]
async fn parents_of_every_kind(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    // A slice.
    let q = query!(Order.order_by(.id)[1..4].prefetch_related(a = .items.order_by(.id)[..1]));
    assert_eq!(ids!(q.all(&db).await?, a), [vec![3], vec![], vec![4]]);
    // Annotated, and filtered by a window.
    let q = query!(Order.annotate(r = row_number().order_by(-.id)).filter(.r <= 2).prefetch_related(a = .items.order_by(-.id)[..1]).order_by(.id));
    assert_eq!(ids!(q.all(&db).await?, a), [vec![5], vec![7]]);
    // Combined.
    let both = query!(Order.filter(.id == 1)).union(query!(Order.filter(.id == 6)));
    let q = query!(both.prefetch_related(a = .items.order_by(.id)).order_by(.id));
    assert_eq!(ids!(q.all(&db).await?, a), [vec![1, 2], vec![6, 7]]);
    // One row, and one by its key.
    assert_eq!(q.first(&db).await?.map(|order| order.a.len()), Some(2));
    let found = query!(Order.prefetch_related(a = .items.order_by(.id)[..1])).in_bulk(&db, [1, 3]).await?;
    assert_eq!((found[&1].a[0].id, found[&3].a.len()), (1, 0));
    Ok(())
}

#[orm::test]
async fn two_prefetches_one_after_the_other(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let q = query!(User.prefetch_related(a = .orders.order_by(.id)[..1]).annotate(n = .orders.count()).prefetch_related(b = .orders.order_by(-.id)[..1]));
    let q = query!(q.filter(.n > 1).order_by(.id).select_related(.profile));
    let users = q.all(&db).await?;
    assert_eq!((ids!(users, a), ids!(users, b)), (vec![vec![1], vec![4]], vec![vec![3], vec![6]]));
    assert_eq!(users[0].profile().and_then(|profile| profile.city.as_deref()), Some("Rome"));
    // Values in place of the rows load nothing.
    let (db, log) = db.logged();
    assert_eq!(query!(q.values_list(.id)).all(&db).await?, [1, 2]);
    assert_eq!((q.count(&db).await?, log.count()), (2, 2));
    Ok(())
}

#[orm::test]
async fn conditions_with_subqueries(db: Db) -> orm::Result<()> {
    super::library(&db).await?;
    let q = query!(Author.prefetch_related(a = .books.filter(exists(BookTag.filter(.book_id == outer(.id) && .tag_id == 2))).order_by(.id)[..1]).order_by(.id));
    assert_eq!(ids!(q.all(&db).await?, a), [vec![1], vec![4], vec![]]);
    Ok(())
}
