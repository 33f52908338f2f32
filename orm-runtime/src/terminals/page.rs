use std::sync::Arc;

use futures_util::future::BoxFuture;

use super::page_cursor::PageCursor;
use super::read::natural_order;
use crate::ast::{Order, Select};
use crate::error::{Error, Result};
use crate::exec::Runs;
use crate::load;
use crate::model::{Model, Selects};
use crate::queryset::{QuerySet, Refinable, State};
use crate::sql::Keyset;

/// Some of the rows of a query, and where the next ones begin: what [`QuerySet::page_after`] returns.
///
/// - `T`: the type of a row.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// What to ask for the next page with; `None` where this one was the last.
    pub next: Option<PageCursor>,
}

impl<M: Model, S: Selects<Model = M>, St: State> QuerySet<M, S, St> {
    /// The first `size` rows after the end of another page, or with `None` the first of all. The page says where it ends.
    ///
    /// The query may have any order. Rows that are equal in it come by their primary key (groups by what they are grouped
    /// by), so that each row is on one page exactly. A page is found by the values that the last row before it has in
    /// the order, and not by counting: it costs the same wherever it is, an index on the order serves it, and rows that
    /// are inserted or deleted elsewhere neither repeat nor hide any. A row whose place in the order changes between
    /// two pages can be on both or on neither.
    ///
    /// One statement, for one row more than `size`, to know whether there is another page; and those for the to-many
    /// relations that the query loads, as by [`all`](Self::all).
    ///
    /// `let page = orders.page_after(&db, None, 20).await?;`, then `orders.page_after(&db, page.next.as_ref(), 20)`
    ///
    /// # Errors
    ///
    /// [`Error::is_invalid_cursor`] where the cursor is not of this order; nothing is sent. A `size` of 0, and queries whose
    /// rows cannot be told apart: those with `distinct_on`, distinct values, `union_all`. As [`all`](Self::all).
    pub fn page_after<'a, E: Runs<St>>(
        &self,
        db: &'a E,
        cursor: Option<&PageCursor>,
        size: usize,
    ) -> BoxFuture<'a, Result<Page<S::Out>>>
    where
        St: Refinable,
    {
        let unique = natural_order::<S>(&self.select);
        let select = Select::clone(&self.select);
        let asked = asked(select, unique, S::SHAPE.whole, cursor, size);
        Box::pin(async move {
            let Asked { select, keyset } = asked?;
            if select.is_empty() {
                return Ok(Page { rows: Vec::new(), next: None });
            }
            let connection = db.acquire().await?;
            let (level, next) =
                load::load_page(&connection, &select, S::SHAPE, size, keyset.places()).await?;
            let next = next.map(|values| PageCursor { mark: keyset.mark(), values: values.into() });
            Ok(Page { rows: level.into_rows()?, next })
        })
    }
}

/// What a page asks.
struct Asked {
    select: Arc<Select>,
    keyset: Keyset,
}

fn asked(
    select: Select,
    unique: Vec<Order>,
    whole: bool,
    cursor: Option<&PageCursor>,
    size: usize,
) -> Result<Asked> {
    if size == 0 {
        return Err(Error::config("a page has one row at least: its size is 0"));
    }
    let mut keyset = Keyset::new(select, unique, whole).map_err(Error::config)?;
    if let Some(PageCursor { mark, values }) = cursor {
        if *mark != keyset.mark() || !keyset.takes(values) {
            return Err(Error::invalid_cursor(
                "the cursor is of a page of another query, or in another order",
            ));
        }
        keyset.after(values);
    }
    let select = keyset.first((size as u64).saturating_add(1));
    Ok(Asked { select, keyset })
}

#[cfg(feature = "serde")]
impl<T: serde::Serialize> serde::Serialize for Page<T> {
    fn serialize<Z: serde::Serializer>(&self, serializer: Z) -> Result<Z::Ok, Z::Error> {
        use serde::ser::SerializeStruct;
        let mut page = serializer.serialize_struct("Page", 2)?;
        page.serialize_field("rows", &self.rows)?;
        page.serialize_field("next", &self.next)?;
        page.end()
    }
}
