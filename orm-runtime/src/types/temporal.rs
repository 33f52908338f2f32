//! Dates and times of the three crates that the field uses.

use super::column_type::builtin;

#[cfg(feature = "chrono")]
builtin! {
    chrono::DateTime<chrono::Utc> => "timestamptz" TIMESTAMPTZ TIMESTAMPTZ_ARRAY utc;
    chrono::DateTime<chrono::FixedOffset> => "timestamptz" TIMESTAMPTZ TIMESTAMPTZ_ARRAY;
    chrono::NaiveDateTime => "timestamp" TIMESTAMP TIMESTAMP_ARRAY date_time;
    chrono::NaiveDate => "date" DATE DATE_ARRAY;
    chrono::NaiveTime => "time" TIME TIME_ARRAY;
}
#[cfg(feature = "time")]
builtin! {
    time::OffsetDateTime => "timestamptz" TIMESTAMPTZ TIMESTAMPTZ_ARRAY;
    time::PrimitiveDateTime => "timestamp" TIMESTAMP TIMESTAMP_ARRAY;
    time::Date => "date" DATE DATE_ARRAY;
    time::Time => "time" TIME TIME_ARRAY;
}
#[cfg(feature = "jiff")]
builtin! {
    jiff::Timestamp => "timestamptz" TIMESTAMPTZ TIMESTAMPTZ_ARRAY;
    jiff::civil::DateTime => "timestamp" TIMESTAMP TIMESTAMP_ARRAY;
    jiff::civil::Date => "date" DATE DATE_ARRAY;
    jiff::civil::Time => "time" TIME TIME_ARRAY;
}
