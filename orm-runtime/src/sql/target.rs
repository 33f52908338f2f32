//! Which rows an `UPDATE` or a `DELETE` touches.

use super::Writer;
use super::expr::expr;
use super::from::From;
use super::list::as_output;
use super::predicate::predicate;
use crate::ast::{ColumnRef, Expr, Node, Part, Predicate, Returned, Template};
use crate::error::{Error, Result};
use crate::schema::Table;

/// Which rows are meant, in two parts that both are to be true; and what a statement on them needs of relations.
///
/// PostgreSQL asks again of a row that another transaction changed meanwhile, but of that row alone: what a subquery said of
/// it stays as it was. So the table's own columns are read outside of the subquery, where a condition or a value has both.
pub(super) struct Condition<'a> {
    table: &'static Table,
    /// What is asked of the table itself.
    own: Vec<&'a Predicate>,
    /// What is asked over relations: a subquery, since the table of an `UPDATE` or a `DELETE` takes no `JOIN`.
    joined: Vec<&'a Predicate>,
    /// Those of `joined` that ask of the table too, with what they read over relations in `values`.
    again: Vec<Predicate>,
    /// What the subquery lists as `v0`, `v1`, ..
    values: Vec<Expr>,
}

impl<'a> Condition<'a> {
    /// The rows of `table` for which `filter` is true.
    pub(super) fn new(table: &'static Table, filter: &'a Predicate) -> Condition<'a> {
        let parts = match filter {
            Predicate::Const(true) => &[],
            Predicate::And(parts) => parts.as_slice(),
            other => std::slice::from_ref(other),
        };
        let (joined, own): (Vec<_>, _) = parts.iter().partition(|part| is_predicate_joined(table, part));
        let both: Vec<&Predicate> = joined.iter().copied().filter(|part| reads_own(part)).collect();
        let mut condition = Condition { table, own, joined, again: Vec::new(), values: Vec::new() };
        condition.again = both.into_iter().map(|part| condition.outside(part)).collect();
        condition
    }

    /// A value for the rows, with what is over relations read from the subquery.
    pub(super) fn value(&mut self, value: &Expr) -> Expr {
        let mut value = value.clone();
        value.rewrite(&mut |expr| self.fetch(expr));
        value
    }

    /// Whether a row of the subquery stands beside each row.
    pub(super) fn has_values(&self) -> bool {
        !self.values.is_empty()
    }

    /// A condition with what is over relations read from the subquery.
    fn outside(&mut self, condition: &Predicate) -> Predicate {
        if !is_predicate_joined(self.table, condition) {
            return condition.clone();
        }
        match condition {
            Predicate::And(parts) => Predicate::And(parts.iter().map(|part| self.outside(part)).collect()),
            Predicate::Or(parts) => Predicate::Or(parts.iter().map(|part| self.outside(part)).collect()),
            condition if reads_own(condition) => {
                let mut condition = condition.clone();
                condition.rewrite(&mut |expr| self.fetch(expr));
                condition
            }
            condition => {
                let whole = Template::of(vec![Part::Predicate(condition.clone())], false);
                Predicate::Bool { expr: self.list(whole), negated: false }
            }
        }
    }

    /// Puts what the subquery lists in the place of an expression that is over relations and nothing else; otherwise says
    /// that its parts are to be looked at.
    fn fetch(&mut self, expr: &mut Expr) -> bool {
        let mut own = false;
        expr.walk(&mut |node| see_own(node, &mut own));
        let fetched = !own && is_joined(self.table, |from, writer| from.need(expr, writer));
        if fetched {
            let value = std::mem::replace(expr, Expr::constant("NULL"));
            *expr = self.list(value);
            return false;
        }
        if let Expr::Template(template) = expr {
            let conditions = template.parts.iter_mut().filter_map(|part| match part {
                Part::Predicate(condition) => Some(condition),
                _ => None,
            });
            conditions.for_each(|condition| *condition = self.outside(condition));
        }
        true
    }

    /// `s.v0`
    fn list(&mut self, value: Expr) -> Expr {
        let nullable = value.is_nullable();
        self.values.push(value);
        Template::of(vec![Part::Text(format!("s.v{}", self.values.len() - 1).into())], nullable)
    }

    /// ` WHERE t0."total" > $1 AND t0."id" IN (SELECT t1."id" FROM .. JOIN .. WHERE ..)`, where `before` is ` WHERE `.
    ///
    /// With values, `` FROM (SELECT t1."id" AS k0, t2."nick" AS v0 FROM .. JOIN .. WHERE ..) s WHERE t0."id" = s.k0 AND ..``, where
    /// `from` is ` FROM `.
    pub(super) fn write(
        &self,
        writer: &mut Writer,
        target: &From<'_>,
        from: &'static str,
        mut before: &'static str,
    ) {
        if self.has_values() {
            writer.push(from);
            self.write_rows(writer);
            writer.push(std::mem::replace(&mut before, " AND "));
            self.write_keys(writer, target);
        }
        self.write_own(writer, target, before);
    }

    /// `(SELECT t1."id" AS k0, t2."nick" AS v0 FROM .. JOIN .. WHERE ..) s`
    pub(super) fn write_rows(&self, writer: &mut Writer) {
        writer.push("(SELECT ");
        self.subquery(writer, |writer, inner| {
            writer.list(self.table.primary_key.iter().enumerate(), ", ", |writer, (i, &column)| {
                inner.write_column_of(None, column, writer);
                writer.push(" AS k").number(i as u64);
            });
            for (i, value) in self.values.iter().enumerate() {
                writer.push(", ");
                expr(writer, inner, value);
                writer.push(" AS v").number(i as u64);
            }
        });
        writer.push(") s");
    }

    /// `t0."id" = s.k0`
    pub(super) fn write_keys(&self, writer: &mut Writer, target: &From<'_>) {
        writer.list(self.table.primary_key.iter().enumerate(), " AND ", |writer, (i, &column)| {
            target.write_column_of(None, column, writer);
            writer.push(" = s.k").number(i as u64);
        });
    }

    /// What is asked outside of the subquery, after `before`.
    pub(super) fn write_own(&self, writer: &mut Writer, target: &From<'_>, mut before: &'static str) {
        for part in self.own.iter().copied().chain(&self.again) {
            writer.push(std::mem::replace(&mut before, " AND "));
            predicate(writer, target, part);
        }
        if !self.has_values() && !self.joined.is_empty() {
            writer.push(before);
            key(writer, target);
            writer.push(" IN (SELECT ");
            self.subquery(writer, key_columns);
            writer.push(")");
        }
    }

    /// What `columns` writes, then `FROM .. JOIN .. WHERE ..` with the part asked over relations and the joins that
    /// the values need.
    fn subquery(&self, writer: &mut Writer, columns: impl FnOnce(&mut Writer, &From<'_>)) {
        let mut inner = From::new(self.table, writer);
        self.values.iter().for_each(|value| inner.need(value, writer));
        self.joined.iter().for_each(|part| inner.need_predicate(part, writer));
        columns(writer, &inner);
        inner.write(writer);
        if !self.joined.is_empty() {
            writer.push(" WHERE ");
            writer.list(&self.joined, " AND ", |writer, part| predicate(writer, &inner, part));
        }
    }
}

/// Whether a condition reads columns of the table itself.
fn reads_own(condition: &Predicate) -> bool {
    let mut own = false;
    condition.walk(&mut |node| see_own(node, &mut own));
    own
}

fn see_own(node: Node<'_>, own: &mut bool) -> bool {
    *own |= matches!(node, Node::Expr(Expr::Column(ColumnRef { path: None, .. })));
    !*own
}

fn is_predicate_joined(table: &'static Table, condition: &Predicate) -> bool {
    is_joined(table, |from, writer| from.need_predicate(condition, writer))
}

/// `t0."id"`, or `(t0."a", t0."b")` for a composite key.
fn key(writer: &mut Writer, from: &From<'_>) {
    let composite = from.table_of(None).primary_key.len() > 1;
    writer.push(if composite { "(" } else { "" });
    key_columns(writer, from);
    writer.push(if composite { ")" } else { "" });
}

fn key_columns(writer: &mut Writer, from: &From<'_>) {
    writer.list(from.table_of(None).primary_key, ", ", |writer, &column| {
        from.write_column_of(None, column, writer);
    });
}

/// Whether what `need` asks for is over relations.
pub(super) fn is_joined(table: &'static Table, need: impl FnOnce(&mut From<'_>, &mut Writer)) -> bool {
    let mut writer = Writer::default();
    let mut from = From::new(table, &mut writer);
    need(&mut from, &mut writer);
    from.is_joined()
}

/// ` RETURNING t0."id", t0."status"::text`
pub(super) fn returning(writer: &mut Writer, target: &From<'_>, outputs: &[Returned]) -> Result<()> {
    let table = target.table_of(None);
    let mut before = " RETURNING ";
    writer.listing(true);
    for Returned { expr: output, ty } in outputs {
        if is_joined(table, |from, writer| from.need(output, writer)) {
            return Err(Error::config(
                "only columns of the rows themselves can be returned, and this is over a relation",
            ));
        }
        writer.push(std::mem::replace(&mut before, ", "));
        expr(writer, target, output);
        as_output(writer, ty);
    }
    Ok(())
}
