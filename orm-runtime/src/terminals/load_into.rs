use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use futures_util::future::BoxFuture;

use crate::ast::{Keys, Select};
use crate::error::{Error, Result};
use crate::exec::Runs;
use crate::load;
use crate::model::{Key, Model, Selects, WholeRows};
use crate::queryset::{QuerySet, Refinable, State};
use crate::types::Cursor;

impl<M: Model, S: Selects<Model = M>, St: State> QuerySet<M, S, St> {
    /// What the query loads, beside rows in hand: the given rows as they are, in their order, with the relations and
    /// annotations of the query. A row may be given twice.
    ///
    /// `query!(User.prefetch_related(.orders.items)).load_into(&db, users)`
    ///
    /// What is loaded is that of the rows in the database, found by their keys; changes in memory, also of a foreign
    /// key, stay in the row and have no effect on it. Sends what [`all`](Self::all) sends: one statement for the rows, which
    /// joins to-one relations, and those of the to-many relations. No rows, no statement. Windows and `distinct_on` are of all rows
    /// of the query, as by [`in_bulk`](Self::in_bulk).
    ///
    /// # Errors
    ///
    /// [`Error::is_not_found`] where the query does not have one of the rows: it was deleted, or is filtered out. As
    /// [`all`](Self::all).
    pub fn load_into<'a, E: Runs<St>>(
        &self,
        db: &'a E,
        rows: impl IntoIterator<Item = M>,
    ) -> BoxFuture<'a, Result<Vec<S::Out>>>
    where
        S: WholeRows,
        St: Refinable,
        M::Key: Eq + Hash,
    {
        let rows: Vec<M> = rows.into_iter().collect();
        let mut select = Select::clone(&self.select);
        Box::pin(async move {
            if rows.is_empty() {
                return Ok(Vec::new());
            }
            let mut wanted: HashMap<M::Key, Vec<usize>> = HashMap::with_capacity(rows.len());
            for (position, row) in rows.iter().enumerate() {
                wanted.entry(row.key()).or_default().push(position);
            }
            let keys: Vec<M::Key> = rows.iter().map(M::key).collect();
            select.only_keys(Keys { columns: M::table().primary_key, values: M::Key::arrays(&keys) });
            let mut positions = Vec::with_capacity(rows.len());
            let mut copies = |cursor: &mut Cursor<'_>| {
                let found = wanted.remove(&M::decode(cursor)?.key()).unwrap_or_default();
                positions.extend_from_slice(&found);
                Ok(found.len())
            };
            let connection = db.acquire().await?;
            let (level, statement) =
                load::load_copies(&connection, &Arc::new(select), S::SHAPE, &mut copies).await?;
            if !wanted.is_empty() {
                return Err(Error::not_found(M::table().model, statement.text()));
            }
            Ok(put::<M, S>(rows, level.into_rows()?, positions))
        })
    }
}

/// The rows in hand in place of those that were loaded, in the order of the former.
fn put<M: Model, S: WholeRows<Model = M>>(
    rows: Vec<M>,
    loaded: Vec<S::Out>,
    positions: Vec<usize>,
) -> Vec<S::Out> {
    let mut loaded: Vec<(usize, S::Out)> = positions.into_iter().zip(loaded).collect();
    loaded.sort_unstable_by_key(|(position, _)| *position);
    let pairs = loaded.into_iter().zip(rows);
    pairs
        .map(|((_, mut loaded), row)| {
            *S::model_mut(&mut loaded) = row;
            loaded
        })
        .collect()
}
