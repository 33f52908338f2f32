//! Queries of columns and values alone: most are, and nothing has to be looked for in them or rewritten.

use super::{Base, CompareOp, Distinct, Expr, Predicate, Select};

impl Select {
    /// Whether all that the query says of the rows of its table is said of columns and values.
    pub(crate) fn is_plain(&self) -> bool {
        self.outputs.is_empty()
            && self.group.is_none()
            && matches!(self.distinct, Distinct::No)
            && self.filter.is_plain()
            && self.order.iter().all(|order| order.expr.is_plain())
    }

    /// Whether the query asks for the row of one primary key, so that it has one row at most.
    pub(crate) fn is_by_key(&self) -> bool {
        let by_key = |part: &Predicate| {
            let Predicate::Compare { op: CompareOp::Eq, left: Expr::Column(column), right, negated: false } =
                part
            else {
                return false;
            };
            matches!(right, Expr::Value(_))
                && column.path.is_none()
                && (self.table)().primary_key == [column.index]
        };
        let found = match &self.filter {
            Predicate::And(parts) => parts.iter().any(by_key),
            filter => by_key(filter),
        };
        found && self.is_plain() && matches!(self.base, Base::Table)
    }
}

impl Predicate {
    fn is_plain(&self) -> bool {
        match self {
            Predicate::Const(_) => true,
            Predicate::And(parts) | Predicate::Or(parts) => parts.iter().all(Predicate::is_plain),
            Predicate::Compare { op: _, left, right, negated: _ } => left.is_plain() && right.is_plain(),
            Predicate::IsNull { expr, .. } | Predicate::In { expr, .. } | Predicate::Bool { expr, .. } => {
                expr.is_plain()
            }
            Predicate::Match { expr, text, .. } => expr.is_plain() && text.is_plain(),
            Predicate::Opaque { .. }
            | Predicate::Exists { .. }
            | Predicate::ExistsQuery { .. }
            | Predicate::InQuery { .. } => false,
        }
    }
}

impl Expr {
    fn is_plain(&self) -> bool {
        matches!(self, Expr::Column(_) | Expr::Value(_))
    }
}
