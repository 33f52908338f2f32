//! Conditions on columns, each with what it means in Rust.

use orm::types::{Nullable, Textual};
use orm::{Expr, Expression, FieldType, Predicate};

use super::condition::Condition;
use super::random::Random;
use super::world::{NUMBERS, TEXTS, World};

/// The value of a column in memory.
pub(super) type Read<M, V> = fn(&World, &M) -> Option<V>;

/// A column that holds a number, compared with a value or looked for in a list.
pub(super) fn number<M: 'static, P, T>(
    random: &mut Random,
    name: &str,
    column: Expr<P, T>,
    read: Read<M, i32>,
) -> Condition<M>
where
    T: FieldType<Base = i32>,
    Expr<P, T>: Expression<Model = M, Type = T, Base = i32>,
{
    let value = random.maybe(NUMBERS);
    let (low, high) = (random.pick(NUMBERS), random.pick(NUMBERS));
    let list: Vec<Option<i32>> = (0..random.below(4)).map(|_| random.maybe(NUMBERS)).collect();
    let shown = |how: &str| format!("{name} {how} {value:?}");
    type Holds = fn(Option<i32>, Option<i32>) -> bool;
    let (text, predicate, compare): (_, _, Holds) = match random.below(8) {
        0 => (shown("=="), column.eq(value), |x, y| x == y),
        1 => (shown("!="), column.ne(value), |x, y| x != y),
        2 => (shown("<"), column.lt(value), |x, y| x.zip(y).is_some_and(|(x, y)| x < y)),
        3 => (shown("<="), column.le(value), |x, y| x.zip(y).is_some_and(|(x, y)| x <= y)),
        4 => (shown(">"), column.gt(value), |x, y| x.zip(y).is_some_and(|(x, y)| x > y)),
        5 => (shown(">="), column.ge(value), |x, y| x.zip(y).is_some_and(|(x, y)| x >= y)),
        6 => {
            let predicate = column.between(low, high);
            return Condition::leaf(format!("{name} in {low}..={high}"), predicate, move |world, row| {
                read(world, row).is_some_and(|x| low <= x && x <= high)
            });
        }
        _ => {
            let predicate = column.is_in(list.clone());
            return Condition::leaf(format!("{name} in {list:?}"), predicate, move |world, row| {
                list.contains(&read(world, row))
            });
        }
    };
    Condition::leaf(text, predicate, move |world, row| compare(read(world, row), value))
}

/// Two columns that hold numbers, compared with each other.
pub(super) fn numbers<M: 'static, P, T, Q, U>(
    random: &mut Random,
    (left, x): (Expr<P, T>, Read<M, i32>),
    (right, y): (Expr<Q, U>, Read<M, i32>),
    names: &str,
) -> Condition<M>
where
    T: FieldType<Base = i32>,
    U: FieldType<Base = i32>,
    Expr<P, T>: Expression<Model = M, Type = T, Base = i32>,
    Expr<Q, U>: Expression<Model = M, Type = U, Base = i32>,
{
    type Holds = fn(Option<i32>, Option<i32>) -> bool;
    let (how, predicate, compare): (_, _, Holds) = match random.below(4) {
        0 => ("==", left.eq(right), |x, y| x == y),
        1 => ("!=", left.ne(right), |x, y| x != y),
        2 => ("<", left.lt(right), |x, y| x.zip(y).is_some_and(|(x, y)| x < y)),
        _ => (">=", left.ge(right), |x, y| x.zip(y).is_some_and(|(x, y)| x >= y)),
    };
    Condition::leaf(format!("{names} {how}"), predicate, move |world, row| {
        compare(x(world, row), y(world, row))
    })
}

/// A column that may be NULL, asked whether it is.
pub(super) fn null<M: 'static, P, T: FieldType + Nullable>(
    name: &str,
    column: Expr<P, T>,
    is_null: fn(&World, &M) -> bool,
) -> Condition<M>
where
    Expr<P, T>: Expression<Model = M, Type = T>,
{
    Condition::leaf(format!("{name}.is_null()"), column.is_null(), is_null)
}

/// A column that is a condition.
pub(super) fn truth<M: 'static, P, T: FieldType<Base = bool>>(
    name: &str,
    column: Expr<P, T>,
    read: Read<M, bool>,
) -> Condition<M>
where
    Expr<P, T>: Expression<Model = M, Type = T>,
{
    use orm::Condition as _;
    Condition::leaf(name.to_owned(), column.into_predicate(), move |world, row| {
        read(world, row) == Some(true)
    })
}

/// A column that holds a text.
pub(super) fn text<M: 'static, P, T>(
    random: &mut Random,
    name: &str,
    column: Expr<P, T>,
    read: Read<M, String>,
) -> Condition<M>
where
    T: Textual,
    Expr<P, T>: Expression<Model = M, Type = T, Base = String>,
{
    let value = random.pick(TEXTS);
    type Holds = fn(&str, &str) -> bool;
    let (how, predicate, found): (_, Predicate<M>, Holds) = match random.below(8) {
        0 => ("contains", column.contains(value), |x, y| x.contains(y)),
        1 => ("icontains", column.icontains(value), |x, y| x.to_lowercase().contains(&y.to_lowercase())),
        2 => ("starts_with", column.starts_with(value), |x, y| x.starts_with(y)),
        3 => ("ends_with", column.ends_with(value), |x, y| x.ends_with(y)),
        4 => ("iexact", column.iexact(value), str::eq_ignore_ascii_case),
        5 => ("iends_with", column.iends_with(value), |x, y| x.to_lowercase().ends_with(&y.to_lowercase())),
        6 => ("==", column.eq(value), |x, y| x == y),
        _ => {
            let predicate = column.ne(value);
            return Condition::leaf(format!("{name} != {value:?}"), predicate, move |world, row| {
                read(world, row).as_deref() != Some(value)
            });
        }
    };
    Condition::leaf(format!("{name}.{how}({value:?})"), predicate, move |world, row| {
        read(world, row).is_some_and(|text| found(&text, value))
    })
}
