//! Parts of dates and times.

use super::{Clock, HasDate, HasTime, Of, around};
use crate::ast;
use crate::expr::{Expr, Expression};
use crate::types::FieldType;

/// A unit of time that a date or a timestamp can be cut to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// The first of January.
    Year,
    /// The first day of January, April, July or October.
    Quarter,
    /// The first day of the month.
    Month,
    /// The Monday of the week.
    Week,
    /// Midnight.
    Day,
    /// The full hour.
    Hour,
    /// The full minute.
    Minute,
    /// The full second.
    Second,
}

/// The moment as an operand of `extract`: an instant as the local time of UTC.
fn moment(clock: Clock, expr: ast::Expr) -> ast::Expr {
    match clock {
        Clock::Instant => around("(", expr, " AT TIME ZONE 'UTC')"),
        Clock::Local | Clock::Date | Clock::Time => expr,
    }
}

/// `CAST(extract(part FROM moment) AS integer)`
fn part(before: &'static str, clock: Clock, expr: ast::Expr) -> ast::Expr {
    around(before, moment(clock, expr), ") AS integer)")
}

/// Parts of a date or a time. Those of a `timestamptz` are the parts in UTC, as in Rust; put
/// [`at_time_zone`](Self::at_time_zone) before them for those of another place. NULL where the date is.
impl<P, T: FieldType> Expr<P, T>
where
    Self: Expression<Type = T>,
{
    /// The year.
    pub fn year(self) -> Of<Self, i32>
    where
        T::Base: HasDate,
    {
        Expr::new(part("CAST(extract(year FROM ", <T::Base as HasDate>::CLOCK, self.node))
    }

    /// The year that the week belongs to by ISO 8601.
    pub fn iso_year(self) -> Of<Self, i32>
    where
        T::Base: HasDate,
    {
        Expr::new(part("CAST(extract(isoyear FROM ", <T::Base as HasDate>::CLOCK, self.node))
    }

    /// The quarter, 1 to 4.
    pub fn quarter(self) -> Of<Self, i32>
    where
        T::Base: HasDate,
    {
        Expr::new(part("CAST(extract(quarter FROM ", <T::Base as HasDate>::CLOCK, self.node))
    }

    /// The month, 1 to 12.
    pub fn month(self) -> Of<Self, i32>
    where
        T::Base: HasDate,
    {
        Expr::new(part("CAST(extract(month FROM ", <T::Base as HasDate>::CLOCK, self.node))
    }

    /// The week by ISO 8601, 1 to 53.
    pub fn week(self) -> Of<Self, i32>
    where
        T::Base: HasDate,
    {
        Expr::new(part("CAST(extract(week FROM ", <T::Base as HasDate>::CLOCK, self.node))
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> Of<Self, i32>
    where
        T::Base: HasDate,
    {
        Expr::new(part("CAST(extract(day FROM ", <T::Base as HasDate>::CLOCK, self.node))
    }

    /// The day of the year, 1 to 366.
    pub fn day_of_year(self) -> Of<Self, i32>
    where
        T::Base: HasDate,
    {
        Expr::new(part("CAST(extract(doy FROM ", <T::Base as HasDate>::CLOCK, self.node))
    }

    /// The day of the week, from 1 for Sunday to 7 for Saturday.
    pub fn week_day(self) -> Of<Self, i32>
    where
        T::Base: HasDate,
    {
        Expr::new(part("CAST(1 + extract(dow FROM ", <T::Base as HasDate>::CLOCK, self.node))
    }

    /// The day of the week by ISO 8601, from 1 for Monday to 7 for Sunday.
    pub fn iso_week_day(self) -> Of<Self, i32>
    where
        T::Base: HasDate,
    {
        Expr::new(part("CAST(extract(isodow FROM ", <T::Base as HasDate>::CLOCK, self.node))
    }

    /// The hour, 0 to 23.
    pub fn hour(self) -> Of<Self, i32>
    where
        T::Base: HasTime,
    {
        Expr::new(part("CAST(extract(hour FROM ", <T::Base as HasTime>::CLOCK, self.node))
    }

    /// The minute, 0 to 59.
    pub fn minute(self) -> Of<Self, i32>
    where
        T::Base: HasTime,
    {
        Expr::new(part("CAST(extract(minute FROM ", <T::Base as HasTime>::CLOCK, self.node))
    }

    /// The second, 0 to 59, its fraction cut off.
    pub fn second(self) -> Of<Self, i32>
    where
        T::Base: HasTime,
    {
        Expr::new(around("CAST(floor(extract(second FROM ", self.node, ")) AS integer)"))
    }

    /// The seconds since the start of 1970, with their fraction: `extract(epoch FROM self)`. The difference of two is
    /// the time between them.
    pub fn epoch(self) -> Of<Self, f64>
    where
        T::Base: HasDate,
    {
        Expr::new(around("CAST(extract(epoch FROM ", self.node, ") AS double precision)"))
    }

    /// The start of the unit of time that it falls in, of the same type: `date_trunc('month', self)`. An instant is
    /// cut in UTC, as in Rust; put [`at_time_zone`](Self::at_time_zone) before it for another place.
    pub fn trunc(self, unit: Unit) -> Of<Self, T::Base>
    where
        T::Base: HasDate,
    {
        Expr::new(truncated(<T::Base as HasDate>::CLOCK, unit, self.node))
    }
}

fn truncated(clock: Clock, unit: Unit, expr: ast::Expr) -> ast::Expr {
    let unit = match unit {
        Unit::Year => "date_trunc('year', ",
        Unit::Quarter => "date_trunc('quarter', ",
        Unit::Month => "date_trunc('month', ",
        Unit::Week => "date_trunc('week', ",
        Unit::Day => "date_trunc('day', ",
        Unit::Hour => "date_trunc('hour', ",
        Unit::Minute => "date_trunc('minute', ",
        Unit::Second => "date_trunc('second', ",
    };
    match clock {
        Clock::Instant => around(unit, expr, ", 'UTC')"),
        Clock::Local | Clock::Time => around(unit, expr, ")"),
        Clock::Date => {
            around("CAST(", around(unit, around("CAST(", expr, " AS timestamp)"), ")"), " AS date)")
        }
    }
}
