//! Now, and dates and times seen from elsewhere.

use super::{Calendar, Clock, HasDate, Of, Timestamp, With, around, strict};
use crate::ast::Template;
use crate::expr::{Constant, Expr, Expression, Term};
use crate::types::FieldType;

/// The moment at which the transaction began, in UTC: `now()`. It has the type of the column beside it.
pub fn now<T: Timestamp>() -> Constant<T> {
    Constant::new(match <T as HasDate>::CLOCK {
        Clock::Local => Template::of(vec!["(now() AT TIME ZONE 'UTC')".into()], false),
        Clock::Instant | Clock::Date | Clock::Time => Template::call("now", [], false),
    })
}

/// The date in UTC at which the transaction began: `CAST(now() AT TIME ZONE 'UTC' AS date)`.
pub fn current_date<T: Calendar>() -> Constant<T> {
    Constant::new(Template::of(vec!["CAST(now() AT TIME ZONE 'UTC' AS date)".into()], false))
}

/// Another random UUID for each row: `gen_random_uuid()`.
#[cfg(feature = "uuid")]
pub fn random_uuid() -> Constant<uuid::Uuid> {
    Constant::new(Template::call("gen_random_uuid", [], false))
}

/// Dates and times of timestamps. NULL where the timestamp is.
impl<P, T: FieldType> Expr<P, T>
where
    Self: Expression<Type = T>,
{
    /// The local time of an instant in a time zone, or the instant of a local time there:
    /// `self AT TIME ZONE zone`. `.created_at.at_time_zone("Europe/Berlin").hour()` is the hour in Berlin.
    pub fn at_time_zone<V>(self, zone: V) -> With<Self, V, String, <T::Base as Timestamp>::InZone>
    where
        T::Base: Timestamp,
        V: Term<<Self as Expression>::Model, String>,
    {
        let zone = zone.into_term();
        Expr::new(strict(["(".into(), self.node.into(), " AT TIME ZONE ".into(), zone.into(), ")".into()]))
    }

    /// The date, of an instant that in UTC: `CAST(self AS date)`.
    pub fn date(self) -> Of<Self, <T::Base as Timestamp>::Date>
    where
        T::Base: Timestamp,
    {
        Expr::new(match <T::Base as HasDate>::CLOCK {
            Clock::Instant => around("CAST(", self.node, " AT TIME ZONE 'UTC' AS date)"),
            Clock::Local | Clock::Date | Clock::Time => around("CAST(", self.node, " AS date)"),
        })
    }

    /// The time of day, of an instant that in UTC: `CAST(self AS time)`.
    pub fn time(self) -> Of<Self, <T::Base as Timestamp>::Time>
    where
        T::Base: Timestamp,
    {
        Expr::new(match <T::Base as HasDate>::CLOCK {
            Clock::Instant => around("CAST(", self.node, " AT TIME ZONE 'UTC' AS time)"),
            Clock::Local | Clock::Date | Clock::Time => around("CAST(", self.node, " AS time)"),
        })
    }
}
