use tokio_postgres::types::{Kind, Type};

use super::SqlType;

/// Whether what comes as `came` is read as it is where `expected` is asked for.
///
/// `char(n)` is no text here: it comes padded, and does not equal what it was.
pub(crate) fn same(expected: &Type, came: &Type) -> bool {
    expected == came
        || match *expected {
            Type::TEXT => matches!(*came, Type::VARCHAR | Type::NAME | Type::UNKNOWN),
            Type::TEXT_ARRAY => matches!(*came, Type::VARCHAR_ARRAY | Type::NAME_ARRAY),
            _ => false,
        }
}

impl SqlType {
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
        as_itself || same(&self.wire(), came)
    }
}
