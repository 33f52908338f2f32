use std::fmt;
use std::sync::Arc;

use tokio_postgres::types::{ToSql, Type};

/// The value bound to one placeholder of a statement, with the type it is sent as.
///
/// The type is always one that PostgreSQL has built in: an enum travels as text, under a cast in the statement, because
/// the driver would have to ask the catalogue about any other.
#[derive(Clone)]
pub struct Param {
    pub(crate) ty: Type,
    pub(crate) value: Arc<dyn ToSql + Send + Sync>,
}

impl Param {
    /// Takes the value and the type it is sent as. Whether the one fits the other is judged when the statement runs.
    pub fn new(ty: Type, value: impl ToSql + Send + Sync + 'static) -> Self {
        Self { ty, value: Arc::new(value) }
    }
}

impl fmt::Debug for Param {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}
