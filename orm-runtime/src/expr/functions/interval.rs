use std::ops::{Add, Sub};
use std::time::Duration;

use super::{Of, Timestamp, strict};
use crate::ast::{self, Template, Value};
use crate::expr::{Constant, Expr, Expression};
use crate::types::FieldType;

/// A span of time to move a timestamp by: `now() - days(7)`, or a [`Duration`].
///
/// Months are those of the calendar, and a day can last 23 or 25 hours where the time zone of the session has summer
/// time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    months: i32,
    days: i32,
    seconds: f64,
}

const NONE: Interval = Interval { months: 0, days: 0, seconds: 0.0 };

/// So many years of twelve months.
pub fn years(n: i32) -> Interval {
    months(n.saturating_mul(12))
}

/// So many months.
pub fn months(n: i32) -> Interval {
    Interval { months: n, ..NONE }
}

/// So many weeks of seven days.
pub fn weeks(n: i32) -> Interval {
    days(n.saturating_mul(7))
}

/// So many days.
pub fn days(n: i32) -> Interval {
    Interval { days: n, ..NONE }
}

/// So many hours.
pub fn hours(n: i32) -> Interval {
    seconds(f64::from(n) * 3600.0)
}

/// So many minutes.
pub fn minutes(n: i32) -> Interval {
    seconds(f64::from(n) * 60.0)
}

/// So many seconds.
pub fn seconds(n: f64) -> Interval {
    Interval { seconds: n, ..NONE }
}

impl From<Duration> for Interval {
    fn from(duration: Duration) -> Self {
        seconds(duration.as_secs_f64())
    }
}

impl Interval {
    /// `make_interval(days => $1)`
    fn into_node(self) -> ast::Expr {
        let Interval { months, days, seconds } = self;
        let (name, value) = match self {
            Interval { months: 1.. | ..=-1, .. } => ("make_interval(months => ", Value::one(months)),
            Interval { days: 1.. | ..=-1, .. } => ("make_interval(days => ", Value::one(days)),
            _ => ("make_interval(secs => ", Value::one(seconds)),
        };
        Template::of(vec![name.into(), ast::Expr::Value(value).into(), ")".into()], false)
    }
}

fn moved(moment: ast::Expr, operator: &'static str, interval: Interval) -> ast::Expr {
    strict(["(".into(), moment.into(), operator.into(), interval.into_node().into(), ")".into()])
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
        Expr::new(moved(self.node, " + ", interval.into()))
    }

    /// So much earlier: `self - make_interval(..)`.
    pub fn minus(self, interval: impl Into<Interval>) -> Of<Self, T::Base>
    where
        T::Base: Timestamp,
    {
        Expr::new(moved(self.node, " - ", interval.into()))
    }
}

impl<T: Timestamp, I: Into<Interval>> Add<I> for Constant<T> {
    type Output = Constant<T>;
    fn add(self, interval: I) -> Constant<T> {
        Constant::new(moved(self.node, " + ", interval.into()))
    }
}

impl<T: Timestamp, I: Into<Interval>> Sub<I> for Constant<T> {
    type Output = Constant<T>;
    fn sub(self, interval: I) -> Constant<T> {
        Constant::new(moved(self.node, " - ", interval.into()))
    }
}
