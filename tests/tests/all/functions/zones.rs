//! Time zones, and the types of the other two crates.

use chrono::{FixedOffset, NaiveDateTime};
use orm::functions::{Unit, current_date, months, now};
use orm::prelude::*;

use super::condition;

#[derive(Model, Debug, Clone)]
#[model(table = "events")]
struct Event {
    id: i64,
    at: chrono::DateTime<FixedOffset>,
    local: NaiveDateTime,
    zone: Option<String>,
}

async fn ids(db: &Db, query: QuerySet<Event>) -> orm::Result<Vec<i64>> {
    Ok(query!(query.order_by(.id)).all(db).await?.iter().map(|event| event.id).collect())
}

#[orm::test]
async fn local_times_and_instants(db: Db) -> orm::Result<()> {
    db.create_tables(models![Event]).await?;
    for (at, zone) in [("2024-12-31T23:30:00Z", Some("Europe/Berlin")), ("2024-06-30T22:30:00Z", None)] {
        let at: chrono::DateTime<FixedOffset> = at.parse().unwrap();
        query!(Event.create(at = at, local = at.naive_utc()))
            .zone(zone.map(String::from))
            .execute(&db)
            .await?;
    }
    // Both sides of summer time.
    assert_eq!(ids(&db, query!(Event.filter(.at.at_time_zone("Europe/Berlin").hour() == 0))).await?, [1, 2]);
    assert_eq!(ids(&db, query!(Event.filter(.at.year() == 2024))).await?, [1, 2]);
    assert_eq!(ids(&db, query!(Event.filter(.at.at_time_zone("Europe/Berlin").year() == 2025))).await?, [1]);
    assert_eq!(ids(&db, query!(Event.filter(.at.at_time_zone(.zone).year() == 2025))).await?, [1]);
    assert_eq!(ids(&db, query!(Event.exclude(.at.at_time_zone(.zone).year() == 2025))).await?, [2]);
    let july: NaiveDateTime = "2024-07-01T00:00:00".parse().unwrap();
    let month = query!(Event.filter(.at.at_time_zone("Europe/Berlin").trunc(Unit::Month) == july));
    assert_eq!(ids(&db, month).await?, [2]);
    // A local time becomes an instant, one hour or two before it.
    let there = query!(Event.filter(.local.at_time_zone("Europe/Berlin").hour() == 20));
    assert_eq!(ids(&db, there).await?, [2]);
    let error = ids(&db, query!(Event.filter(.at.at_time_zone("Nowhere").year() == 1))).await.unwrap_err();
    assert!(error.to_string().contains("Nowhere"), "{error}");
    Ok(())
}

#[orm::test]
async fn months_are_those_of_utc(db: Db) -> orm::Result<()> {
    db.create_tables(models![Event]).await?;
    // In Tokyo it is the last of March, and a month later the last of April.
    let at: chrono::DateTime<FixedOffset> = "2024-03-30T20:00:00Z".parse().unwrap();
    query!(Event.create(at = at, local = at.naive_utc())).execute(&db).await?;
    let tx = db.begin().await?;
    tx.batch_execute("SET LOCAL timezone = 'Asia/Tokyo'").await?;
    let later: chrono::DateTime<FixedOffset> = "2024-04-30T20:00:00Z".parse().unwrap();
    let found =
        query!(Event.filter(.at.plus(months(1)) == later && .local.plus(months(1)) == later.naive_utc()));
    assert_eq!(found.count(&tx).await?, 1);
    tx.rollback().await
}

#[derive(Model, Debug)]
#[model(table = "others")]
struct Other {
    id: i64,
    offset: time::OffsetDateTime,
    primitive: time::PrimitiveDateTime,
    date: time::Date,
    time: time::Time,
    stamp: jiff::Timestamp,
    civil: jiff::civil::DateTime,
    day: jiff::civil::Date,
    clock: Option<jiff::civil::Time>,
}

#[orm::test]
async fn of_time_and_jiff(db: Db) -> orm::Result<()> {
    db.create_tables(models![Other]).await?;
    let stamp: jiff::Timestamp = "2024-02-29T13:14:15Z".parse().unwrap();
    let civil = stamp.to_zoned(jiff::tz::TimeZone::UTC).datetime();
    let offset = time::OffsetDateTime::from_unix_timestamp(stamp.as_second()).unwrap();
    query!(Other.create(
        offset = offset,
        primitive = time::PrimitiveDateTime::new(offset.date(), offset.time()),
        date = offset.date(),
        time = offset.time(),
        stamp = stamp,
        civil = civil,
        day = civil.date()
    ))
    .execute(&db)
    .await?;
    let all = query!(Other.filter(
        .offset.year() == 2024 && .primitive.month() == 2 && .date.day() == 29 && .time.hour() == 13,
        .stamp.week() == 9 && .civil.minute() == 14 && .day.quarter() == 1,
        .offset.date() == .date && .primitive.time() == .time && .stamp.date() == .day,
        .offset.at_time_zone("UTC") == .primitive && .civil.at_time_zone("UTC") == .stamp,
        .offset < now() && .stamp < now() && .civil < now() && .date < current_date() && .day < current_date(),
        .clock.hour() != 1,
    ));
    assert_eq!(all.count(&db).await?, 1);
    assert_eq!(query!(Other.filter(.clock.hour() == 13)).count(&db).await?, 0);
    Ok(())
}

#[test]
fn what_is_sent() {
    assert_eq!(
        condition(&query!(Event.filter(.at.trunc(Unit::Week) == .at))),
        r#"date_trunc('week', t0."at", 'UTC') = t0."at""#
    );
    assert_eq!(
        condition(&query!(Event.filter(.at.year() == 2024))),
        r#"CAST(extract(year FROM (t0."at" AT TIME ZONE 'UTC')) AS integer) = $1 -- $1 = 2024"#
    );
    assert_eq!(
        condition(&query!(Event.filter(.at.at_time_zone("UTC").hour() == 1))),
        r#"CAST(extract(hour FROM (t0."at" AT TIME ZONE $1)) AS integer) = $2 -- $1 = "UTC", $2 = 1"#
    );
    assert_eq!(
        condition(&query!(Event.filter(.local.trunc(Unit::Week).date() < current_date()))),
        r#"CAST(date_trunc('week', t0."local") AS date) < CAST(now() AT TIME ZONE 'UTC' AS date)"#
    );
}
