//! A parameter on its way to the driver, and what the driver says of it.

use std::{error, fmt};

use bytes::BytesMut;
use tokio_postgres::types::{Format, IsNull, ToSql, Type};

use crate::error::{BoxError, Error};
use crate::types::Param;

/// A parameter on its way to the driver. What its encoder objects to comes back as an [`Unencodable`], which tells a
/// bad value from a failed connection.
#[derive(Debug)]
pub(super) struct Bound<'a>(pub(super) &'a Param);

impl ToSql for Bound<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, BoxError> {
        self.to_sql_checked(ty, out)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    fn to_sql_checked(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, BoxError> {
        let encoded = self.0.value.to_sql_checked(ty, out);
        encoded.map_err(|source| Unencodable { ty: ty.clone(), source }.into())
    }

    fn encode_format(&self, ty: &Type) -> Format {
        self.0.value.encode_format(ty)
    }
}

/// The driver's error as ours, with a bad value told from a lost connection.
pub(super) fn driver_error(error: tokio_postgres::Error) -> Error {
    if error::Error::source(&error).is_some_and(|e| e.is::<Unencodable>()) {
        Error::encode(error)
    } else {
        Error::from_pg(error, None)
    }
}

/// A value that has no form in the wire format of its type.
#[derive(Debug)]
pub(super) struct Unencodable {
    ty: Type,
    source: BoxError,
}

impl fmt::Display for Unencodable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a value of type {}", self.ty)
    }
}

impl error::Error for Unencodable {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        Some(&*self.source)
    }
}
