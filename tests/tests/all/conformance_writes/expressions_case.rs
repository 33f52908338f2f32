//! Facts of Django's test folder `expressions_case`.

use orm::functions::{coalesce, concat, when};
use orm::prelude::*;
use tests::library::{Author, Book};
use tests::shop::{Order, User};

use super::{ids, library, shop};

#[orm::test]
async fn in_an_annotation(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let query =
        query!(Order.annotate(size = if .total < 15.0 { "s" } else if .total < 35.0 { "m" } else { "l" }));
    let sizes: Vec<String> =
        query!(query.order_by(.id)).all(&db).await?.into_iter().map(|order| order.size).collect();
    assert_eq!(sizes, ["s", "m", "m", "l", "l"]);
    assert_eq!(query!(query.filter(.size != "m")).count(&db).await?, 3);
    let by_size = query!(query.order_by(.size, -.id).values_list(.size, .id)).all(&db).await?;
    assert_eq!(by_size.iter().map(|(_, id)| *id).collect::<Vec<_>>(), [5, 4, 3, 2, 1]);
    Ok(())
}

#[orm::test]
async fn without_a_default_it_is_null(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let query = query!(Order.annotate(known = if .note != None { .note }).order_by(.id));
    let known: Vec<Option<String>> = query.all(&db).await?.into_iter().map(|order| order.known).collect();
    assert_eq!(known, [Some("gift".into()), None, Some("urgent".into()), None, Some("gift".into())]);
    assert_eq!(query!(query.exclude(.known == "gift")).count(&db).await?, 3);
    Ok(())
}

#[orm::test]
async fn the_first_true_condition_wins(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let query = query!(Order.annotate(which = when(.id > 0, 1).when(.id > 1, 2).otherwise(3)));
    assert!(query.all(&db).await?.iter().all(|order| order.which == 1));
    Ok(())
}

#[orm::test]
async fn conditions_over_relations(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let query = query!(Order.annotate(
        to = if .recipient.active { .recipient.email } else if .items.any(.quantity > 4) { "many" } else { .user.email }
    ));
    let to: Vec<Option<String>> = query!(query.order_by(.id).values_list(.to)).all(&db).await?;
    let to: Vec<&str> = to.iter().map(|to| to.as_deref().unwrap_or("-")).collect();
    assert_eq!(to, ["ada@x", "many", "ada@x", "cy@x", "cy@x"]);
    Ok(())
}

#[orm::test]
async fn aggregates_as_conditions_and_values(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let query = query!(User.annotate(
        kind = if .orders.count() > 1 { "regular" } else if .orders.exists() { "once" } else { "never" },
        worth = if .orders.total.sum() > 40.0 { .orders.total.sum() } else { .orders.total.max() }
    ));
    let users = query!(query.order_by(.id)).all(&db).await?;
    assert_eq!(
        users.iter().map(|user| user.kind.as_str()).collect::<Vec<_>>(),
        ["regular", "once", "regular", "never"]
    );
    assert_eq!(
        users.iter().map(|user| user.worth).collect::<Vec<_>>(),
        [Some(20.0), Some(30.0), Some(90.0), None]
    );
    assert_eq!(query!(query.filter(.kind == "regular", .worth > 50.0)).count(&db).await?, 1);
    Ok(())
}

#[orm::test]
async fn in_an_aggregate_and_in_its_filter(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let sums = query!(Order.aggregate(
        gifts = (if .note == "gift" { .total } else { 0.0 }).sum(),
        few = .total.sum().filter((if .items.exists() { .total } else { 1000.0 }) < 25.0),
        open = (if .note == None { .id }).count()
    ));
    let sums = sums.get(&db).await?;
    assert_eq!((sums.gifts, sums.few, sums.open), (Some(60.0), Some(30.0), 2));
    Ok(())
}

#[orm::test]
async fn groups_by_a_case(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let query = query!(Order
        .group_by(size = if .total < 25.0 { "small" } else { "large" })
        .annotate(n = .count(), most = .total.max())
        .order_by(-.size));
    let groups = query.all(&db).await?;
    let groups: Vec<_> = groups.iter().map(|group| (group.size.as_str(), group.n, group.most)).collect();
    assert_eq!(groups, [("small", 2, Some(20.0)), ("large", 3, Some(50.0))]);
    Ok(())
}

#[orm::test]
async fn an_order_with_nulls_first_and_a_case_of_a_case(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let query = query!(Order.order_by(
        (if .note != "urgent" { if .total > 20.0 { 2 } else { 1 } }).desc().nulls_first(),
        -.id
    ));
    assert_eq!(query!(query.values_list(.id)).all(&db).await?, [3, 5, 4, 2, 1]);
    Ok(())
}

#[orm::test]
async fn in_functions_and_comparisons(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let shown = query!(Book.values_list(
        .id,
        concat((.title, if .rating == None { " (unrated)" } else { "" })),
        coalesce(if .year > 2000 { .rating }, -1.0)
    ));
    let shown = query!(shown.order_by(.id)).all(&db).await?;
    assert_eq!(shown[1], (2, "Letters (unrated)".to_owned(), -1.0));
    assert_eq!(shown[2], (3, "Stones".to_owned(), 3.0));
    let same = query!(Book.filter((if .rating > 4.0 { .year } else { 2001 }) == .year));
    assert_eq!(ids!(&db, same), [1, 3]);
    Ok(())
}

#[orm::test]
async fn booleans_and_conditions_as_values(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let query = query!(Author.annotate(
        old = if .born < 1900 { true } else { false },
        rated = if .books.any(.rating != None) { .born == None } else { .born > 1900 }
    ));
    let authors = query!(query.order_by(.id)).all(&db).await?;
    assert_eq!(
        authors.iter().map(|a| (a.old, a.rated)).collect::<Vec<_>>(),
        [(true, false), (false, true), (false, true)]
    );
    assert_eq!(query!(query.filter(.rated && !.old).order_by(.id).values_list(.id)).all(&db).await?, [2, 3]);
    Ok(())
}

#[orm::test]
async fn values_of_every_type(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let day = chrono::NaiveDate::from_ymd_opt(2024, 2, 29).unwrap();
    let bytes = vec![1_u8, 2];
    let query = query!(Order.order_by(.id).values(
        day = if .id == 1 { day } else { .placed_at.date() },
        at = if .id == 1 { .placed_at },
        list = if .id == 1 { vec![1, 2] } else { vec![] },
        bytes = if .id == 1 { bytes },
        data = if .id == 1 { serde_json::json!({"a": 1}) } else { serde_json::Value::Null },
        float = if .id == 1 { f32::MAX } else { 0.5 }
    )[..2]);
    let rows = query.all(&db).await?;
    assert_eq!((rows[0].day, rows[1].day.to_string()), (day, "2024-02-10".to_owned()));
    assert_eq!((rows[0].at.is_some(), rows[1].at), (true, None));
    assert_eq!((rows[0].list.as_slice(), rows[1].list.len()), (&[1, 2][..], 0));
    assert_eq!((rows[0].bytes.as_deref(), rows[1].bytes.as_deref()), (Some(&[1, 2][..]), None));
    assert_eq!((&rows[0].data["a"], &rows[1].data), (&serde_json::json!(1), &serde_json::Value::Null));
    assert_eq!((rows[0].float, rows[1].float), (f32::MAX, 0.5));
    Ok(())
}
