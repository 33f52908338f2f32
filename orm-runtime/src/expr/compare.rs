use super::comparable::value;
use super::{Comparable, Expr, Expression, List, Operand, Predicate};
use crate::ast::{self, CompareOp};
use crate::types::{ArrayElement, ColumnType, FieldType, Nullable};

/// `left op right`, by Rust's rule for NULL: `None == None`, and no order holds of it.
pub(crate) fn compared(op: CompareOp, left: ast::Expr, right: Option<ast::Expr>) -> ast::Predicate {
    match (op, right) {
        (op, Some(ast::Expr::Value(right))) if let Some(exists) = counted(op, &left, &right) => exists,
        (op, Some(right)) => ast::Predicate::Compare { op, left, right, negated: false },
        (CompareOp::Eq, None) if left.is_nullable() => ast::Predicate::IsNull { expr: left, negated: false },
        (_, None) => ast::Predicate::Const(false),
    }
}

/// `count(*)` over a path that is compared with 0 or 1, as the question whether there is any row, which PostgreSQL
/// answers without counting.
fn counted(op: CompareOp, left: &ast::Expr, right: &ast::Value) -> Option<ast::Predicate> {
    let ast::Expr::Over(over) = left else { return None };
    let ast::Expr::Aggregate(count) = &over.value else { return None };
    let any = match (op, right.as_bigint()?) {
        (CompareOp::Gt, 0) | (CompareOp::Ge, 1) => true,
        (CompareOp::Eq | CompareOp::Le, 0) | (CompareOp::Lt, 1) => false,
        _ => return None,
    };
    let filter = Box::new(over.filter.clone());
    count.is_of_rows().then_some(ast::Predicate::Exists { path: over.path, filter, negated: !any })
}

/// A comparison of an expression with another operand: what `query!` writes for `.a < .b`.
#[doc(hidden)]
pub fn compare<M, B, L, R>(left: L, op: CompareOp, negated: bool, right: R) -> Predicate<M>
where
    L: Expression<Model = M, Base = B>,
    B: ColumnType,
    R: Operand<M, B>,
{
    finish(compared(op, left.into_node(), right.into_operand()), negated)
}

/// A comparison of an expression with a Rust value: what `query!` writes for `.a < b`.
#[doc(hidden)]
pub fn compare_value<M, B, L, V>(left: L, op: CompareOp, negated: bool, right: &V) -> Predicate<M>
where
    L: Expression<Model = M, Base = B>,
    B: ColumnType,
    V: Comparable<B> + ?Sized,
{
    finish(compared(op, left.into_node(), value(right)), negated)
}

/// What `query!` writes for `.a == None`.
#[doc(hidden)]
pub fn is_none<M, T, L>(left: L, negated: bool) -> Predicate<M>
where
    L: Expression<Model = M, Type = T>,
    T: Nullable,
{
    Predicate::from_node(ast::Predicate::IsNull { expr: left.into_node(), negated })
}

fn finish<M>(predicate: ast::Predicate, negated: bool) -> Predicate<M> {
    Predicate::from_node(if negated { predicate.complement() } else { predicate })
}

/// Comparisons. A Rust value, an `Option` of one, or another expression may stand on the right.
impl<P, T: FieldType> Expr<P, T>
where
    Self: Expression<Type = T>,
{
    /// `self = other`. `None` equals NULL and nothing else: `IS NULL`.
    pub fn eq<V: Operand<<Self as Expression>::Model, T::Base>>(
        self,
        other: V,
    ) -> Predicate<<Self as Expression>::Model> {
        finish(compared(CompareOp::Eq, self.into_node(), other.into_operand()), false)
    }

    /// The complement of [`eq`](Self::eq): `<>`, or `IS DISTINCT FROM` where a side can be NULL.
    pub fn ne<V: Operand<<Self as Expression>::Model, T::Base>>(
        self,
        other: V,
    ) -> Predicate<<Self as Expression>::Model> {
        finish(compared(CompareOp::Eq, self.into_node(), other.into_operand()), true)
    }

    /// `self < other`; not true of NULL.
    pub fn lt<V: Operand<<Self as Expression>::Model, T::Base>>(
        self,
        other: V,
    ) -> Predicate<<Self as Expression>::Model> {
        finish(compared(CompareOp::Lt, self.into_node(), other.into_operand()), false)
    }

    /// `self <= other`; not true of NULL.
    pub fn le<V: Operand<<Self as Expression>::Model, T::Base>>(
        self,
        other: V,
    ) -> Predicate<<Self as Expression>::Model> {
        finish(compared(CompareOp::Le, self.into_node(), other.into_operand()), false)
    }

    /// `self > other`; not true of NULL.
    pub fn gt<V: Operand<<Self as Expression>::Model, T::Base>>(
        self,
        other: V,
    ) -> Predicate<<Self as Expression>::Model> {
        finish(compared(CompareOp::Gt, self.into_node(), other.into_operand()), false)
    }

    /// `self >= other`; not true of NULL.
    pub fn ge<V: Operand<<Self as Expression>::Model, T::Base>>(
        self,
        other: V,
    ) -> Predicate<<Self as Expression>::Model> {
        finish(compared(CompareOp::Ge, self.into_node(), other.into_operand()), false)
    }

    /// `self >= low AND self <= high`; not true of NULL.
    pub fn between<A, B>(self, low: A, high: B) -> Predicate<<Self as Expression>::Model>
    where
        A: Operand<<Self as Expression>::Model, T::Base>,
        B: Operand<<Self as Expression>::Model, T::Base>,
    {
        let low = compared(CompareOp::Ge, self.node.clone(), low.into_operand());
        let high = compared(CompareOp::Le, self.node, high.into_operand());
        Predicate::from_node(low.and(high))
    }

    /// `self = ANY(values)`. A `None` among the values stands for NULL; an empty list is true of no row, and a
    /// query filtered by it is not sent.
    ///
    /// The values may be a query of one column, `query!(User.filter(.active).values_list(.id))`: then it is
    /// `self IN (SELECT ..)`, in the same statement. NULLs among its values are left out.
    pub fn is_in<L: List<T::Base>>(self, values: L) -> Predicate<<Self as Expression>::Model>
    where
        T::Base: ArrayElement,
    {
        Predicate::from_node(values.into_condition(self.node))
    }

    /// `self IS NULL`. Only for columns that can be NULL.
    pub fn is_null(self) -> Predicate<<Self as Expression>::Model>
    where
        T: Nullable,
    {
        is_none(self, false)
    }
}
