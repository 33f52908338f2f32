use tokio_postgres::types::{Kind, Type};

use super::SqlType;

/// Whether what comes as `came` is read as it is where `expected` is asked for.
///
/// `char(n)` is no text here: it comes padded, and does not equal what it was.
#[inline]
fn same(expected: &Type, came: &Type) -> bool {
    expected == came || as_text(expected, came)
}

fn as_text(expected: &Type, came: &Type) -> bool {
    match *expected {
        Type::TEXT => matches!(*came, Type::VARCHAR | Type::NAME | Type::UNKNOWN),
        Type::TEXT_ARRAY => matches!(*came, Type::VARCHAR_ARRAY | Type::NAME_ARRAY),
        _ => false,
    }
}

impl SqlType {
    /// Whether a column of a statement of ours is read as this type.
    #[inline]
    pub(crate) fn comes_as(&self, came: &Type) -> bool {
        match self {
            SqlType::Builtin { wire, .. } => same(wire, came),
            SqlType::Enum { .. } | SqlType::Array(_) => same(&self.wire(), came),
        }
    }

    /// Whether a column of a statement that is not ours can be read as this type: as ours come, or an enum as itself,
    /// whose values are sent as their labels.
    pub(crate) fn reads(&self, came: &Type) -> bool {
        let as_itself = match self {
            SqlType::Builtin { .. } => false,
            SqlType::Enum { .. } => matches!(came.kind(), Kind::Enum(_)),
            SqlType::Array(element) => match came.kind() {
                Kind::Array(came) => element.reads(came),
                _ => false,
            },
        };
        as_itself || self.comes_as(came)
    }
}

impl SqlType {
    /// Whether these bytes can be a value of the type, as far as can be told without the server.
    pub(crate) fn takes(&self, bytes: &[u8]) -> bool {
        let text = || std::str::from_utf8(bytes).ok().filter(|text| !text.contains('\0'));
        match (self, self.wire()) {
            (SqlType::Enum { labels, .. }, _) => text().is_some_and(|text| labels.contains(&text)),
            (_, Type::BOOL) => matches!(bytes, [0 | 1]),
            (_, Type::INT2) => bytes.len() == 2,
            (_, Type::INT4 | Type::FLOAT4 | Type::DATE) => bytes.len() == 4,
            (_, Type::INT8 | Type::FLOAT8 | Type::TIME | Type::TIMESTAMP | Type::TIMESTAMPTZ) => {
                bytes.len() == 8
            }
            (_, Type::UUID) => bytes.len() == 16,
            (_, Type::TEXT) => text().is_some(),
            _ => true,
        }
    }
}
