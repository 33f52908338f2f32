//! Values that were encoded for the wire before their statement was built.

use std::error::Error as StdError;
use std::fmt;

use bytes::{BufMut, BytesMut};
use tokio_postgres::types::{Format, FromSql, IsNull, Kind, ToSql, Type, to_sql_checked};

use super::Mismatch;

type BoxError = Box<dyn StdError + Sync + Send>;

/// One value.
pub(crate) struct Encoded {
    ty: Type,
    format: Format,
    bytes: Option<BytesMut>,
}

impl Encoded {
    pub(crate) fn new(ty: Type, value: &(dyn ToSql + Sync)) -> Result<Encoded, BoxError> {
        let mut bytes = BytesMut::new();
        let is_null = value.to_sql_checked(&ty, &mut bytes)?;
        let format = value.encode_format(&ty);
        Ok(Encoded { ty, format, bytes: matches!(is_null, IsNull::No).then_some(bytes) })
    }
}

impl Encoded {
    /// A value as it came from the server, in its binary form.
    pub(crate) fn received(ty: Type, bytes: &[u8]) -> Encoded {
        Encoded { ty, format: Format::Binary, bytes: Some(bytes.into()) }
    }
}

impl ToSql for Encoded {
    fn to_sql(&self, _: &Type, out: &mut BytesMut) -> Result<IsNull, BoxError> {
        Ok(match &self.bytes {
            Some(bytes) => {
                out.put_slice(bytes);
                IsNull::No
            }
            None => IsNull::Yes,
        })
    }
    fn accepts(_: &Type) -> bool {
        true
    }
    fn encode_format(&self, _: &Type) -> Format {
        self.format
    }
    to_sql_checked!();
}

impl fmt::Debug for Encoded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        show(f, &self.ty, self.bytes.as_deref())
    }
}

/// Values for an array, encoded one after another.
#[derive(Debug, Default, Clone)]
pub(crate) struct Elements {
    bytes: BytesMut,
    len: usize,
    nulls: bool,
}

impl Elements {
    /// Appends a value that came from the server; `None` is NULL.
    pub(crate) fn push_bytes(&mut self, value: Option<&[u8]>) -> Result<(), BoxError> {
        match value {
            Some(bytes) => {
                self.bytes.put_i32(i32::try_from(bytes.len())?);
                self.bytes.put_slice(bytes);
            }
            None => {
                self.bytes.put_i32(-1);
                self.nulls = true;
            }
        }
        self.len += 1;
        Ok(())
    }
}

/// An array of values, encoded.
pub(crate) struct EncodedArray {
    element: Type,
    elements: Elements,
}

impl EncodedArray {
    pub(crate) fn new(element: Type, elements: Elements) -> EncodedArray {
        EncodedArray { element, elements }
    }

    pub(crate) fn len(&self) -> usize {
        self.elements.len
    }

    /// Appends a value.
    pub(crate) fn push(&mut self, value: &(dyn ToSql + Sync)) -> Result<(), BoxError> {
        let Elements { bytes, len, nulls } = &mut self.elements;
        let start = bytes.len();
        bytes.put_i32(-1);
        match value.to_sql_checked(&self.element, bytes)? {
            IsNull::No => {
                let length = i32::try_from(bytes.len() - start - 4)?;
                bytes[start..start + 4].copy_from_slice(&length.to_be_bytes());
            }
            IsNull::Yes => *nulls = true,
        }
        *len += 1;
        Ok(())
    }

    /// Appends a value that came from the server; `None` is NULL.
    pub(crate) fn push_bytes(&mut self, value: Option<&[u8]>) -> Result<(), BoxError> {
        self.elements.push_bytes(value)
    }
}

/// The elements of an array, each NULL or its bytes, up to where they are cut off.
#[derive(Debug, Default)]
pub(crate) struct ElementBytes<'a>(&'a [u8]);

impl<'a> ElementBytes<'a> {
    /// Those of an array of one dimension, as it came from the server.
    ///
    /// # Errors
    ///
    /// When the bytes are of something else.
    pub(crate) fn of(array: &'a [u8]) -> Result<ElementBytes<'a>, Mismatch> {
        let dimensions = array.first_chunk::<4>().map(|count| i32::from_be_bytes(*count));
        // How many dimensions, whether there are NULLs, the type of the elements; of each dimension length and start.
        match (dimensions, array.get(12..), array.get(20..)) {
            (Some(0), Some(rest), _) | (Some(1), _, Some(rest)) => Ok(ElementBytes(rest)),
            _ => Err(Mismatch("it is not an array of one dimension".into())),
        }
    }
}

impl<'a> Iterator for ElementBytes<'a> {
    type Item = Option<&'a [u8]>;

    fn next(&mut self) -> Option<Option<&'a [u8]>> {
        let (length, rest) = self.0.split_first_chunk::<4>()?;
        let Ok(length) = usize::try_from(i32::from_be_bytes(*length)) else {
            self.0 = rest;
            return Some(None);
        };
        let (value, rest) = rest.split_at_checked(length)?;
        self.0 = rest;
        Some(Some(value))
    }
}

impl ToSql for EncodedArray {
    fn to_sql(&self, _: &Type, out: &mut BytesMut) -> Result<IsNull, BoxError> {
        let Elements { bytes, len, nulls } = &self.elements;
        if *len == 0 {
            out.put_i32(0);
            out.put_i32(0);
            out.put_u32(self.element.oid());
        } else {
            out.put_i32(1);
            out.put_i32(i32::from(*nulls));
            out.put_u32(self.element.oid());
            out.put_i32(i32::try_from(*len)?);
            out.put_i32(1);
            out.put_slice(bytes);
        }
        Ok(IsNull::No)
    }
    fn accepts(_: &Type) -> bool {
        true
    }
    to_sql_checked!();
}

impl fmt::Debug for EncodedArray {
    /// The first few elements, and how many there are.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SHOWN: usize = 8;
        f.write_str("[")?;
        for (i, value) in ElementBytes(&self.elements.bytes).take(SHOWN).enumerate() {
            if i > 0 {
                f.write_str(", ")?;
            }
            show(f, &self.element, value)?;
        }
        if self.len() > SHOWN {
            write!(f, ", .. {} in all", self.len())?;
        }
        f.write_str("]")
    }
}

/// A value as a reader knows it, where its type is a common one; its bytes otherwise.
fn show(f: &mut fmt::Formatter<'_>, ty: &Type, bytes: Option<&[u8]>) -> fmt::Result {
    fn shown<'a, T: FromSql<'a> + fmt::Debug>(
        f: &mut fmt::Formatter<'_>,
        ty: &Type,
        bytes: &'a [u8],
    ) -> fmt::Result {
        match T::from_sql(ty, bytes) {
            Ok(value) => value.fmt(f),
            Err(_) => fmt::Debug::fmt(bytes, f),
        }
    }
    let Some(bytes) = bytes else { return f.write_str("NULL") };
    match *ty {
        Type::BOOL => shown::<bool>(f, ty, bytes),
        Type::INT2 => shown::<i16>(f, ty, bytes),
        Type::INT4 => shown::<i32>(f, ty, bytes),
        Type::INT8 => shown::<i64>(f, ty, bytes),
        Type::FLOAT4 => shown::<f32>(f, ty, bytes),
        Type::FLOAT8 => shown::<f64>(f, ty, bytes),
        Type::TEXT | Type::VARCHAR | Type::NAME => shown::<&str>(f, ty, bytes),
        Type::INT8_ARRAY => shown::<Vec<Option<i64>>>(f, ty, bytes),
        Type::TEXT_ARRAY => shown::<Vec<Option<&str>>>(f, ty, bytes),
        #[cfg(feature = "chrono")]
        Type::TIMESTAMPTZ => shown::<chrono::DateTime<chrono::Utc>>(f, ty, bytes),
        #[cfg(feature = "chrono")]
        Type::DATE => shown::<chrono::NaiveDate>(f, ty, bytes),
        #[cfg(feature = "uuid")]
        Type::UUID => shown::<uuid::Uuid>(f, ty, bytes),
        _ if matches!(ty.kind(), Kind::Enum(_)) => shown::<&str>(f, ty, bytes),
        _ => write!(f, "{} of {} bytes", ty.name(), bytes.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(values: &[Option<i64>]) -> BytesMut {
        let mut array = EncodedArray::new(Type::INT8, Elements::default());
        values.iter().for_each(|value| array.push(value).unwrap());
        let mut bytes = BytesMut::new();
        array.to_sql(&Type::INT8_ARRAY, &mut bytes).unwrap();
        bytes
    }

    #[test]
    fn elements_are_those_that_were_pushed() {
        for values in [vec![], vec![Some(7), None, Some(-1)]] {
            let bytes = encoded(&values);
            let came: Vec<Option<i64>> = ElementBytes::of(&bytes)
                .unwrap()
                .map(|value| value.map(|bytes| i64::from_be_bytes(bytes.try_into().unwrap())))
                .collect();
            assert_eq!(came, values);
        }
    }

    #[test]
    fn what_is_no_array_of_one_dimension() {
        let mut two = encoded(&[Some(7)]);
        two[3] = 2;
        for bytes in [&two[..], &[], &[0, 0, 0, 0], &encoded(&[Some(7)])[..16]] {
            let error = ElementBytes::of(bytes).unwrap_err();
            assert_eq!(error.to_string(), "it is not an array of one dimension");
        }
    }

    #[test]
    fn elements_end_where_they_are_cut_off() {
        let bytes = encoded(&[Some(7), Some(8)]);
        assert_eq!(ElementBytes::of(&bytes[..bytes.len() - 1]).unwrap().count(), 1);
    }
}
