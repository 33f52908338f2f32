use std::sync::Arc;

use super::{Comparable, Condition, Expr, Number, Orders, Textual};
use crate::ast::{self, Aggregate, Over};
use crate::model::{Fields, Group, Model, Multiplicity, OverMany, Path, Root, ToManyPath};
use crate::types::{ArrayElement, ColumnType, FieldType};

/// A column type with a smallest and a largest value, as PostgreSQL's `min` and `max` know them.
#[diagnostic::on_unimplemented(
    message = "PostgreSQL has no `min` and `max` of `{Self}`",
    label = "has no smallest and largest value"
)]
pub trait MinMax: ColumnType {}

macro_rules! min_max {
    ($($ty:ty),*) => { $(impl MinMax for $ty {})* };
}
min_max!(i16, i32, i64, f32, f64, String, std::net::IpAddr);
impl<T: ArrayElement> MinMax for Vec<T> where Vec<T>: ColumnType {}
#[cfg(feature = "rust_decimal")]
min_max!(rust_decimal::Decimal);
#[cfg(feature = "chrono")]
min_max!(
    chrono::DateTime<chrono::Utc>,
    chrono::DateTime<chrono::FixedOffset>,
    chrono::NaiveDateTime,
    chrono::NaiveDate,
    chrono::NaiveTime
);
#[cfg(feature = "time")]
min_max!(time::OffsetDateTime, time::PrimitiveDateTime, time::Date, time::Time);
#[cfg(feature = "jiff")]
min_max!(jiff::Timestamp, jiff::civil::DateTime, jiff::civil::Date, jiff::civil::Time);

/// Where an aggregate over columns at the end of the path `P` is a value.
type Total<P> = <<P as Path>::Multiplicity as Multiplicity>::Total<<P as Path>::Root>;

/// Aggregates. Of a column of the query's own rows they are values of a group: for `aggregate`, and for `annotate`
/// after `group_by`. Of a column at the end of a to-many path they are values of each row, computed in a subquery of
/// their own: `.orders.total.sum()`.
///
/// All leave NULLs out. Without any value they are NULL, and so `Option`s; `count` is 0.
impl<P: Path, T: FieldType> Expr<P, T> {
    /// How many values there are: `count(x)`.
    pub fn count(self) -> Expr<Total<P>, i64> {
        aggregate(self, Aggregate::new("count", Vec::new(), None))
    }

    /// Their sum. Of `i16`, `i32` and `i64` it is an `i64`; one too large for it is the database's error.
    pub fn sum(self) -> Expr<Total<P>, Option<<T::Base as Number>::Sum>>
    where
        T::Base: Number,
    {
        aggregate(self, Aggregate::new("sum", Vec::new(), T::Base::SUM))
    }

    /// Their average; of integers an `f64`.
    pub fn avg(self) -> Expr<Total<P>, Option<<T::Base as Number>::Average>>
    where
        T::Base: Number,
    {
        aggregate(self, Aggregate::new("avg", Vec::new(), T::Base::AVERAGE))
    }

    /// The smallest.
    pub fn min(self) -> Expr<Total<P>, Option<T::Base>>
    where
        T::Base: MinMax,
    {
        aggregate(self, Aggregate::new("min", Vec::new(), None))
    }

    /// The largest.
    pub fn max(self) -> Expr<Total<P>, Option<T::Base>>
    where
        T::Base: MinMax,
    {
        aggregate(self, Aggregate::new("max", Vec::new(), None))
    }

    /// Their standard deviation, as of a sample: `stddev_samp`. NULL of a single value.
    pub fn stddev(self) -> Expr<Total<P>, Option<<T::Base as Number>::Average>>
    where
        T::Base: Number,
    {
        aggregate(self, Aggregate::new("stddev_samp", Vec::new(), T::Base::AVERAGE))
    }

    /// Their standard deviation, as of all there are: `stddev_pop`.
    pub fn stddev_pop(self) -> Expr<Total<P>, Option<<T::Base as Number>::Average>>
    where
        T::Base: Number,
    {
        aggregate(self, Aggregate::new("stddev_pop", Vec::new(), T::Base::AVERAGE))
    }

    /// Their variance, as of a sample: `var_samp`. NULL of a single value.
    pub fn variance(self) -> Expr<Total<P>, Option<<T::Base as Number>::Average>>
    where
        T::Base: Number,
    {
        aggregate(self, Aggregate::new("var_samp", Vec::new(), T::Base::AVERAGE))
    }

    /// Their variance, as of all there are: `var_pop`.
    pub fn variance_pop(self) -> Expr<Total<P>, Option<<T::Base as Number>::Average>>
    where
        T::Base: Number,
    {
        aggregate(self, Aggregate::new("var_pop", Vec::new(), T::Base::AVERAGE))
    }

    /// The texts one after another, with `separator` between them.
    pub fn string_agg(self, separator: impl Into<String>) -> Expr<Total<P>, Option<String>>
    where
        T: Textual,
    {
        let separator = ast::Expr::Value(ast::Value::one(separator.into()));
        aggregate(self, Aggregate::new("string_agg", vec![separator], None))
    }

    /// The values, without NULLs, as an array; an empty one where there is none.
    pub fn array_agg(self) -> Expr<Total<P>, Vec<T::Base>>
    where
        T::Base: ArrayElement,
    {
        let mut array = Aggregate::new("array_agg", Vec::new(), None);
        array.default = Some(ast::Expr::constant("'{}'"));
        aggregate(self, array)
    }

    /// The values as a JSON array, NULL as `null`; an empty one where there is no row.
    #[cfg(feature = "serde_json")]
    pub fn json_agg(self) -> Expr<Total<P>, serde_json::Value> {
        let mut array = Aggregate::new("jsonb_agg", Vec::new(), None);
        array.default = Some(ast::Expr::constant("'[]'::jsonb"));
        aggregate(self, array)
    }

    /// Whether all are true.
    pub fn bool_and(self) -> Expr<Total<P>, Option<bool>>
    where
        T: FieldType<Base = bool>,
    {
        aggregate(self, Aggregate::new("bool_and", Vec::new(), None))
    }

    /// Whether any is true.
    pub fn bool_or(self) -> Expr<Total<P>, Option<bool>>
    where
        T: FieldType<Base = bool>,
    {
        aggregate(self, Aggregate::new("bool_or", Vec::new(), None))
    }
}

/// The aggregate of an expression; of a column at the end of a to-many path over the rows there.
fn aggregate<P: Path, T, Q, U>(argument: Expr<P, T>, mut aggregate: Aggregate) -> Expr<Q, U> {
    let mut node = argument.node;
    let path = P::NODE.filter(|path| path.many);
    if let (Some(_), ast::Expr::Column(column)) = (path, &mut node) {
        column.path = None;
    }
    if aggregate.function == "array_agg" && node.is_nullable() {
        aggregate.filter = ast::Predicate::IsNull { expr: node.clone(), negated: true };
    }
    aggregate.arguments.insert(0, node);
    let value = ast::Expr::Aggregate(Box::new(aggregate));
    Expr::new(match path {
        Some(path) => ast::Expr::Over(Arc::new(Over { path, filter: ast::Predicate::Const(true), value })),
        None => value,
    })
}

/// How many rows are in a group: what `query!` writes for `.count()`.
#[doc(hidden)]
pub fn count_rows<Q: super::OrderedRows<Model = U>, U: GroupOf>(_: &Q) -> Expr<Root<Group<U::Rows>>, i64> {
    Expr::new(all_rows())
}

/// What rows can be counted in: a model's, or those of a group.
#[doc(hidden)]
pub trait GroupOf {
    /// The model of the rows.
    type Rows: 'static;
}

impl<M: Model> GroupOf for M {
    type Rows = M;
}
impl<M: Model> GroupOf for Group<M> {
    type Rows = M;
}

fn all_rows() -> ast::Expr {
    ast::Expr::Aggregate(Box::new(Aggregate::new("count", Vec::new(), None)))
}

/// What `count` counts: the rows of a to-many relation, or the values of a column other than NULL.
#[diagnostic::on_unimplemented(
    message = "`count` counts the rows of a to-many relation or the values of a column, and this is neither",
    label = "cannot be counted",
    note = "write `.orders.count()`, or `.count()` for the rows of a group"
)]
pub trait Count {
    /// The number.
    type Out;
    #[doc(hidden)]
    fn counted(self) -> Self::Out;
}

#[diagnostic::do_not_recommend]
impl<F: Fields<Path: ToManyPath>> Count for F {
    type Out = Expr<OverMany<<F::Path as Path>::Root>, i64>;
    fn counted(self) -> Self::Out {
        super::Rows::<F::Path>::new().counted()
    }
}

#[diagnostic::do_not_recommend]
impl<P: Path, T: FieldType> Count for Expr<P, T> {
    type Out = Expr<Total<P>, i64>;
    fn counted(self) -> Self::Out {
        self.count()
    }
}

#[diagnostic::do_not_recommend]
impl<P: Path> Count for super::Rows<P> {
    type Out = Expr<OverMany<P::Root>, i64>;
    fn counted(self) -> Self::Out {
        super::over(self, Expr::<Root<Group<P::Here>>, i64>::new(all_rows()))
    }
}

/// What `query!` writes for `.orders.count()`.
#[doc(hidden)]
pub fn count<C: Count<Out = O>, O>(counted: C) -> O {
    counted.counted()
}

/// An aggregate, or an expression of aggregates: over a group, or over a to-many path.
impl<M: 'static, T: FieldType> Expr<Root<Group<M>>, T> {
    /// Over the rows for which `condition` is true: `FILTER (WHERE ..)`.
    pub fn filter<C: Condition<M>>(mut self, condition: C) -> Self {
        let condition = condition.into_predicate().node;
        each(&mut self.node, &mut |aggregate| {
            let before = std::mem::replace(&mut aggregate.filter, ast::Predicate::Const(true));
            aggregate.filter = before.and(condition.clone());
        });
        self
    }

    /// In an order, which `string_agg`, `array_agg` and `json_agg` show.
    pub fn order_by<O: Orders<M>>(mut self, order: O) -> Self {
        let order = order.into_orders();
        each(&mut self.node, &mut |aggregate| aggregate.order.clone_from(&order));
        self
    }

    /// Equal values once.
    pub fn distinct(mut self) -> Self {
        each(&mut self.node, &mut |aggregate| aggregate.distinct = true);
        self
    }

    /// `value` in place of NULL.
    pub fn default<V: Comparable<T::Base>>(self, value: V) -> Expr<Root<Group<M>>, T::Base> {
        Expr::new(defaulted(self.node, value))
    }
}

impl<M: 'static, T: FieldType> Expr<OverMany<M>, T> {
    /// Equal values once.
    pub fn distinct(mut self) -> Self {
        over_each(&mut self.node, &mut |aggregate| aggregate.distinct = true);
        self
    }

    /// `value` in place of NULL, where there is no row.
    pub fn default<V: Comparable<T::Base>>(self, value: V) -> Expr<OverMany<M>, T::Base> {
        Expr::new(match self.node {
            ast::Expr::Over(over) => {
                let Over { path, filter, value: inner } = Over::clone(&over);
                ast::Expr::Over(Arc::new(Over { path, filter, value: defaulted(inner, value) }))
            }
            other => defaulted(other, value),
        })
    }
}

fn defaulted<B: ColumnType, V: Comparable<B>>(node: ast::Expr, value: V) -> ast::Expr {
    let Some(value) = super::comparable::value(&value) else { return node };
    match node {
        ast::Expr::Aggregate(mut aggregate) => {
            aggregate.default = Some(value);
            ast::Expr::Aggregate(aggregate)
        }
        node => ast::Template::call("coalesce", [node, value], false),
    }
}

fn each(node: &mut ast::Expr, change: &mut dyn FnMut(&mut Aggregate)) {
    node.rewrite(&mut |expr| match expr {
        ast::Expr::Aggregate(aggregate) => {
            change(aggregate);
            false
        }
        _ => true,
    });
}

fn over_each(node: &mut ast::Expr, change: &mut dyn FnMut(&mut Aggregate)) {
    if let ast::Expr::Over(over) = node {
        each(&mut Arc::make_mut(over).value, change);
    }
}
