//! Facts of Django's test folder `postgres_tests`: arrays and aggregates.

use orm::functions::coalesce;
use orm::prelude::*;
use serde_json::json;
use tests::library::Author;
use tests::shop::{Item, Order, User};

use super::{ids, library, shop};

#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
enum Day {
    Monday,
    Sunday,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "plans", has_many(visits: Visit.plan))]
struct Plan {
    id: i64,
    days: Vec<Day>,
    hours: Option<Vec<i32>>,
    labels: Vec<String>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "visits")]
struct Visit {
    id: i64,
    #[model(belongs_to = Plan)]
    plan_id: Option<i64>,
    day: Day,
    hour: i32,
}

async fn plans(db: &Db) -> orm::Result<()> {
    db.create_tables(models![Plan, Visit]).await?;
    let plan = |days: &[Day], labels: &[&str]| {
        let labels = labels.iter().map(ToString::to_string).collect();
        CreatePlan::from(NewPlan { days: days.to_vec(), labels })
    };
    let plans = [
        plan(&[], &["a", "b"]).hours(vec![8, 9, 10]),
        plan(&[Day::Monday], &[]).hours(Vec::new()),
        plan(&[Day::Sunday, Day::Monday], &["b"]),
    ];
    Plan::objects().bulk_create(plans).execute(db).await?;
    let visits = [
        (Some(1), Day::Monday, 9),
        (Some(1), Day::Sunday, 7),
        (Some(3), Day::Sunday, 8),
        (None, Day::Monday, 1),
    ];
    let visits = visits.map(|(plan, day, hour)| query!(Visit.create(day = day, hour = hour)).plan_id(plan));
    Visit::objects().bulk_create(visits).execute(db).await?;
    Ok(())
}

#[orm::test]
async fn arrays_of_relations_are_searched(db: Db) -> orm::Result<()> {
    plans(&db).await?;
    assert_eq!(ids!(&db, Visit.filter(.plan.hours.contains_value(.hour))), [1]);
    assert_eq!(ids!(&db, Visit.exclude(.plan.hours.contains_value(.hour))), [2, 3, 4]);
    assert_eq!(ids!(&db, Visit.filter(.plan.days.contains_value(.day))), [3]);
    assert_eq!(ids!(&db, Visit.filter(.plan.labels.len() > 1)), [1, 2]);
    assert_eq!(ids!(&db, Plan.filter(.visits.any(.day == Day::Sunday), .labels.overlap(["b"]))), [1, 3]);
    Ok(())
}

#[orm::test]
async fn an_empty_array_and_null_are_different(db: Db) -> orm::Result<()> {
    plans(&db).await?;
    assert_eq!(ids!(&db, Plan.filter(.hours == None)), [3]);
    assert_eq!(ids!(&db, Plan.filter(.hours.len() == 0)), [2]);
    let none: [i32; 0] = [];
    assert_eq!(ids!(&db, Plan.filter(.hours.contains(none))), [1, 2], "all contain nothing");
    assert_eq!(ids!(&db, Plan.filter(.hours.overlap(none))), [0_i64; 0]);
    assert_eq!(ids!(&db, Plan.exclude(.hours.overlap([9]))), [2, 3]);
    Ok(())
}

#[orm::test]
async fn arrays_are_updated_from_arrays(db: Db) -> orm::Result<()> {
    plans(&db).await?;
    let update = query!(Plan.update(
        hours = coalesce(.hours.slice(1..), vec![0]),
        days = if .days.len() == 0 { vec![Day::Sunday] } else { .days }
    ));
    let mut rows = update.returning(|p| (p.id(), p.hours(), p.days())).execute(&db).await?;
    rows.sort_by_key(|row| row.0);
    assert_eq!(
        rows,
        [
            (1, Some(vec![9, 10]), vec![Day::Sunday]),
            (2, Some(vec![]), vec![Day::Monday]),
            (3, Some(vec![0]), vec![Day::Sunday, Day::Monday])
        ]
    );
    Ok(())
}

#[orm::test]
async fn elements_are_ordered_by_and_grouped_by(db: Db) -> orm::Result<()> {
    plans(&db).await?;
    assert_eq!(
        query!(Plan.order_by(.labels.index(0).desc().nulls_last(), .id).values_list(.id)).all(&db).await?,
        [3, 1, 2]
    );
    let groups = query!(Plan.group_by(first = .days.index(0)).annotate(n = .count()).order_by(-.n, .first))
        .all(&db)
        .await?;
    let groups: Vec<_> = groups.iter().map(|group| (group.first, group.n)).collect();
    assert_eq!(groups, [(Some(Day::Monday), 1), (Some(Day::Sunday), 1), (None, 1)]);
    Ok(())
}

#[orm::test]
async fn a_list_of_values_in_arrays_of_arrays_of_rows(db: Db) -> orm::Result<()> {
    plans(&db).await?;
    let query = query!(Plan.annotate(
        days_visited = .visits.day.array_agg().distinct(),
        hours_visited = .visits.aggregate(.hour.array_agg().order_by(-.hour)),
        late = .visits.filter(.hour > 7).hour.array_agg()
    ));
    let rows = query!(query.order_by(.id)).all(&db).await?;
    assert_eq!(rows[0].days_visited, [Day::Monday, Day::Sunday]);
    assert_eq!((rows[0].hours_visited.as_slice(), rows[0].late.as_slice()), (&[9, 7][..], &[9][..]));
    assert_eq!((rows[1].days_visited.len(), rows[1].late.len()), (0, 0));
    assert_eq!(ids!(&db, query.filter(.hours_visited.contains_value(8))), [3]);
    assert_eq!(ids!(&db, query.filter(.days_visited.len() > 1)), [1]);
    Ok(())
}

#[orm::test]
async fn joined_texts_in_an_order_with_a_filter(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let query = query!(User.annotate(
        notes = .orders.aggregate(coalesce(.note, "-").string_agg(",").order_by(-.total)),
        big = .orders.aggregate(.note.string_agg(";").filter(.total > 15.0))
    ));
    let rows = query!(query.order_by(.id).values_list(.notes, .big)).all(&db).await?;
    let rows: Vec<_> = rows.iter().map(|(notes, big)| (notes.as_deref(), big.as_deref())).collect();
    assert_eq!(
        rows,
        [
            (Some("-,gift"), None),
            (Some("urgent"), Some("urgent")),
            (Some("gift,-"), Some("gift")),
            (None, None)
        ]
    );
    Ok(())
}

#[orm::test]
async fn booleans_aggregated(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let query = query!(Order.aggregate(
        all = .user.active.bool_and(),
        any = .recipient.active.bool_or(),
        few = (if .total > 20.0 { true } else { false }).bool_and().filter(.note == "urgent"),
        none = .user.active.bool_or().filter(.total > 99.0)
    ));
    let row = query.get(&db).await?;
    assert_eq!((row.all, row.any, row.few, row.none), (Some(false), Some(true), Some(true), None));
    Ok(())
}

#[orm::test]
async fn json_of_rows(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let query = query!(Author.annotate(ratings = .books.rating.json_agg(), years = .books.aggregate(.year.json_agg().order_by(.year))));
    let rows = query!(query.order_by(.id)).all(&db).await?;
    assert_eq!(rows[2].ratings, json!([]));
    assert_eq!((&rows[0].years, &rows[1].years), (&json!([1843, 1850]), &json!([2001, 2010])));
    assert_eq!(ids!(&db, query.filter(.years.contains(json!([2010])))), [2]);
    Ok(())
}

#[orm::test]
async fn statistics_of_groups(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let query = query!(Item.group_by(.product_id).annotate(
        n = .count(),
        mean = .quantity.avg(),
        spread = .quantity.stddev_pop(),
        sample = .quantity.variance()
    ));
    let rows = query!(query.order_by(.product_id)).all(&db).await?;
    assert_eq!((rows[0].n, rows[0].mean.map(|mean| (mean * 3.0).round())), (3, Some(10.0)));
    assert_eq!((rows[1].spread, rows[1].sample), (Some(0.0), None));
    Ok(())
}
