//! The types of `chrono`.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use orm::prelude::*;

use super::come_back;

#[derive(Model, Debug, Clone)]
struct Moment {
    id: i64,
    instant: DateTime<Utc>,
    civil: NaiveDateTime,
    date: NaiveDate,
    time: NaiveTime,
    maybe_instant: Option<DateTime<Utc>>,
    maybe_civil: Option<NaiveDateTime>,
    maybe_date: Option<NaiveDate>,
    maybe_time: Option<NaiveTime>,
    instants: Vec<DateTime<Utc>>,
    civils: Vec<NaiveDateTime>,
    dates: Vec<NaiveDate>,
    times: Vec<NaiveTime>,
}

fn moment(id: i64, at: &str) -> Moment {
    let civil: NaiveDateTime = at.parse().unwrap();
    let (instant, date, time) = (civil.and_utc(), civil.date(), civil.time());
    let (some, n) = (id % 2 == 1, id as usize % 3);
    Moment {
        id,
        instant,
        civil,
        date,
        time,
        maybe_instant: some.then_some(instant),
        maybe_civil: some.then_some(civil),
        maybe_date: some.then_some(date),
        maybe_time: some.then_some(time),
        instants: vec![instant; n],
        civils: vec![civil; n],
        dates: vec![date; n],
        times: vec![time; n],
    }
}

#[orm::test]
async fn from_year_1_to_9999_by_the_microsecond(db: Db) -> orm::Result<()> {
    let rows = vec![
        moment(1, "0001-01-01T00:00:00"),
        moment(2, "9999-12-31T23:59:59.999999"),
        moment(3, "1970-01-01T00:00:00"),
        moment(4, "1969-12-31T23:59:59.999999"),
        moment(5, "2000-02-29T12:30:00.000001"),
        moment(6, "2000-01-01T00:00:00"),
        moment(7, "1582-10-10T06:00:00"),
    ];
    come_back!(
        &db,
        Moment {
            instant,
            civil,
            date,
            time,
            maybe_instant,
            maybe_civil,
            maybe_date,
            maybe_time,
            instants,
            civils,
            dates,
            times
        },
        rows
    );
    let day: NaiveDate = "2000-01-01".parse().unwrap();
    assert_eq!(query!(Moment.filter(.date >= day)).count(&db).await?, 3);
    Ok(())
}

#[derive(Model, Debug, Clone)]
struct Offset {
    id: i64,
    at: DateTime<FixedOffset>,
}

#[orm::test]
async fn an_instant_keeps_its_place_in_time_whatever_its_offset(db: Db) -> orm::Result<()> {
    db.create_tables(models![Offset]).await?;
    let at: DateTime<FixedOffset> = "2024-06-01T12:00:00+05:30".parse().unwrap();
    let created = query!(Offset.create(at = at)).execute(&db).await?;
    assert_eq!(created.at, at);
    let elsewhere: DateTime<FixedOffset> = "2024-06-01T06:30:00Z".parse().unwrap();
    assert_eq!(query!(Offset.filter(.at == elsewhere)).get(&db).await?.id, created.id);
    Ok(())
}

#[orm::test]
async fn infinity_is_not_a_moment(db: Db) -> orm::Result<()> {
    db.create_tables(models![Moment]).await?;
    Moment::objects().create(moment(1, "2000-01-01T00:00:00")).execute(&db).await?;
    for column in ["instant", "civil", "date"] {
        db.batch_execute(&format!("UPDATE moment SET {column} = 'infinity'")).await?;
        let error = Moment::objects().all(&db).await.unwrap_err();
        assert!(error.is_decode(), "{error}");
        assert!(error.to_string().contains(&format!("`{column}`")), "{error}");
        db.batch_execute(&format!("UPDATE moment SET {column} = 'epoch'")).await?;
    }
    assert_eq!(Moment::objects().all(&db).await?.len(), 1);
    Ok(())
}
