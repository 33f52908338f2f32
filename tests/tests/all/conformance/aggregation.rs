//! Facts of Django's test folder `aggregation`.

use orm::prelude::*;
use tests::library::*;
use tests::shop::*;

#[orm::test]
async fn one_aggregate(db: Db) -> orm::Result<()> {
    super::library(&db).await?;
    let t = query!(Book.aggregate(v = .rating.avg())).get(&db).await?;
    assert_eq!(t.v, Some(11.0 / 3.0), "NULLs are no part of an average");
    let t = query!(Book.aggregate(v = .rating.count())).get(&db).await?;
    assert_eq!(t.v, 3, "NULLs are not counted");
    let t = query!(Book.aggregate(v = .count())).get(&db).await?;
    assert_eq!(t.v, 5, "rows are counted");
    let t = query!(Book.aggregate(v = .year.sum())).get(&db).await?;
    assert_eq!(t.v, Some(10002), "a sum of integers is an integer");
    Ok(())
}

#[orm::test]
async fn several_aggregates_are_one_statement(db: Db) -> orm::Result<()> {
    super::library(&db).await?;
    let (db, log) = db.logged();
    let q =
        query!(Book.aggregate(first = .year.min(), last = .year.max(), best = .rating.max(), n = .count()));
    let t = q.get(&db).await?;
    assert_eq!((t.first, t.last, t.best, t.n), (Some(1999), Some(2001), Some(5.0), 5));
    assert_eq!(log.count(), 1, "{log}");
    Ok(())
}

#[orm::test]
async fn aggregate_of_a_related_column(db: Db) -> orm::Result<()> {
    super::library(&db).await?;
    // Each book's author counts once for each book.
    let t = query!(Book.aggregate(born = .author.born.avg(), n = .author.born.count(), names = .author.name.count().distinct()));
    let t = t.get(&db).await?;
    assert_eq!((t.born, t.n, t.names), (Some(1900.0), 3, 2));
    Ok(())
}

#[orm::test]
async fn aggregate_over_a_nullable_to_one_path(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let t = query!(Order.aggregate(n = .recipient.email.count(), last = .recipient.email.max(), city = .recipient.profile.city.count()));
    let t = t.get(&db).await?;
    // Orders without a recipient are rows of NULLs.
    assert_eq!((t.n, t.last.as_deref(), t.city), (3, Some("bob"), 1));
    Ok(())
}

#[orm::test]
async fn aggregate_after_filter(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let t = query!(Order.filter(.user.active, .total > 5.0).aggregate(n = .count(), sum = .total.sum()))
        .get(&db)
        .await?;
    assert_eq!((t.n, t.sum), (4, Some(100.0)));
    let t = query!(Order.exclude(.note == "gift").aggregate(n = .count())).get(&db).await?;
    assert_eq!(t.n, 4, "orders without a note are not excluded");
    Ok(())
}

#[orm::test]
async fn no_rows(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let q = query!(Order.filter(.id < 0).aggregate(n = .count(), c = .note.count(), sum = .total.sum(), avg = .total.avg(), max = .note.max()));
    let t = q.get(&db).await?;
    assert_eq!((t.n, t.c, t.sum, t.avg, t.max), (0, 0, None, None, None));
    // The empty list is no query in `filter`, but an aggregate over nothing has its one row.
    let t = query!(Order.filter(.id.is_in(Vec::<i64>::new())).aggregate(n = .count(), sum = .total.sum()))
        .get(&db)
        .await?;
    assert_eq!((t.n, t.sum), (0, None));
    let t = query!(Order.none().aggregate(n = .count(), sum = .total.sum().default(1.5))).get(&db).await?;
    assert_eq!((t.n, t.sum), (0, 1.5));
    Ok(())
}

#[orm::test]
async fn an_aggregate_is_one_row(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let some = query!(Order.aggregate(n = .count()));
    assert_eq!(some.count(&db).await?, 1);
    assert!(some.exists(&db).await?);
    let nothing = query!(Order.filter(.id < 0).aggregate(n = .count()));
    assert_eq!(nothing.count(&db).await?, 1, "also over no rows");
    assert!(nothing.exists(&db).await?);
    assert_eq!(nothing.first(&db).await?.map(|t| t.n), Some(0));
    Ok(())
}

#[orm::test]
async fn defaults(db: Db) -> orm::Result<()> {
    super::library(&db).await?;
    let q = query!(Book.filter(.id < 0).aggregate(
        sum = .rating.sum().default(2.5), max = .title.max().default("none"), year = .year.min().default(0)
    ));
    let t = q.get(&db).await?;
    assert_eq!((t.sum, t.max.as_str(), t.year), (2.5, "none", 0));
    // Where there are only NULLs too.
    let t =
        query!(Book.filter(.rating == None).aggregate(avg = .rating.avg().default(-1.0))).get(&db).await?;
    assert_eq!(t.avg, -1.0);
    // Where there is a value it is that.
    let t = query!(Book.aggregate(max = .rating.max().default(-1.0))).get(&db).await?;
    assert_eq!(t.max, 5.0);
    // For each author, of no books and of books without ratings.
    let q = query!(Author.annotate(best = .books.rating.max().default(0.0)).order_by(.id).values_list(.best));
    assert_eq!(q.all(&db).await?, [4.0, 5.0, 0.0]);
    Ok(())
}

#[orm::test]
async fn aggregates_with_conditions(db: Db) -> orm::Result<()> {
    super::library(&db).await?;
    let q = query!(Book.aggregate(
        new = .count().filter(.year > 2000),
        old = .count().filter(.year <= 2000),
        rated = .year.max().filter(.rating != None),
        ada = .rating.sum().filter(.author.name == "ada"),
        never = .rating.sum().filter(.id < 0),
        zero = .rating.sum().filter(.id < 0).default(0.0),
    ));
    let t = q.get(&db).await?;
    assert_eq!((t.new, t.old, t.rated), (3, 2, Some(2001)));
    assert_eq!((t.ada, t.never, t.zero), (Some(6.0), None, 0.0));
    // A condition on a to-many relation does not multiply rows.
    let t = query!(Book.aggregate(n = .count().filter(.tags.any(.name.is_in(["x", "y"]))))).get(&db).await?;
    assert_eq!(t.n, 5);
    Ok(())
}

#[orm::test]
async fn distinct_aggregates(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let q = query!(Order.aggregate(
        totals = .total.count().distinct(), sum = .total.sum().distinct(), notes = .note.count().distinct(),
        users = .user_id.count().distinct().filter(.total > 5.0),
    ));
    let t = q.get(&db).await?;
    assert_eq!((t.totals, t.sum, t.notes, t.users), (4, Some(95.0), 2, 3));
    Ok(())
}

#[orm::test]
async fn arithmetic_of_aggregates(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let t = query!(Order.aggregate(range = .total.max() - .total.min(), twice = .total.sum() * 2.0))
        .get(&db)
        .await?;
    assert_eq!((t.range, t.twice), (Some(45.0), Some(310.0)));
    // Of what is calculated for each row.
    let t =
        query!(Item.aggregate(n = (.quantity * 2).sum(), p = (.product.price + 1.0).max())).get(&db).await?;
    assert_eq!((t.n, t.p), (Some(30), Some(26.0)));
    Ok(())
}

#[orm::test]
async fn deviations(db: Db) -> orm::Result<()> {
    super::library(&db).await?;
    let t = query!(Book.filter(.rating >= 4.0).aggregate(
        s = .rating.stddev(), p = .rating.stddev_pop(), v = .rating.variance(), vp = .rating.variance_pop()
    ));
    let t = t.get(&db).await?;
    assert_eq!((t.s, t.p, t.v, t.vp), (Some(0.5_f64.sqrt()), Some(0.5), Some(0.5), Some(0.25)));
    // Of one value a sample has none.
    let t = query!(Book.filter(.rating > 4.5).aggregate(s = .rating.stddev(), p = .rating.stddev_pop()))
        .get(&db)
        .await?;
    assert_eq!((t.s, t.p), (None, Some(0.0)));
    Ok(())
}

#[orm::test]
async fn lists(db: Db) -> orm::Result<()> {
    super::library(&db).await?;
    let t = query!(Book.aggregate(
        titles = .title.string_agg("; ").order_by(-.title),
        years = .year.array_agg().distinct(),
        ratings = .rating.array_agg().order_by(.rating),
        none = .title.string_agg(",").filter(.id < 0),
        empty = .year.array_agg().filter(.id < 0),
    ));
    let t = t.get(&db).await?;
    assert_eq!(t.titles.as_deref(), Some("E; D; C; B; A"));
    assert_eq!(t.years, [1999, 2000, 2001]);
    // Unlike Django's, an array has no NULLs, and of no rows it is empty and not NULL.
    assert_eq!(t.ratings, [2.0, 4.0, 5.0]);
    assert_eq!((t.none, t.empty), (None, vec![]));
    Ok(())
}

#[orm::test]
async fn annotated_aggregates(db: Db) -> orm::Result<()> {
    super::library(&db).await?;
    let q = query!(Author.annotate(n = .books.count(), avg = .books.rating.avg(), last = .books.year.max()).order_by(.id));
    let rows: Vec<_> = q.all(&db).await?.into_iter().map(|a| (a.n, a.avg, a.last)).collect();
    // Authors without books are there, with 0 and NULL.
    assert_eq!(rows, [(3, Some(3.0), Some(2001)), (2, Some(5.0), Some(2001)), (0, None, None)]);
    Ok(())
}

#[orm::test]
async fn annotated_many_to_many_aggregates(db: Db) -> orm::Result<()> {
    super::library(&db).await?;
    let q = query!(Book.annotate(n = .tags.count(), last = .tags.name.max()).order_by(.id).values_list(.n, .last));
    let some = |name: &str| Some(name.to_owned());
    assert_eq!(
        q.all(&db).await?,
        [(2, some("y")), (1, some("x")), (1, some("x")), (1, some("y")), (1, some("y"))]
    );
    let q = query!(Tag.annotate(n = .books.count(), avg = .books.rating.avg()).order_by(.id).values_list(.n, .avg));
    assert_eq!(q.all(&db).await?, [(3, Some(3.0)), (3, Some(4.5)), (0, None)]);
    // Two relations away: an author's tags, counted once for each book, and once each.
    let q = query!(Author.annotate(n = .books.tags.count(), d = .books.tags.name.count().distinct()).order_by(.id).values_list(.n, .d));
    assert_eq!(q.all(&db).await?, [(4, 2), (2, 1), (0, 0)]);
    Ok(())
}

#[orm::test]
async fn grouped(db: Db) -> orm::Result<()> {
    super::library(&db).await?;
    let q = query!(Book.group_by(.year).annotate(n = .count(), best = .rating.max()).order_by(.year));
    let rows: Vec<_> = q.all(&db).await?.into_iter().map(|g| (g.year, g.n, g.best)).collect();
    assert_eq!(rows, [(1999, 1, None), (2000, 1, Some(4.0)), (2001, 3, Some(5.0))]);
    // Ordered by an aggregate, and sliced.
    let q = query!(Book.group_by(.year).annotate(n = .count()).order_by(-.n, -.year)[..2].values_list(.year));
    assert_eq!(q.all(&db).await?, [2001, 2000]);
    assert_eq!(query!(Book.group_by(.year)).count(&db).await?, 3, "groups are counted");
    Ok(())
}

#[orm::test]
async fn grouped_by_several_and_related(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let q = query!(Order.group_by(mail = .user.email, to = .recipient.email).annotate(n = .count()).order_by(.mail, .to).values_list(.mail, .to, .n));
    let row = |mail: &str, to: Option<&str>, n| (mail.to_owned(), to.map(str::to_owned), n);
    // NULLs are a group.
    assert_eq!(
        q.all(&db).await?,
        [
            row("ada", Some("bob"), 1),
            row("ada", None, 2),
            row("bob", Some("ada"), 1),
            row("bob", None, 1),
            row("cyd", Some("bob"), 1)
        ]
    );
    Ok(())
}

#[orm::test]
async fn having(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let groups = query!(Order.group_by(.user_id).annotate(n = .count(), sum = .total.sum()));

    let q = query!(groups.filter(.n > 1).order_by(.user_id).values_list(.user_id));
    assert_eq!(q.all(&db).await?, [1, 2]);
    assert!(q.to_sql().text().contains(r#"GROUP BY t0."user_id" HAVING count(*) > $1"#), "{}", q.to_sql());
    // What is grouped by is a condition on rows, before they are grouped.
    let q = query!(groups.filter(.user_id > 1).order_by(.user_id).values_list(.user_id));
    assert_eq!(q.all(&db).await?, [2, 3]);
    assert!(q.to_sql().text().contains(r#"WHERE t0."user_id" > $1 GROUP BY"#), "{}", q.to_sql());
    // With OR both are of the group.
    let q = query!(groups.filter(.user_id == 3 || .n > 2).order_by(.user_id).values_list(.user_id));
    assert_eq!(q.all(&db).await?, [1, 3]);
    // Exclude keeps what filter drops.
    let q = query!(groups.exclude(.n > 1).values_list(.user_id));
    assert_eq!(q.all(&db).await?, [3]);
    // Two aggregates with each other.
    let q = query!(Order.group_by(.user_id).annotate(min = .total.min(), max = .total.max()).filter(.min < .max).order_by(.user_id).values_list(.user_id));
    assert_eq!(q.all(&db).await?, [1, 2]);
    Ok(())
}

#[orm::test]
async fn filter_before_and_after_group_by(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    // Before it narrows what is aggregated.
    let q = query!(Order.filter(.total > 10.0).group_by(.user_id).annotate(n = .count()).order_by(.user_id).values_list(.user_id, .n));
    assert_eq!(q.all(&db).await?, [(1, 1), (2, 1), (3, 1)]);
    // After it is on the groups.
    let q = query!(Order.group_by(.user_id).annotate(n = .count(), min = .total.min()).filter(.min > 5.0).order_by(.user_id).values_list(.user_id, .n));
    assert_eq!(q.all(&db).await?, [(1, 3), (3, 1)]);
    Ok(())
}

#[orm::test]
async fn filter_before_and_after_annotate(db: Db) -> orm::Result<()> {
    super::library(&db).await?;
    // Unlike in Django a filter on the relation never narrows what an aggregate over it sees; its own filter does.
    let before = query!(Author.filter(.books.any(.year > 2000)).annotate(n = .books.count()).order_by(.id).values_list(.id, .n));
    let after = query!(Author.annotate(n = .books.count()).filter(.books.any(.year > 2000)).order_by(.id).values_list(.id, .n));
    assert_eq!(before.all(&db).await?, [(1, 3), (2, 2)]);
    assert_eq!(after.all(&db).await?, before.all(&db).await?);
    let own =
        query!(Author.annotate(n = .books.filter(.year > 2000).count()).order_by(.id).values_list(.id, .n));
    assert_eq!(own.all(&db).await?, [(1, 2), (2, 1), (3, 0)]);
    Ok(())
}

#[orm::test]
async fn ordered_by_annotations(db: Db) -> orm::Result<()> {
    super::library(&db).await?;
    let q = query!(Author.annotate(n = .books.count()).order_by(-.n).values_list(.name));
    assert_eq!(q.all(&db).await?, ["ada", "bob", "cyd"]);
    let q = query!(Author.annotate(avg = .books.rating.avg()).order_by(-.avg).values_list(.name));
    assert_eq!(q.all(&db).await?, ["cyd", "bob", "ada"], "PostgreSQL's largest is NULL");
    Ok(())
}
