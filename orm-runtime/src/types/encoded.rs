//! Values that were encoded for the wire before their statement was built.

use std::error::Error as StdError;
use std::fmt;

use bytes::{BufMut, BytesMut};
use tokio_postgres::types::{Format, FromSql, IsNull, Kind, ToSql, Type, to_sql_checked};

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

/// An array of values, encoded one after another.
pub(crate) struct EncodedArray {
    element: Type,
    elements: BytesMut,
    len: usize,
    nulls: bool,
}

impl EncodedArray {
    pub(crate) fn new(element: Type) -> EncodedArray {
        EncodedArray { element, elements: BytesMut::new(), len: 0, nulls: false }
    }

    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// Appends a value.
    pub(crate) fn push(&mut self, value: &(dyn ToSql + Sync)) -> Result<(), BoxError> {
        let start = self.elements.len();
        self.elements.put_i32(-1);
        match value.to_sql_checked(&self.element, &mut self.elements)? {
            IsNull::No => {
                let length = i32::try_from(self.elements.len() - start - 4)?;
                self.elements[start..start + 4].copy_from_slice(&length.to_be_bytes());
            }
            IsNull::Yes => self.nulls = true,
        }
        self.len += 1;
        Ok(())
    }

    /// Appends a value that came from the server; `None` is NULL.
    pub(crate) fn push_bytes(&mut self, value: Option<&[u8]>) -> Result<(), BoxError> {
        match value {
            Some(bytes) => {
                self.elements.put_i32(i32::try_from(bytes.len())?);
                self.elements.put_slice(bytes);
            }
            None => {
                self.elements.put_i32(-1);
                self.nulls = true;
            }
        }
        self.len += 1;
        Ok(())
    }

    fn iter(&self) -> impl Iterator<Item = Option<&[u8]>> {
        let mut rest: &[u8] = &self.elements;
        std::iter::from_fn(move || {
            let (length, tail) = rest.split_first_chunk::<4>()?;
            let Ok(length) = usize::try_from(i32::from_be_bytes(*length)) else {
                rest = tail;
                return Some(None);
            };
            let (value, tail) = tail.split_at_checked(length)?;
            rest = tail;
            Some(Some(value))
        })
    }
}

impl ToSql for EncodedArray {
    fn to_sql(&self, _: &Type, out: &mut BytesMut) -> Result<IsNull, BoxError> {
        if self.len == 0 {
            out.put_i32(0);
            out.put_i32(0);
            out.put_u32(self.element.oid());
        } else {
            out.put_i32(1);
            out.put_i32(i32::from(self.nulls));
            out.put_u32(self.element.oid());
            out.put_i32(i32::try_from(self.len)?);
            out.put_i32(1);
            out.put_slice(&self.elements);
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
        for (i, value) in self.iter().take(SHOWN).enumerate() {
            if i > 0 {
                f.write_str(", ")?;
            }
            show(f, &self.element, value)?;
        }
        if self.len > SHOWN {
            write!(f, ", .. {} in all", self.len)?;
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
