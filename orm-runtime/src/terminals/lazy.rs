use std::slice;

use tokio::sync::OnceCell;

use super::read::rows;
use crate::error::Result;
use crate::exec::{Acquire, Runs};
use crate::model::{Model, Selects};
use crate::queryset::{QuerySet, State, Whole};

/// A query set that remembers its rows: it runs at most once, when they are first asked for.
///
/// - `E`: what it runs on.
/// - `M`, `S`, `St`: as for [`QuerySet`].
#[derive(Debug)]
pub struct Lazy<'a, E, M, S: Selects = M, St = Whole> {
    query: QuerySet<M, S, St>,
    db: &'a E,
    rows: OnceCell<Vec<S::Out>>,
}

impl<M: Model, S: Selects<Model = M>, St: State> QuerySet<M, S, St> {
    /// This query set with a memory: evaluated at most once, whatever is asked of it.
    pub fn lazy<E: Runs<St>>(self, db: &E) -> Lazy<'_, E, M, S, St> {
        Lazy { query: self, db, rows: OnceCell::new() }
    }
}

impl<E: Acquire, M: Model, S: Selects<Model = M>, St: State> Lazy<'_, E, M, S, St> {
    /// The rows. The first call runs the query as [`QuerySet::all`] does; after an error the next call tries again.
    ///
    /// # Errors
    ///
    /// As [`QuerySet::all`].
    pub async fn rows(&self) -> Result<&[S::Out]> {
        let rows = self.rows.get_or_try_init(|| rows::<S, E>(self.db, &self.query.select)).await?;
        Ok(rows)
    }

    /// How many rows there are.
    ///
    /// # Errors
    ///
    /// As [`QuerySet::all`].
    pub async fn len(&self) -> Result<usize> {
        self.rows().await.map(<[_]>::len)
    }

    /// Whether there is no row.
    ///
    /// # Errors
    ///
    /// As [`QuerySet::all`].
    pub async fn is_empty(&self) -> Result<bool> {
        self.rows().await.map(<[_]>::is_empty)
    }

    /// The rows, one after another.
    ///
    /// # Errors
    ///
    /// As [`QuerySet::all`].
    pub async fn iter(&self) -> Result<slice::Iter<'_, S::Out>> {
        self.rows().await.map(<[_]>::iter)
    }

    /// The rows, owned.
    ///
    /// # Errors
    ///
    /// As [`QuerySet::all`].
    pub async fn into_rows(self) -> Result<Vec<S::Out>> {
        self.rows().await?;
        Ok(self.rows.into_inner().unwrap_or_default())
    }
}
