//! Facts of Django's test folder `annotations`.

use orm::functions::*;
use orm::prelude::*;
use tests::library::*;
use tests::shop::*;

#[orm::test]
async fn columns_and_calculations(db: Db) -> orm::Result<()> {
    super::library(&db).await?;
    let q = query!(Book.annotate(twice = .rating * 2.0, next = .year + 1, who = .author.name).order_by(.id));
    let row = q.first(&db).await?.expect("a book");
    assert_eq!((row.twice, row.next, row.who.as_str()), (Some(8.0), 2001, "ada"));
    assert_eq!(row.title, "A", "the row is there beside them");
    // NULL in, NULL out.
    assert_eq!(query!(q.values_list(.twice)).all(&db).await?, [Some(8.0), None, Some(4.0), None, Some(10.0)]);
    Ok(())
}

#[orm::test]
async fn an_annotation_of_annotations(db: Db) -> orm::Result<()> {
    super::library(&db).await?;
    let q =
        query!(Book.annotate(a = .year + 1).annotate(b = .a * 2).annotate(c = .a + .b).order_by(.id)[..1]);
    let row = q.get(&db).await?;
    assert_eq!((row.a, row.b, row.c), (2001, 4002, 6003));
    Ok(())
}

#[orm::test]
async fn filtered_by_annotations(db: Db) -> orm::Result<()> {
    super::library(&db).await?;
    let q = query!(Book.annotate(next = .year + 1, twice = .rating * 2.0));
    assert_eq!(query!(q.filter(.next > 2001).order_by(.id).values_list(.id)).all(&db).await?, [2, 3, 5]);
    // Exclude keeps what filter drops, NULLs too.
    assert_eq!(query!(q.filter(.twice > 5.0).order_by(.id).values_list(.id)).all(&db).await?, [1, 5]);
    assert_eq!(query!(q.exclude(.twice > 5.0).order_by(.id).values_list(.id)).all(&db).await?, [2, 3, 4]);
    assert_eq!(query!(q.filter(.twice == None).order_by(.id).values_list(.id)).all(&db).await?, [2, 4]);
    // With a column, with another annotation.
    assert_eq!(
        query!(q.filter(.next < .year).order_by(.id).values_list(.id)).all(&db).await?,
        [] as [i64; 0]
    );
    assert_eq!(query!(q.annotate(same = .year).filter(.same < .next)).count(&db).await?, 5);
    Ok(())
}

#[orm::test]
async fn filtered_by_aggregates(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let q = query!(User.annotate(n = .orders.count(), big = .orders.filter(.total > 20.0).count(), sum = .orders.total.sum()));
    assert_eq!(query!(q.filter(.n > .big).order_by(.id).values_list(.id)).all(&db).await?, [1, 2]);
    assert_eq!(
        query!(q.filter(.n == 0 || .sum > 52.0).order_by(.id).values_list(.id)).all(&db).await?,
        [2, 4]
    );
    assert_eq!(query!(q.exclude(.sum > 50.0).order_by(.id).values_list(.id)).all(&db).await?, [1, 3, 4]);
    assert_eq!(query!(q.filter(.sum == None).values_list(.id)).all(&db).await?, [4]);
    // The same aggregate written in place.
    assert_eq!(query!(User.filter(.orders.count() == 0).values_list(.id)).all(&db).await?, [4]);
    assert_eq!(
        query!(User.exclude(.orders.total.sum() > 50.0).order_by(.id).values_list(.id)).all(&db).await?,
        [1, 3, 4]
    );
    Ok(())
}

#[orm::test]
async fn one_join_for_what_is_listed_filtered_and_ordered(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let q =
        query!(User.annotate(n = .orders.count(), sum = .orders.total.sum()).filter(.n > 1).order_by(-.sum));
    assert_eq!(q.to_sql().text().matches("LEFT JOIN").count(), 1, "{}", q.to_sql());
    assert_eq!(query!(q.values_list(.id)).all(&db).await?, [2, 1]);
    Ok(())
}

#[orm::test]
async fn order_by(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let q = query!(User.annotate(n = .orders.count()).order_by(-.n, .id));
    assert_eq!(query!(q.values_list(.id)).all(&db).await?, [1, 2, 3, 4]);
    assert_eq!(query!(q.reverse().values_list(.id)).all(&db).await?, [4, 3, 2, 1]);
    // What is not annotated can be ordered by too.
    let q = query!(User.order_by(-.orders.total.sum().default(0.0), .id).values_list(.id));
    assert_eq!(q.all(&db).await?, [2, 1, 3, 4]);
    // A later order takes the place of an earlier one.
    let q = query!(User.annotate(n = .orders.count()).order_by(-.n).order_by(.n, .id).values_list(.n));
    assert_eq!(q.all(&db).await?, [0, 1, 2, 3]);
    Ok(())
}

#[orm::test]
async fn values_after_annotate(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    // In Django values() after annotate() groups by what it lists or not, depending on which came first; here only
    // `group_by` groups.
    let q = query!(User.annotate(n = .orders.count()).values(.active, .n).order_by(.n));
    let rows: Vec<_> = q.all(&db).await?.into_iter().map(|v| (v.active, v.n)).collect();
    assert_eq!(rows, [(true, 0), (false, 1), (true, 2), (true, 3)]);
    // An annotation after values is beside them.
    let q = query!(User.values(.email).annotate(n = .orders.count()).filter(.n > 1).order_by(.email));
    let rows: Vec<_> = q.all(&db).await?.into_iter().map(|v| (v.email.clone(), v.n)).collect();
    assert_eq!(rows, [("ada".to_owned(), 3), ("bob".to_owned(), 2)]);
    // What is not listed is not computed.
    let q = query!(User.annotate(n = .orders.count()).values_list(.id));
    assert_eq!(q.to_sql().text(), r#"SELECT t0."id" FROM "users" t0"#);
    Ok(())
}

#[orm::test]
async fn alias(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let q = query!(User.alias(n = .orders.count()).filter(.n > 1).order_by(-.n));
    // The rows are plain ones.
    let users: Vec<User> = q.all(&db).await?;
    assert_eq!(users.iter().map(|user| user.id).collect::<Vec<_>>(), [1, 2]);
    // An annotation of an alias, and the alias itself as a value.
    let q = query!(q.annotate(twice = .n * 2).values(.id, .n, .twice));
    let rows: Vec<_> = q.all(&db).await?.into_iter().map(|v| (v.id, v.n, v.twice)).collect();
    assert_eq!(rows, [(1, 3, 6), (2, 2, 4)]);
    Ok(())
}

#[orm::test]
async fn with_select_related(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let (db, log) = db.logged();
    let q = query!(Order.annotate(n = .items.count()).select_related(.user, .recipient).filter(.n > 1).order_by(.id));
    let rows = q.all(&db).await?;
    assert_eq!(rows.len(), 2);
    assert_eq!((rows[0].n, rows[0].user().email.as_str(), rows[0].recipient().is_none()), (2, "ada", true));
    assert_eq!(log.count(), 1, "{log}");
    Ok(())
}

#[orm::test]
async fn with_prefetch_related(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let (db, log) = db.logged();
    let q = query!(User.prefetch_related(.orders.order_by(.id)).annotate(n = .orders.count()).order_by(.id));
    for user in q.all(&db).await? {
        assert_eq!(user.orders().len() as i64, user.n);
    }
    assert_eq!(log.count(), 2, "{log}");
    Ok(())
}

#[orm::test]
async fn pages(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let q = query!(User.annotate(n = .orders.count()).order_by(.id));
    let all = query!(q.values_list(.id, .n)).all(&db).await?;
    for (start, end) in [(0, 2), (1, 3), (2, 9), (4, 9)] {
        let page = query!(q[start..end].values_list(.id, .n)).all(&db).await?;
        assert_eq!(page, all[start.min(4)..end.min(4)]);
    }
    // A page by the annotation itself.
    let page = query!(q.order_by(-.n)[1..3].values_list(.n)).all(&db).await?;
    assert_eq!(page, [2, 1]);
    Ok(())
}

#[orm::test]
async fn conditions_of_aggregates(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let q = query!(User.annotate(
        cheap = .orders.filter(.total < 20.0).count(),
        gifts = .orders.exclude(.note == "gift").count(),
        lines = .orders.items.filter(.quantity > 1).count(),
        both = .orders.filter(.total > 5.0).filter(.recipient_id == None).total.sum(),
    ));
    let q = query!(q.order_by(.id).values_list(.cheap, .gifts, .lines, .both));
    assert_eq!(
        q.all(&db).await?,
        [(2, 2, 2, Some(40.0)), (1, 2, 1, Some(50.0)), (0, 0, 1, None), (0, 0, 0, None)]
    );
    Ok(())
}

#[orm::test]
async fn aggregates_at_the_end_of_to_one_paths(db: Db) -> orm::Result<()> {
    super::library(&db).await?;
    // How many books the author of a book wrote, and the best rating of them.
    let q = query!(Book.annotate(n = .author.books.count(), best = .author.books.rating.max()).order_by(.id).values_list(.n, .best));
    assert_eq!(
        q.all(&db).await?,
        [(3, Some(4.0)), (3, Some(4.0)), (3, Some(4.0)), (2, Some(5.0)), (2, Some(5.0))]
    );
    let q = query!(Book.filter(.author.books.count() > 2).order_by(.id).values_list(.id));
    assert_eq!(q.all(&db).await?, [1, 2, 3]);
    Ok(())
}

#[orm::test]
async fn self_relations(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let q = query!(Category.annotate(below = .children.count(), beside = .parent.children.count(), up = .parent.products.count()));
    let q = query!(q.order_by(.id).values_list(.below, .beside, .up));
    assert_eq!(q.all(&db).await?, [(1, 0, 0), (0, 1, 2), (0, 0, 0)]);
    Ok(())
}

#[orm::test]
async fn annotated_and_combined(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    // Combined queries can be annotated; in Django they can not.
    let q = query!(Order.filter(.total > 40.0)).union(query!(Order.filter(.total < 6.0)));
    let q = query!(q.annotate(pieces = .items.quantity.sum(), r = row_number().order_by(.id)).order_by(.id));
    let rows: Vec<_> = q.all(&db).await?.into_iter().map(|o| (o.id, o.pieces, o.r)).collect();
    assert_eq!(rows, [(4, Some(1), 1), (5, Some(2), 2), (6, Some(4), 3)]);
    Ok(())
}

#[orm::test]
async fn sum_of_products(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let q = query!(Order.annotate(n = .items.sum(.quantity * .quantity), top = .items.max(.product.price)).order_by(.id).values_list(.n, .top));
    assert_eq!(
        q.all(&db).await?,
        [
            (Some(26), Some(10.0)),
            (Some(4), Some(4.0)),
            (None, None),
            (Some(1), Some(4.0)),
            (Some(4), Some(25.0)),
            (Some(10), Some(25.0))
        ]
    );
    Ok(())
}

#[orm::test]
async fn named_values(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    // A name that a column has is free where the row is not there.
    let q = query!(Order.values(id = .user.id, total = .total * 2.0).order_by(.total, .id));
    let rows: Vec<_> = q.all(&db).await?.into_iter().map(|v| (v.id, v.total)).collect();
    assert_eq!(rows, [(2, 10.0), (1, 20.0), (1, 20.0), (1, 60.0), (2, 100.0), (3, 100.0)]);
    // Across a nullable relation a value is an `Option`.
    let q = query!(Order.values_list(.id, .recipient.email).order_by(.id)[..2]);
    assert_eq!(q.all(&db).await?, [(1, None), (2, Some("bob".to_owned()))]);
    Ok(())
}

#[orm::test]
async fn names_of_methods(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let q = query!(User.annotate(count = .orders.count(), all = .orders.total.sum()).filter(.count > 1 && .all > 52.0));
    let row = q.get(&db).await?;
    assert_eq!((row.id, row.count, row.all), (2, 2, Some(55.0)));
    Ok(())
}

#[orm::test]
async fn distinct_values(db: Db) -> orm::Result<()> {
    super::shop(&db).await?;
    let q = query!(Order.values_list(.note).distinct().order_by(.note));
    let some = |note: &str| Some(note.to_owned());
    assert_eq!(q.all(&db).await?, [some("gift"), some("x"), None]);
    assert_eq!(q.count(&db).await?, 3);
    // In Django a column of the order defeats DISTINCT; here each value stands where its first row would.
    let q = query!(Order.values_list(.user_id).distinct().order_by(-.total, -.id));
    assert_eq!(q.all(&db).await?, [2, 3, 1]);
    let q = query!(Order.values(.user_id, big = .total * 2.0).distinct().order_by(.big, .user_id)[..2]);
    assert_eq!(q.all(&db).await?.iter().map(|v| v.user_id).collect::<Vec<_>>(), [2, 1]);
    Ok(())
}
