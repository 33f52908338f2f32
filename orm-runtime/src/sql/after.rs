//! The condition that a row comes after another one in an order.

use super::keyset::KeyValue;
use crate::ast::{CompareOp, Expr, Nulls, Order, Part, Predicate, Template, Value};
use crate::types::{Encoded, Param};

/// A key with its value in the row to come after.
pub(super) struct Key<'a> {
    order: &'a Order,
    value: Option<Expr>,
    nullable: bool,
}

impl<'a> Key<'a> {
    pub(super) fn new(order: &'a Order, value: &KeyValue) -> Key<'a> {
        let value = value.as_ref().map(|bytes| {
            let param = Param::new(order.ty.wire(), Encoded::received(order.ty.wire(), bytes));
            Expr::Value(Value { param, ty: order.ty, array: false })
        });
        Key { order, value, nullable: order.expr.is_nullable() }
    }

    fn nulls_last(&self) -> bool {
        match self.order.nulls {
            Some(nulls) => nulls == Nulls::Last,
            None => !self.order.descending,
        }
    }

    fn compared(&self, ascending: CompareOp, descending: CompareOp, value: &Expr) -> Predicate {
        let op = if self.order.descending { descending } else { ascending };
        let compared =
            Predicate::Compare { op, left: self.order.expr.clone(), right: value.clone(), negated: false };
        match self.nullable && self.nulls_last() {
            true => compared.or(self.is_null(false)),
            false => compared,
        }
    }

    fn is_null(&self, negated: bool) -> Predicate {
        Predicate::IsNull { expr: self.order.expr.clone(), negated }
    }

    /// That a row comes after the value in this key.
    fn past(&self) -> Predicate {
        match &self.value {
            Some(value) => self.compared(CompareOp::Gt, CompareOp::Lt, value),
            None if self.nulls_last() => Predicate::Const(false),
            None => self.is_null(true),
        }
    }

    /// That a row comes after the value in this key, or equals it.
    fn from(&self) -> Predicate {
        match &self.value {
            Some(value) => self.compared(CompareOp::Ge, CompareOp::Le, value),
            None if self.nulls_last() => self.is_null(false),
            None => Predicate::Const(true),
        }
    }
}

/// That a row comes after the one with the values of `keys`.
///
/// An index on the keys serves it: it is a comparison of rows where all directions are the same and nothing can be
/// NULL, and otherwise begins with a comparison of the first key alone.
pub(super) fn after(keys: &[Key<'_>]) -> Predicate {
    match keys {
        [] => Predicate::Const(false),
        [key] => key.past(),
        keys if is_uniform(keys) => rows_after(keys),
        [key, rest @ ..] => key.from().and(key.past().or(after(rest))),
    }
}

fn is_uniform(keys: &[Key<'_>]) -> bool {
    keys.iter().all(|key| !key.nullable && key.order.descending == keys[0].order.descending)
}

/// `(t0."a", t0."id") > ($1, $2)`
fn rows_after(keys: &[Key<'_>]) -> Predicate {
    let mut parts: Vec<Part> = vec!["(".into()];
    let separator = |i: usize| Part::from(if i == 0 { "" } else { ", " });
    for (i, key) in keys.iter().enumerate() {
        parts.extend([separator(i), key.order.expr.clone().into()]);
    }
    parts.push(if keys[0].order.descending { ") < (" } else { ") > (" }.into());
    for (i, value) in keys.iter().filter_map(|key| key.value.clone()).enumerate() {
        parts.extend([separator(i), value.into()]);
    }
    parts.push(")".into());
    Predicate::Bool { expr: Template::of(parts, false), negated: false }
}
