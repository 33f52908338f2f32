use std::ops::{Add, Sub};
use std::time::Duration;

use super::{Clock, HasDate, Of, Timestamp, strict};
use crate::ast::{self, Template, Value};
use crate::expr::{Constant, Expr, Expression};
use crate::types::FieldType;

/// A span of time to move a timestamp by: `now() - days(7)`, or a [`Duration`].
///
/// Months are those of the calendar, in UTC for an instant; a day has 24 hours, whatever the time zone of the session.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval(Span);

#[derive(Debug, Clone, Copy, PartialEq)]
enum Span {
    Months(i32),
    Hours(i32),
    Seconds(f64),
}

/// So many years of twelve months.
pub fn years(n: i32) -> Interval {
    months(n.saturating_mul(12))
}

/// So many months.
pub fn months(n: i32) -> Interval {
    Interval(Span::Months(n))
}

/// So many weeks of seven days.
pub fn weeks(n: i32) -> Interval {
    days(n.saturating_mul(7))
}

/// So many days of 24 hours.
pub fn days(n: i32) -> Interval {
    hours(n.saturating_mul(24))
}

/// So many hours.
pub fn hours(n: i32) -> Interval {
    Interval(Span::Hours(n))
}

/// So many minutes.
pub fn minutes(n: i32) -> Interval {
    seconds(f64::from(n) * 60.0)
}

/// So many seconds.
pub fn seconds(n: f64) -> Interval {
    Interval(Span::Seconds(n))
}

impl From<Duration> for Interval {
    fn from(duration: Duration) -> Self {
        seconds(duration.as_secs_f64())
    }
}

/// The moment, and before or after it a span: `(moment - make_interval(hours => $1))`.
fn moved(clock: Clock, moment: ast::Expr, operator: &'static str, Interval(span): Interval) -> ast::Expr {
    let (name, value) = match span {
        Span::Months(n) => ("make_interval(months => ", Value::one(n)),
        Span::Hours(n) => ("make_interval(hours => ", Value::one(n)),
        Span::Seconds(n) => ("make_interval(secs => ", Value::one(n)),
    };
    let interval = Template::of(vec![name.into(), ast::Expr::Value(value).into(), ")".into()], false);
    match (span, clock) {
        (Span::Months(_), Clock::Instant) => strict([
            "((".into(),
            moment.into(),
            " AT TIME ZONE 'UTC'".into(),
            operator.into(),
            interval.into(),
            ") AT TIME ZONE 'UTC')".into(),
        ]),
        _ => strict(["(".into(), moment.into(), operator.into(), interval.into(), ")".into()]),
    }
}

/// Timestamps some time before and after. NULL where the timestamp is.
impl<P, T: FieldType> Expr<P, T>
where
    Self: Expression<Type = T>,
{
    /// So much later: `self + make_interval(..)`.
    pub fn plus(self, interval: impl Into<Interval>) -> Of<Self, T::Base>
    where
        T::Base: Timestamp,
    {
        Expr::new(moved(<T::Base as HasDate>::CLOCK, self.node, " + ", interval.into()))
    }

    /// So much earlier: `self - make_interval(..)`.
    pub fn minus(self, interval: impl Into<Interval>) -> Of<Self, T::Base>
    where
        T::Base: Timestamp,
    {
        Expr::new(moved(<T::Base as HasDate>::CLOCK, self.node, " - ", interval.into()))
    }
}

impl<T: Timestamp, I: Into<Interval>> Add<I> for Constant<T> {
    type Output = Constant<T>;
    fn add(self, interval: I) -> Constant<T> {
        Constant::new(moved(<T as HasDate>::CLOCK, self.node, " + ", interval.into()))
    }
}

impl<T: Timestamp, I: Into<Interval>> Sub<I> for Constant<T> {
    type Output = Constant<T>;
    fn sub(self, interval: I) -> Constant<T> {
        Constant::new(moved(<T as HasDate>::CLOCK, self.node, " - ", interval.into()))
    }
}
