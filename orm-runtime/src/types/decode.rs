//! Values of the commonest types from their bytes. The types of a statement's columns are checked once, so that nothing
//! but the bytes has to be looked at here, which takes a fraction of the driver's time.

use super::Mismatch;

#[inline]
fn array<const N: usize>(bytes: &[u8]) -> Result<[u8; N], Mismatch> {
    bytes.try_into().map_err(|_| wrong_length(bytes.len(), N))
}

#[cold]
fn wrong_length(bytes: usize, expected: usize) -> Mismatch {
    Mismatch(format!("it has {bytes} bytes, not {expected}").into())
}

#[inline]
pub(super) fn bool(bytes: &[u8]) -> Result<bool, Mismatch> {
    array(bytes).map(|[byte]| byte != 0)
}

#[inline]
pub(super) fn i16(bytes: &[u8]) -> Result<i16, Mismatch> {
    array(bytes).map(i16::from_be_bytes)
}

#[inline]
pub(super) fn i32(bytes: &[u8]) -> Result<i32, Mismatch> {
    array(bytes).map(i32::from_be_bytes)
}

#[inline]
pub(super) fn i64(bytes: &[u8]) -> Result<i64, Mismatch> {
    array(bytes).map(i64::from_be_bytes)
}

#[inline]
pub(super) fn f32(bytes: &[u8]) -> Result<f32, Mismatch> {
    array(bytes).map(f32::from_be_bytes)
}

#[inline]
pub(super) fn f64(bytes: &[u8]) -> Result<f64, Mismatch> {
    array(bytes).map(f64::from_be_bytes)
}

#[inline]
pub(super) fn text(bytes: &[u8]) -> Result<String, Mismatch> {
    match str::from_utf8(bytes) {
        Ok(text) => Ok(text.into()),
        Err(error) => Err(Mismatch(error.into())),
    }
}

#[cfg(feature = "uuid")]
#[inline]
pub(super) fn uuid(bytes: &[u8]) -> Result<uuid::Uuid, Mismatch> {
    array(bytes).map(uuid::Uuid::from_bytes)
}

/// Microseconds since the year 2000, as PostgreSQL counts them.
#[cfg(feature = "chrono")]
#[inline]
pub(super) fn utc(bytes: &[u8]) -> Result<chrono::DateTime<chrono::Utc>, Mismatch> {
    const YEAR_2000: i64 = 946_684_800_000_000;
    let time = i64(bytes)?.checked_add(YEAR_2000).and_then(chrono::DateTime::from_timestamp_micros);
    time.ok_or_else(|| Mismatch("the time is infinite, or too far from today for `chrono`".into()))
}

#[cfg(feature = "chrono")]
#[inline]
pub(super) fn date_time(bytes: &[u8]) -> Result<chrono::NaiveDateTime, Mismatch> {
    utc(bytes).map(|time| time.naive_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        assert_eq!(i64(&[0xff; 8]).unwrap(), -1);
        assert_eq!(i32(&[0, 0, 1, 0]).unwrap(), 256);
        assert_eq!(i16(&[0x80, 0]).unwrap(), i16::MIN);
        assert_eq!(f64(&1.5_f64.to_be_bytes()).unwrap(), 1.5);
        assert!(bool(&[1]).unwrap() && !bool(&[0]).unwrap());
    }

    #[test]
    fn bytes_of_another_length() {
        assert_eq!(i64(&[0; 4]).unwrap_err().to_string(), "it has 4 bytes, not 8");
        assert!(i16(&[]).is_err() && bool(&[0, 0]).is_err());
    }

    #[test]
    fn texts() {
        assert_eq!(text("äö".as_bytes()).unwrap(), "äö");
        assert!(text(&[0xff]).is_err());
    }

    #[cfg(feature = "chrono")]
    #[test]
    fn times_are_those_of_the_driver() {
        use tokio_postgres::types::{FromSql, Type};

        let year = 31_557_600_000_000_i64;
        for micros in [0, 1, -1, year * 25, -year * 2_000, year * 200_000, -year * 200_000] {
            let bytes = micros.to_be_bytes();
            let driver = chrono::DateTime::<chrono::Utc>::from_sql(&Type::TIMESTAMPTZ, &bytes).unwrap();
            assert_eq!(utc(&bytes).unwrap(), driver);
            assert_eq!(date_time(&bytes).unwrap(), driver.naive_utc());
        }
        assert!(utc(&i64::MAX.to_be_bytes()).is_err() && utc(&i64::MIN.to_be_bytes()).is_err());
    }
}
