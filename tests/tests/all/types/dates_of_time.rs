//! The types of `time`.

use orm::prelude::*;
use time::macros::datetime;
use time::{Date, OffsetDateTime, PrimitiveDateTime, Time};

use super::come_back;

#[derive(Model, Debug, Clone)]
struct TimeMoment {
    id: i64,
    instant: OffsetDateTime,
    civil: PrimitiveDateTime,
    date: Date,
    time: Time,
    maybe_instant: Option<OffsetDateTime>,
    maybe_civil: Option<PrimitiveDateTime>,
    maybe_date: Option<Date>,
    maybe_time: Option<Time>,
    instants: Vec<OffsetDateTime>,
}

fn moment(id: i64, civil: PrimitiveDateTime) -> TimeMoment {
    let some = id % 2 == 1;
    TimeMoment {
        id,
        instant: civil.assume_utc(),
        civil,
        date: civil.date(),
        time: civil.time(),
        maybe_instant: some.then_some(civil.assume_utc()),
        maybe_civil: some.then_some(civil),
        maybe_date: some.then_some(civil.date()),
        maybe_time: some.then_some(civil.time()),
        instants: vec![civil.assume_utc(); id as usize % 3],
    }
}

#[orm::test]
async fn from_year_1_to_9999_by_the_microsecond(db: Db) -> orm::Result<()> {
    let rows = vec![
        moment(1, datetime!(0001-01-01 00:00:00)),
        moment(2, datetime!(9999-12-31 23:59:59.999999)),
        moment(3, datetime!(1970-01-01 00:00:00)),
        moment(4, datetime!(1969-12-31 23:59:59.999999)),
        moment(5, datetime!(2000-02-29 12:30:00.000001)),
    ];
    come_back!(
        &db,
        TimeMoment {
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
