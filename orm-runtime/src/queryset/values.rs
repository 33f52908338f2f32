//! Values beside rows and in place of them.

use std::marker::PhantomData;

use super::{Aggregated, Countable, QuerySet, Refinable, State};
use crate::ast::{self, Base, Distinct, Output, Select};
use crate::expr::functions::Argument;
use crate::expr::{Constant, Expr, Expression, OrderedRows, Predicate};
use crate::model::{
    Aliased, Annotated, Annotation, Group, Grouped, Model, Projected, Projection, ProjectionOf, Record,
    Records, Root, Selects, Tuple, ValuesList, WholeRows,
};
use crate::tuples::each_tuple;
use crate::types::{ColumnType, FieldType};

/// A value of each row of a query.
///
/// - `U`: what a row stands for: a model, or a group of its rows.
#[diagnostic::on_unimplemented(
    message = "this is not a value of each row of the query",
    label = "expected a value of each `{U}`",
    note = "an aggregate such as `.total.sum()` is one value of many rows: use it in `aggregate`, or in `annotate` after `group_by`; over a relation, as `.orders.total.sum()`, it is one of each row",
    note = "after `group_by` only aggregates and what was grouped by are values of a group",
    note = "a relation is not a value: name one of its columns, as in `.user.id`"
)]
pub trait RowValue<U> {
    /// The type of the value.
    type Value: FieldType;
    /// The value without its types.
    #[doc(hidden)]
    fn into_row_value(self) -> ast::Expr;
}

#[diagnostic::do_not_recommend]
impl<U, E: Expression<Model = U>> RowValue<U> for E {
    type Value = E::Type;
    fn into_row_value(self) -> ast::Expr {
        self.into_node()
    }
}

#[diagnostic::do_not_recommend]
impl<U, B: ColumnType> RowValue<U> for Constant<B> {
    type Value = B;
    fn into_row_value(self) -> ast::Expr {
        self.node
    }
}

/// Whether a condition is true: `true` or `false`, never NULL.
#[diagnostic::do_not_recommend]
impl<U> RowValue<U> for Predicate<U> {
    type Value = bool;
    fn into_row_value(self) -> ast::Expr {
        Argument::<U>::into_argument(self)
    }
}

/// One value of all rows of the model `M`.
///
/// - `M`: the model.
#[diagnostic::on_unimplemented(
    message = "this is not an aggregate over rows of `{M}`",
    label = "a value of each row, and not one of all",
    note = "write `.count()`, or aggregate a column: `.total.sum()`"
)]
pub trait TotalValue<M>: Expression {}

#[diagnostic::do_not_recommend]
impl<M, E: Expression<Model = Group<M>>> TotalValue<M> for E {}

/// What `query!` writes for each value: an expression over the rows of `query`.
#[doc(hidden)]
pub fn value<Q: OrderedRows<Model = U>, U, E: RowValue<U, Value = T>, T: FieldType>(
    _: &Q,
    value: E,
) -> Expr<Root<U>, T> {
    Expr::new(value.into_row_value())
}

/// What `query!` writes for each value of `aggregate`.
#[doc(hidden)]
pub fn total<Q: OrderedRows<Model = M>, M, E: TotalValue<M> + Expression<Type = T>, T: FieldType>(
    _: &Q,
    value: E,
) -> Expr<Root<Group<M>>, T> {
    Expr::new(value.into_node())
}

/// What a name means that no column, relation or annotation has.
#[doc(hidden)]
#[derive(Debug)]
pub struct Free;

/// A name that is free.
#[diagnostic::on_unimplemented(
    message = "there is a column, a relation or an annotation of this name already",
    label = "name taken",
    note = "give the new value another name; for values alone, without the row, use `values(..)`"
)]
pub trait IsFree {}

impl IsFree for Free {}

/// What `query!` asks of the name of each annotation.
#[doc(hidden)]
pub fn free<T: IsFree>(_: T) {}

/// A value under a name, to be selected.
#[doc(hidden)]
pub fn output<U, T: FieldType>(name: &'static str, value: Expr<Root<U>, T>) -> Output {
    Output { name, expr: value.node, ty: T::Base::SQL, selected: true }
}

/// What `query!` writes for `.annotate(name = value)`.
#[doc(hidden)]
pub fn annotate<M: Model, S: Selects<Model = M>, St: Refinable, A: Annotation, const N: usize>(
    mut query: QuerySet<M, S, St>,
    _: PhantomData<A>,
    outputs: [Output; N],
) -> QuerySet<M, Annotated<S, A>, St> {
    query.select_mut().outputs.extend(outputs);
    query.retyped()
}

/// What `query!` writes for `.alias(name = value)`.
#[doc(hidden)]
pub fn alias<M: Model, S: Selects<Model = M>, St: Refinable, A: Annotation, const N: usize>(
    mut query: QuerySet<M, S, St>,
    _: PhantomData<A>,
    outputs: [Output; N],
) -> QuerySet<M, Aliased<S, A>, St> {
    let unselected = outputs.into_iter().map(|output| Output { selected: false, ..output });
    query.select_mut().outputs.extend(unselected);
    query.retyped()
}

/// What `query!` writes for `.values(name = value)`.
#[doc(hidden)]
pub fn values<M: Model, S: Selects<Model = M>, St: State, V: Record, const N: usize>(
    mut query: QuerySet<M, S, St>,
    _: PhantomData<V>,
    outputs: [Output; N],
) -> QuerySet<M, Records<S, V>, St> {
    select_only(query.select_mut(), outputs);
    query.retyped()
}

/// What `query!` writes for `.values_list(value, ..)`.
#[doc(hidden)]
pub fn values_list<M: Model, S: Selects<Model = M>, St: State, L: ValueList<S::Unit>>(
    mut query: QuerySet<M, S, St>,
    list: L,
) -> QuerySet<M, ValuesList<S, L::Types>, St> {
    select_only(query.select_mut(), list.into_outputs());
    query.retyped()
}

/// What `query!` writes for `.group_by(name = key)`.
#[doc(hidden)]
pub fn group_by<M: Model, S: WholeRows<Model = M>, St: Refinable + Countable, V: Record, const N: usize>(
    mut query: QuerySet<M, S, St>,
    _: PhantomData<V>,
    outputs: [Output; N],
) -> QuerySet<M, Grouped<S, V>, St> {
    let select = query.select_mut();
    // What was in an order of rows is no order of groups.
    if !matches!(select.distinct, Distinct::On(_)) {
        select.order.clear();
    }
    let key =
        |output: &Output| ast::Expr::Annotation { name: output.name, nullable: output.expr.is_nullable() };
    let keys: Vec<ast::Expr> = outputs.iter().map(key).collect();
    let outputs = if outputs.iter().any(|output| output.expr.has_subquery(&select.outputs)) {
        // PostgreSQL takes two copies of a subquery for two values, so the keys are computed once, before.
        let named = |(output, key): (&Output, &ast::Expr)| Output { expr: key.clone(), ..output.clone() };
        let named = outputs.iter().zip(&keys).map(named).collect();
        select_only(select, outputs);
        rows_first(select);
        named
    } else {
        outputs.to_vec()
    };
    one_group(select);
    select_only(select, outputs);
    select.group = Some(keys);
    query.retyped()
}

fn is_window(expr: &ast::Expr) -> bool {
    matches!(expr, ast::Expr::Window(_))
}

/// What `query!` writes for `.aggregate(name = value)`.
#[doc(hidden)]
pub fn aggregate<M: Model, S: WholeRows<Model = M>, St: Countable, V: Record, const N: usize>(
    mut query: QuerySet<M, S, St>,
    _: PhantomData<V>,
    outputs: [Output; N],
) -> QuerySet<M, Grouped<S, V>, Aggregated> {
    one_group(query.select_mut());
    select_only(query.select_mut(), outputs);
    query.retyped()
}

/// Makes one group of all rows.
fn one_group(select: &mut Select) {
    let windows = |output: &Output| output.expr.has(is_window);
    if select.is_sliced()
        || matches!(select.distinct, Distinct::On(_))
        || select.filter.has(is_window)
        || select.outputs.iter().any(windows)
    {
        rows_first(select);
    }
    select.order.clear();
    select.distinct = Distinct::No;
    (select.related, select.named) = (Vec::new(), Vec::new());
    select.group = Some(Vec::new());
}

/// Puts the query in the place of its table, so that what is said from now on is of its rows and the values beside them.
fn rows_first(select: &mut Select) {
    let mut inner = Select { related: Vec::new(), named: Vec::new(), ..select.clone() };
    inner.outputs.iter_mut().for_each(|output| output.selected = true);
    let outputs = inner.outputs.iter().enumerate().map(|(number, output)| {
        let expr = ast::Expr::Derived { number: number as u32, nullable: output.expr.is_nullable() };
        Output { expr, selected: false, ..output.clone() }
    });
    let outputs = outputs.collect();
    *select = Select { base: Base::Derived(inner.into()), outputs, ..Select::new(select.table) };
}

fn select_only(select: &mut Select, outputs: impl IntoIterator<Item = Output>) {
    select.deselect();
    (select.related, select.named) = (Vec::new(), Vec::new());
    select.add_outputs(outputs.into_iter().collect());
}

/// What `values_list` takes: an expression, or a tuple of up to eight.
///
/// - `U`: what the rows of the query stand for: the model, or a group of its rows.
#[diagnostic::on_unimplemented(
    message = "`values_list` takes an expression, or a tuple of up to eight",
    label = "one of these is not an expression over the rows of the query",
    note = "name columns: `|o| (o.id(), o.user().email())`"
)]
pub trait ValueList<U> {
    /// The types of the values, as a tuple.
    type Types: Tuple;
    #[doc(hidden)]
    fn into_outputs(self) -> Vec<Output>;
}

#[diagnostic::do_not_recommend]
impl<U, P, T: FieldType> ValueList<U> for Expr<P, T>
where
    Expr<P, T>: Expression<Model = U, Type = T>,
{
    type Types = (T,);
    fn into_outputs(self) -> Vec<Output> {
        vec![Output { name: "value", expr: self.into_node(), ty: T::Base::SQL, selected: true }]
    }
}

macro_rules! tuples {
    ($(($($E:ident $i:tt),+))*) => { $(
        #[diagnostic::do_not_recommend]
        impl<U, $($E: Expression<Model = U>),+> ValueList<U> for ($($E,)+) {
            type Types = ($($E::Type,)+);
            fn into_outputs(self) -> Vec<Output> {
                vec![$(Output {
                    name: "value",
                    expr: self.$i.into_node(),
                    ty: <$E::Base as ColumnType>::SQL,
                    selected: true,
                }),+]
            }
        }
    )* };
}
each_tuple!(tuples);

/// The rows as values of a struct of yours.
impl<M: Model, S: WholeRows<Model = M>, St: State> QuerySet<M, S, St> {
    /// Each row as a `T`, whose fields are columns, expressions and other projections. Only these are selected; to-many
    /// relations in it are loaded by one statement more each (two for a many-to-many one).
    ///
    /// `Order::objects().project::<Summary>()`, with `#[derive(Projection)]` on `Summary`.
    pub fn project<T: Projection<Model = M>>(mut self) -> QuerySet<M, ProjectionOf<T>, St> {
        let mut projected = Projected::default();
        T::select(&mut projected);
        select_only(self.select_mut(), projected.outputs);
        self.select_mut().named = projected.named;
        self.retyped()
    }
}

/// Values in place of rows.
impl<M: Model, S: Selects<Model = M>, St: State> QuerySet<M, S, St> {
    /// Only these values of each row: of one expression its value, of several a tuple. Nothing else is selected.
    ///
    /// `User::objects().values_list(|u| (u.id(), u.email()))` has rows of type `(i64, String)`.
    pub fn values_list<L: ValueList<S::Unit>>(
        self,
        list: impl FnOnce(S::Scope) -> L,
    ) -> QuerySet<M, ValuesList<S, L::Types>, St> {
        values_list(self, list(S::Scope::default()))
    }

    /// Aggregates over all rows: a query with one row, of one expression its value, of several a tuple. Over the rows
    /// of a slice, where the query is one.
    ///
    /// `Order::objects().aggregate(|o| (o.total().sum(), o.total().max())).get(&db)`
    pub fn aggregate<L: ValueList<Group<M>>>(
        mut self,
        list: impl FnOnce(S::Scope) -> L,
    ) -> QuerySet<M, ValuesList<Grouped<S, ()>, L::Types>, Aggregated>
    where
        S: WholeRows,
        St: Countable,
    {
        one_group(self.select_mut());
        select_only(self.select_mut(), list(S::Scope::default()).into_outputs());
        self.retyped()
    }
}
