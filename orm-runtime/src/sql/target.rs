//! Which rows an `UPDATE` or a `DELETE` touches.

use super::Writer;
use super::expr::expr;
use super::from::From;
use super::list::as_output;
use super::predicate::predicate;
use crate::ast::{Expr, Predicate, Returned};
use crate::error::{Error, Result};
use crate::schema::Table;

/// A condition in two parts, both to be true.
pub(super) struct Condition<'a> {
    /// What is asked of the table itself. PostgreSQL asks it again of a row that another transaction changed meanwhile.
    own: Vec<&'a Predicate>,
    /// What is asked over relations: a subquery, since the table of an `UPDATE` or a `DELETE` takes no `JOIN`.
    joined: Vec<&'a Predicate>,
}

impl<'a> Condition<'a> {
    pub(super) fn new(table: &'static Table, filter: &'a Predicate) -> Condition<'a> {
        let parts = match filter {
            Predicate::Const(true) => &[],
            Predicate::And(parts) => parts.as_slice(),
            other => std::slice::from_ref(other),
        };
        let over_relations =
            |part: &&Predicate| is_joined(table, |from, writer| from.need_predicate(part, writer));
        let (joined, own) = parts.iter().partition(over_relations);
        Condition { own, joined }
    }

    /// ` WHERE t0."total" > $1 AND t0."id" IN (SELECT t1."id" FROM .. JOIN .. WHERE ..)`, where `before` is ` WHERE `.
    pub(super) fn write(&self, writer: &mut Writer, target: &From<'_>, mut before: &'static str) {
        self.write_own(writer, target, &mut before);
        if !self.joined.is_empty() {
            writer.push(before);
            key(writer, target);
            writer.push(" IN (SELECT ");
            self.subquery(writer, target.table_of(None), &[], key_columns);
            writer.push(")");
        }
    }

    /// The part that is asked of the table itself, after `before`, which becomes ` AND `.
    pub(super) fn write_own(&self, writer: &mut Writer, target: &From<'_>, before: &mut &'static str) {
        for part in &self.own {
            writer.push(std::mem::replace(before, " AND "));
            predicate(writer, target, part);
        }
    }

    /// What `columns` writes, then `FROM .. JOIN .. WHERE ..` with the part asked over relations and the joins that
    /// `values` need.
    pub(super) fn subquery(
        &self,
        writer: &mut Writer,
        table: &'static Table,
        values: &[&Expr],
        columns: impl FnOnce(&mut Writer, &From<'_>),
    ) {
        let mut inner = From::new(table, writer);
        values.iter().for_each(|value| inner.need(value, writer));
        self.joined.iter().for_each(|part| inner.need_predicate(part, writer));
        columns(writer, &inner);
        inner.write(writer);
        if !self.joined.is_empty() {
            writer.push(" WHERE ");
            writer.list(&self.joined, " AND ", |writer, part| predicate(writer, &inner, part));
        }
    }
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
