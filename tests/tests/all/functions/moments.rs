//! Parts of dates and times, against `chrono`.

use chrono::{Datelike, NaiveDate, Timelike};
use orm::functions::{Unit, current_date, days, hours, months, now, years};
use orm::prelude::*;

use super::{Sample, condition, partitions, samples};

#[orm::test]
async fn parts(db: Db) -> orm::Result<()> {
    let rows = samples(&db).await?;
    partitions! { &db, Sample, &rows,
        { .at.year() == 2024 } => |s| s.at.year() == 2024;
        { .maybe_at.year() != 2024 } => |s| s.maybe_at.is_none_or(|at| at.year() != 2024);
        { .day.iso_year() == 2024 } => |s| s.day.iso_week().year() == 2024;
        { .local.quarter() == 2 } => |s| s.local.quarter() == 2;
        { .at.month().is_in([1, 12]) } => |s| matches!(s.at.month(), 1 | 12);
        { .at.week() == 52 } => |s| s.at.iso_week().week() == 52;
        { .day.day() > 20 } => |s| s.day.day() > 20;
        { .at.day_of_year() < 100 } => |s| s.at.ordinal() < 100;
        { .at.week_day() == 1 } => |s| s.at.weekday().number_from_sunday() == 1;
        { .local.iso_week_day() == 7 } => |s| s.local.weekday().number_from_monday() == 7;
        { .at.hour() == 22 } => |s| s.at.hour() == 22;
        { .time.hour() == 22 } => |s| s.time.hour() == 22;
        { .maybe_at.minute() > 30 } => |s| s.maybe_at.is_some_and(|at| at.minute() > 30);
        { .at.second() == 59 } => |s| s.at.second() == 59;
        { .at.second() == 60 } => |_| false;
        { .at.epoch() > 1.72e9 } => |s| s.at.timestamp() >= 1_720_000_000;
        { .maybe_at.date() == .day } => |s| s.maybe_at.is_some();
        { .at.date() == .day } => |_| true;
        { .at.time() == .time } => |_| true;
        { .local.date() == .day && .local.time() == .time } => |_| true;
    }
    Ok(())
}

#[orm::test]
async fn parts_of_an_instant_do_not_depend_on_the_session(db: Db) -> orm::Result<()> {
    samples(&db).await?;
    let tx = db.begin().await?;
    tx.batch_execute("SET LOCAL timezone = 'Asia/Tokyo'").await?;
    let same = query!(Sample.filter(
        .at.hour() == .time.hour() && .at.day() == .day.day() && .at.date() == .day && .at.time() == .time,
        .at.trunc(Unit::Day).hour() == 0 && .at.epoch() == .local.epoch(),
        .at.trunc(Unit::Day).at_time_zone("UTC") == .local.trunc(Unit::Day),
    ));
    assert_eq!(same.count(&tx).await?, 120);
    // All that was written before now, in UTC: the clock of the session is nine hours ahead.
    let written = query!(Sample.filter(.local < now()));
    assert_eq!(written.count(&tx).await?, query!(Sample.filter(.at < now())).count(&tx).await?);
    assert_eq!(query!(Sample.filter(.day == current_date())).exists(&tx).await?, {
        let today = chrono::Utc::now().date_naive();
        query!(Sample.filter(.day == today)).exists(&tx).await?
    });
    tx.rollback().await
}

#[orm::test]
async fn cut_to_a_unit(db: Db) -> orm::Result<()> {
    let rows = samples(&db).await?;
    let june = NaiveDate::from_ymd_opt(2024, 6, 1).unwrap();
    let at = june.and_hms_opt(0, 0, 0).unwrap();
    partitions! { &db, Sample, &rows,
        { .at.trunc(Unit::Month) == at.and_utc() } => |s| s.at.year() == 2024 && s.at.month() == 6;
        { .local.trunc(Unit::Month) == at } => |s| s.at.year() == 2024 && s.at.month() == 6;
        { .day.trunc(Unit::Month) == june } => |s| s.at.year() == 2024 && s.at.month() == 6;
        { .maybe_at.trunc(Unit::Month) < at.and_utc() } => |s| s.maybe_at.is_some_and(|m| m < at.and_utc());
        { .at.trunc(Unit::Year).year() == .at.year() } => |_| true;
        { .at.trunc(Unit::Quarter).month() == 4 } => |s| s.at.quarter() == 2;
        { .at.trunc(Unit::Week).iso_week_day() == 1 } => |_| true;
        { .at.trunc(Unit::Day).hour() == 0 && .at.trunc(Unit::Hour).hour() == .at.hour() } => |_| true;
        { .at.trunc(Unit::Minute).second() == 0 } => |_| true;
        { .at.trunc(Unit::Second) == .at } => |_| false;
    }
    Ok(())
}

#[orm::test]
async fn some_time_before_and_after(db: Db) -> orm::Result<()> {
    let rows = samples(&db).await?;
    let hour = std::time::Duration::from_secs(3600);
    partitions! { &db, Sample, &rows,
        { .at < now() - days(1) } => |s| s.at < chrono::Utc::now() - chrono::TimeDelta::days(1);
        { now() + years(500) > .maybe_at } => |s| s.maybe_at.is_some();
        { .local < now() && .local < now() - months(1) } => |s| s.local < chrono::Utc::now().naive_utc() - chrono::Months::new(1);
        { .day <= current_date() } => |s| s.day <= chrono::Utc::now().date_naive();
        { .at.plus(hours(1)).date() == .day } => |s| s.at.hour() < 23;
        { .at.minus(hour).plus(hour) == .at } => |_| true;
        { .maybe_at.minus(days(40)).year() == 2023 } =>
            |s| s.maybe_at.is_some_and(|at| (at - chrono::TimeDelta::days(40)).year() == 2023);
        { .maybe_at.between(now() - years(900), now()) } => |s| s.maybe_at.is_some_and(|at| at < chrono::Utc::now());
    }
    let by_methods = Sample::objects().filter(|s| s.at().gt(now() - days(7)));
    assert_eq!(condition(&by_methods), r#"t0."at" > (now() - make_interval(hours => $1)) -- $1 = 168"#);
    Ok(())
}
