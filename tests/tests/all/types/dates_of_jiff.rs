//! The types of `jiff`.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use orm::prelude::*;

use super::come_back;

#[derive(Model, Debug, Clone)]
struct JiffMoment {
    id: i64,
    instant: Timestamp,
    civil: DateTime,
    date: Date,
    time: Time,
    maybe_instant: Option<Timestamp>,
    maybe_civil: Option<DateTime>,
    maybe_date: Option<Date>,
    maybe_time: Option<Time>,
    instants: Vec<Timestamp>,
}

fn moment(id: i64, at: &str) -> JiffMoment {
    let civil: DateTime = at.parse().unwrap();
    let instant = civil.to_zoned(TimeZone::UTC).unwrap().timestamp();
    let some = id % 2 == 1;
    JiffMoment {
        id,
        instant,
        civil,
        date: civil.date(),
        time: civil.time(),
        maybe_instant: some.then_some(instant),
        maybe_civil: some.then_some(civil),
        maybe_date: some.then_some(civil.date()),
        maybe_time: some.then_some(civil.time()),
        instants: vec![instant; id as usize % 3],
    }
}

#[orm::test]
async fn from_year_1_to_9999_by_the_microsecond(db: Db) -> orm::Result<()> {
    let rows = vec![
        moment(1, "0001-01-01T00:00:00"),
        moment(2, "9999-12-30T21:59:59.999999"),
        moment(3, "1970-01-01T00:00:00"),
        moment(4, "1969-12-31T23:59:59.999999"),
        moment(5, "2000-02-29T12:30:00.000001"),
    ];
    come_back!(
        &db,
        JiffMoment {
            instant,
            civil,
            date,
            time,
            maybe_instant,
            maybe_civil,
            maybe_date,
            maybe_time,
            instants
        },
        rows
    );
    Ok(())
}
