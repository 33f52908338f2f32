//! Which column types have dates and times in them.

use crate::types::ColumnType;

/// What a moment of a type is, and so how its parts are taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// An instant, `timestamptz`: its parts are those in UTC, whatever the time zone of the session.
    Instant,
    /// A date and a time of some place, `timestamp`.
    Local,
    /// A date.
    Date,
    /// A time.
    Time,
}

/// A column type with a year, a month and a day.
#[diagnostic::on_unimplemented(
    message = "a column of type `{Self}` has no year, month or day",
    label = "not a date or a timestamp"
)]
pub trait HasDate: ColumnType {
    /// What a value is.
    const CLOCK: Clock;
}

/// A column type with an hour, a minute and a second.
#[diagnostic::on_unimplemented(
    message = "a column of type `{Self}` has no hour, minute or second",
    label = "not a time or a timestamp"
)]
pub trait HasTime: ColumnType {
    /// What a value is.
    const CLOCK: Clock;
}

/// A column type with a date and a time.
#[diagnostic::on_unimplemented(
    message = "a column of type `{Self}` is not a timestamp",
    label = "not a timestamp"
)]
pub trait Timestamp: HasDate + HasTime {
    /// The type of its dates.
    type Date: ColumnType;
    /// The type of its times.
    type Time: ColumnType;
    /// What it is on the clocks of a time zone: a local time of an instant, an instant of a local time.
    type InZone: ColumnType;
}

/// A column type that is a date and nothing more.
#[diagnostic::on_unimplemented(message = "a column of type `{Self}` is not a date", label = "not a date")]
pub trait Calendar: HasDate {}

#[allow(unused_macros, reason = "used by each crate of dates, of which there may be none")]
macro_rules! temporal {
    ($instant:ty, $local:ty, $date:ty, $time:ty) => {
        temporal! { @instant $instant, $local, $date, $time }
        temporal! { @dated $local, Local }
        temporal! { @timed $local, Local }
        #[diagnostic::do_not_recommend]
        impl Timestamp for $local {
            type Date = $date;
            type Time = $time;
            type InZone = $instant;
        }
        temporal! { @dated $date, Date }
        temporal! { @timed $time, Time }
        #[diagnostic::do_not_recommend]
        impl Calendar for $date {}
    };
    (@instant $instant:ty, $local:ty, $date:ty, $time:ty) => {
        temporal! { @dated $instant, Instant }
        temporal! { @timed $instant, Instant }
        #[diagnostic::do_not_recommend]
        impl Timestamp for $instant {
            type Date = $date;
            type Time = $time;
            type InZone = $local;
        }
    };
    (@dated $ty:ty, $clock:ident) => {
        #[diagnostic::do_not_recommend]
        impl HasDate for $ty {
            const CLOCK: Clock = Clock::$clock;
        }
    };
    (@timed $ty:ty, $clock:ident) => {
        #[diagnostic::do_not_recommend]
        impl HasTime for $ty {
            const CLOCK: Clock = Clock::$clock;
        }
    };
}

#[cfg(feature = "chrono")]
temporal! { chrono::DateTime<chrono::Utc>, chrono::NaiveDateTime, chrono::NaiveDate, chrono::NaiveTime }
#[cfg(feature = "chrono")]
temporal! {
    @instant chrono::DateTime<chrono::FixedOffset>, chrono::NaiveDateTime, chrono::NaiveDate, chrono::NaiveTime
}
#[cfg(feature = "time")]
temporal! { time::OffsetDateTime, time::PrimitiveDateTime, time::Date, time::Time }
#[cfg(feature = "jiff")]
temporal! { jiff::Timestamp, jiff::civil::DateTime, jiff::civil::Date, jiff::civil::Time }
