//! Changes to the rows of a query set, to be run by `execute`.

use std::marker::PhantomData;
use std::sync::Arc;

use super::{QuerySet, State, Whole};
use crate::ast::{self, Action, Expr, Select, Write};
use crate::expr::{Assignment, Assignments, Columns, Outputs};
use crate::model::{Model, Root, Row, WholeRows};
use crate::schema::Table;
use crate::types::{Cursor, Mismatch};

/// New values for columns of the rows of a query set.
///
/// - `M`: the model.
#[must_use = "nothing is updated until `execute(&db)` is awaited"]
#[derive(Debug)]
pub struct Update<M> {
    pub(crate) node: Write,
    model: PhantomData<fn() -> M>,
}

/// The end of the rows of a query set.
///
/// - `M`: the model.
#[must_use = "nothing is deleted until `execute(&db)` is awaited"]
#[derive(Debug)]
pub struct Delete<M> {
    pub(crate) node: Write,
    model: PhantomData<fn() -> M>,
}

/// An update or a delete that returns something of each row that it touched.
///
/// - `T`: what is returned of each row.
#[must_use = "nothing is written until `execute(&db)` is awaited"]
#[derive(Debug)]
pub struct Returning<T> {
    pub(crate) node: Write,
    pub(crate) decode: fn(&mut Cursor<'_>) -> Result<T, Mismatch>,
}

/// Rows whose columns are to be updated, each to its own values.
///
/// - `M`: the model.
#[must_use = "nothing is updated until `execute(&db)` is awaited"]
#[derive(Debug)]
pub struct BulkUpdate<'r, M> {
    pub(crate) filter: ast::Predicate,
    pub(crate) rows: Vec<&'r M>,
    pub(crate) columns: Vec<ast::Expr>,
}

impl<M: Model, S: WholeRows<Model = M>, St: State> QuerySet<M, S, St> {
    /// Sets columns of all rows of the query set, in one statement: `UPDATE .. SET .. WHERE ..`. Every value is computed
    /// from the row as it was before. An order and what the query set loads do not matter.
    ///
    /// `Order::objects().filter(|o| o.id().eq(1)).update(|o| (o.total().set(o.total() * 1.1), o.note().set_null()))`
    ///
    /// Nothing is sent before `execute(&db)` is awaited.
    pub fn update<A: Assignments<M>>(self, set: impl FnOnce(M::Fields<Root<M>>) -> A) -> Update<M>
    where
        St: Writable,
    {
        let set = set(Default::default()).into_assignments();
        Update { node: write(&self.select, Action::Update(set)), model: PhantomData }
    }

    /// Deletes all rows of the query set, in one statement: `DELETE FROM .. WHERE ..`. What becomes of rows that refer to
    /// them, the database knows: `on_delete` of their `belongs_to`.
    ///
    /// Nothing is sent before `execute(&db)` is awaited.
    pub fn delete(self) -> Delete<M>
    where
        St: Writable,
    {
        Delete { node: write(&self.select, Action::Delete), model: PhantomData }
    }

    /// Updates many rows by their primary keys, each to the values of its own `columns`, in one statement:
    /// `UPDATE .. FROM unnest(..)`. Rows that the query set's filter leaves out stay as they are.
    ///
    /// `Order::objects().bulk_update(&orders, |o| (o.total(), o.note()))`
    ///
    /// Nothing is sent before `execute(&db)` is awaited.
    pub fn bulk_update<'r, R, C>(
        self,
        rows: impl IntoIterator<Item = &'r R>,
        columns: impl FnOnce(M::Fields<Root<M>>) -> C,
    ) -> BulkUpdate<'r, M>
    where
        St: Writable,
        R: Row<Model = M>,
        C: Columns<M>,
    {
        let columns = columns(Default::default()).into_columns();
        let rows = rows.into_iter().map(R::model).collect();
        BulkUpdate { filter: filter(&self.select), rows, columns }
    }
}

/// A change to the rows that pass the filter of `select`.
fn write(select: &Arc<Select>, action: Action) -> Write {
    Write { table: select.table, action, filter: filter(select), returning: Vec::new() }
}

/// The condition that a row is one of `select`.
fn filter(select: &Arc<Select>) -> ast::Predicate {
    let select = select.resolved();
    let Select {
        table: _,
        // The state of the query set has no other.
        base: _,
        filter,
        keys: _,
        order: _,
        limit: _,
        offset: _,
        related: _,
        named: _,
        outputs: _,
        group: _,
        distinct: _,
        lock: _,
    } = &*select;
    if filter.has(|expr| matches!(expr, Expr::Window(_))) { by_key(&select) } else { filter.clone() }
}

/// The condition that a row is one of the query, by its key: a window function has to see all rows, and not only those
/// that are written.
fn by_key(select: &Arc<Select>) -> ast::Predicate {
    let table = select.table;
    let column = |&index: &usize| Expr::Column(ast::ColumnRef { path: None, table, index });
    let mut inner =
        Select { order: Vec::new(), related: Vec::new(), named: Vec::new(), ..Select::clone(select) };
    inner.deselect();
    if let [key] = table().primary_key {
        let (expr, ty) = (column(key), table().columns[*key].ty);
        inner.outputs.push(ast::Output { name: "", expr: expr.clone(), ty, selected: true });
        return ast::Predicate::InQuery { expr, select: Arc::new(inner), negated: false };
    }
    let mut same = Select::new(table);
    for key in table().primary_key {
        same.refine(ast::Predicate::Compare {
            op: ast::CompareOp::Eq,
            left: column(key),
            right: Expr::Outer(Box::new(column(key))),
            negated: false,
        });
    }
    same.base = ast::Base::Derived(Arc::new(windowless(inner)));
    ast::Predicate::ExistsQuery { select: Arc::new(same), negated: false }
}

/// The query with nothing but its filter.
fn windowless(select: Select) -> Select {
    Select { outputs: Vec::new(), ..select }
}

impl<M: Model> Update<M> {
    /// Returns columns of the rows, or expressions over them, as they are after the update: a `Vec` of values, or of
    /// tuples where there are several.
    ///
    /// `update.returning(|o| (o.id(), o.total()))`: one statement, `UPDATE .. RETURNING ..`.
    pub fn returning<O: Outputs<M>>(
        self,
        outputs: impl FnOnce(M::Fields<Root<M>>) -> O,
    ) -> Returning<O::Row> {
        returning(self.into_written(), outputs(Default::default()))
    }

    /// Returns the rows as they are after the update: one statement, `UPDATE .. RETURNING ..`.
    pub fn returning_rows(self) -> Returning<M> {
        returning_rows(self.into_written())
    }
}

impl<M: Model> Delete<M> {
    /// Returns columns of the deleted rows, or expressions over them: a `Vec` of values, or of tuples where there are
    /// several.
    ///
    /// `delete.returning(|o| (o.id(), o.total()))`: one statement, `DELETE .. RETURNING ..`.
    pub fn returning<O: Outputs<M>>(
        self,
        outputs: impl FnOnce(M::Fields<Root<M>>) -> O,
    ) -> Returning<O::Row> {
        returning(self.into_written(), outputs(Default::default()))
    }

    /// Returns the deleted rows: one statement, `DELETE .. RETURNING ..`.
    pub fn returning_rows(self) -> Returning<M> {
        returning_rows(self.into_written())
    }
}

/// All columns of a table, in the order in which its model is decoded.
fn columns(table: fn() -> &'static Table) -> Vec<ast::Returned> {
    let column = |index| ast::Expr::Column(ast::ColumnRef { path: None, table, index });
    let columns = table().columns.iter().enumerate();
    columns.map(|(index, declared)| ast::Returned { expr: column(index), ty: declared.ty }).collect()
}

/// A state in which the rows of a query set can be updated or deleted.
#[diagnostic::on_unimplemented(
    message = "a sliced query set can be neither updated nor deleted",
    label = "not after a slice",
    note = "name the rows by a filter, as in `.filter(.id.is_in(keys))`; a slice is for reading"
)]
pub trait Writable: State {}

#[diagnostic::do_not_recommend]
impl Writable for Whole {}

/// What `returning` follows: an update or a delete.
#[diagnostic::on_unimplemented(
    message = "`returning` says what an update or a delete returns, and this is neither",
    label = "not after this",
    note = "write `query!(Order.filter(..).update(..).returning(.id))`, or `.delete().returning(.id)`"
)]
pub trait Writing {
    /// The model.
    type Model;
    /// The model's columns and relations.
    type Fields: Default;
    #[doc(hidden)]
    fn into_written(self) -> Written<Self::Model>;
}

#[diagnostic::do_not_recommend]
impl<M: Model> Writing for Update<M> {
    type Model = M;
    type Fields = M::Fields<Root<M>>;
    fn into_written(self) -> Written<M> {
        Written { node: self.node, model: PhantomData }
    }
}

#[diagnostic::do_not_recommend]
impl<M: Model> Writing for Delete<M> {
    type Model = M;
    type Fields = M::Fields<Root<M>>;
    fn into_written(self) -> Written<M> {
        Written { node: self.node, model: PhantomData }
    }
}

/// An update or a delete of rows of the model `M`.
#[doc(hidden)]
#[derive(Debug)]
pub struct Written<M> {
    node: Write,
    model: PhantomData<fn() -> M>,
}

/// What `query!` binds for the dots in `update` and `bulk_update` to stand on.
#[doc(hidden)]
pub fn own_fields<M: Model, S: WholeRows<Model = M>, St: State>(
    _: &QuerySet<M, S, St>,
) -> M::Fields<Root<M>> {
    Default::default()
}

/// What `query!` binds for `returning`: the write, and what makes the columns of its model for the dots.
#[doc(hidden)]
pub fn writing<W: Writing<Model = M, Fields = F>, M, F: Default>(write: W) -> (Written<M>, fn() -> F) {
    (write.into_written(), F::default)
}

/// What `query!` writes for `.update(column = value, ..)`.
#[doc(hidden)]
pub fn update<M: Model, S: WholeRows<Model = M>, St: Writable, const N: usize>(
    query: QuerySet<M, S, St>,
    set: [Assignment<M>; N],
) -> Update<M> {
    query.update(|_| set)
}

/// What `query!` writes for `.delete()`.
#[doc(hidden)]
pub fn delete<M: Model, S: WholeRows<Model = M>, St: Writable>(query: QuerySet<M, S, St>) -> Delete<M> {
    query.delete()
}

/// What `query!` writes for `.bulk_update(rows, .column, ..)`.
#[doc(hidden)]
pub fn bulk_update<'r, M: Model, S: WholeRows<Model = M>, St: Writable, R: Row<Model = M>, const N: usize>(
    query: QuerySet<M, S, St>,
    rows: impl IntoIterator<Item = &'r R>,
    columns: [ast::Expr; N],
) -> BulkUpdate<'r, M> {
    let rows = rows.into_iter().map(R::model).collect();
    BulkUpdate { filter: filter(&query.select), rows, columns: columns.into() }
}

/// What `query!` writes for `.returning(.column, ..)`.
#[doc(hidden)]
pub fn returning<M, O: Outputs<M, Row = T>, T>(write: Written<M>, outputs: O) -> Returning<T> {
    let node = Write { returning: outputs.into_outputs(), ..write.node };
    Returning { node, decode: O::decode }
}

/// What `query!` writes for `.returning()`.
#[doc(hidden)]
pub fn returning_rows<M: Model>(write: Written<M>) -> Returning<M> {
    let node = Write { returning: columns(M::table), ..write.node };
    Returning { node, decode: M::decode }
}
