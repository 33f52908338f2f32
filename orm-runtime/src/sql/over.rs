//! Aggregates over to-many paths: one subquery for each relation, so that none multiplies the rows of another.

use std::sync::Arc;

use super::Writer;
use super::expr::expr;
use super::from::{From, first_many, key_of};
use super::path::joins_back;
use super::predicate::predicate;
use crate::ast::{Expr, Over, Predicate, Select};
use crate::schema::PathNode;

/// How the aggregates of a query are computed.
#[derive(Debug, Clone)]
pub(super) enum Strategy {
    /// Each by a subquery where it stands.
    Correlated,
    /// For all keys at once, grouped, and joined; only for the keys of the rows of a query where one is given.
    Grouped(Option<Arc<Select>>),
    /// For each row, beside it.
    Lateral,
}

/// A joined subquery with the aggregates of one relation.
#[derive(Debug)]
pub(super) struct OverJoin {
    path: &'static PathNode,
    alias: u32,
    members: Vec<Arc<Over>>,
}

impl OverJoin {
    fn takes(&self, over: &Over) -> bool {
        let unfiltered = |over: &Over| matches!(over.filter, Predicate::Const(true));
        same(Some(self.path), Some(over.path)) && unfiltered(over) && unfiltered(&self.members[0])
    }
}

/// Whether two paths take the same steps.
fn same(a: Option<&'static PathNode>, b: Option<&'static PathNode>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a.index == b.index && same(a.parent, b.parent),
        (a, b) => a.is_none() && b.is_none(),
    }
}

impl From<'_> {
    /// Makes the joins that an aggregate over a path needs.
    pub(super) fn need_over(&mut self, over: &Arc<Over>, writer: &mut Writer) {
        for column in key_of(first_many(over.path)) {
            self.need(&Expr::Column(column), writer);
        }
        if matches!(self.strategy, Strategy::Correlated) || self.is_below() || self.find_over(over).is_some()
        {
            return;
        }
        match self.overs.iter_mut().find(|join| join.takes(over)) {
            Some(join) => join.members.push(Arc::clone(over)),
            None => {
                let members = vec![Arc::clone(over)];
                self.overs.push(OverJoin { path: over.path, alias: writer.alias(), members });
            }
        }
    }

    /// The alias of the join that computes `over`, and its column there.
    fn find_over(&self, over: &Arc<Over>) -> Option<(u32, usize)> {
        self.overs.iter().find_map(|join| {
            let member = join.members.iter().position(|member| Arc::ptr_eq(member, over))?;
            Some((join.alias, member))
        })
    }

    /// Writes the value of an aggregate over a path.
    pub(super) fn write_over(&self, writer: &mut Writer, over: &Arc<Over>) {
        let joined = if self.is_below() { None } else { self.find_over(over) };
        let Some((alias, column)) = joined else {
            writer.push("(SELECT ");
            subquery(writer, self, over.path, &[over], Link::Where);
            writer.push(")");
            return;
        };
        let value = |writer: &mut Writer| {
            writer.table_alias(alias).push(".c").number(column as u64);
        };
        // Where there is no row at all the join finds no group.
        let absent = match &self.strategy {
            Strategy::Lateral => None,
            _ => over_nothing(&over.value),
        };
        match absent {
            None => value(writer),
            // NULL may be the value of rows that there are.
            Some(absent) if over.value.is_nullable() => {
                writer.push("CASE WHEN t").number(alias.into()).push(".k0 IS NULL THEN ");
                expr(writer, self, &absent);
                writer.push(" ELSE ");
                value(writer);
                writer.push(" END");
            }
            Some(absent) => {
                writer.push("coalesce(");
                value(writer);
                writer.push(", ");
                expr(writer, self, &absent);
                writer.push(")");
            }
        }
    }

    /// Writes the joins of the aggregates.
    pub(super) fn write_overs(&self, writer: &mut Writer) {
        for OverJoin { path, alias, members } in &self.overs {
            let overs: Vec<&Arc<Over>> = members.iter().collect();
            if let Strategy::Grouped(only) = &self.strategy {
                writer.push(" LEFT JOIN (SELECT ");
                let keys = subquery(writer, self, path, &overs, Link::Group(only.as_ref().map(|s| &**s)));
                writer.push(") ").table_alias(*alias).push(" ON ");
                let outside = key_of(first_many(path)).take(keys).enumerate();
                writer.list(outside, " AND ", |writer, (i, column)| {
                    writer.table_alias(*alias).push(".k").number(i as u64).push(" = ");
                    self.write_column(column, writer);
                });
            } else {
                writer.push(" LEFT JOIN LATERAL (SELECT ");
                subquery(writer, self, path, &overs, Link::Where);
                writer.push(") ").table_alias(*alias).push(" ON TRUE");
            }
        }
    }
}

/// How the rows of a subquery find their parent.
enum Link<'s> {
    /// By a condition on the parent's key.
    Where,
    /// By grouping by the foreign key, for the rows of a query or for all.
    Group(Option<&'s Select>),
}

/// Writes what follows `SELECT`: the keys where it groups, the values, and the rows. Says how many keys there are.
fn subquery(
    writer: &mut Writer,
    outer: &From<'_>,
    path: &'static PathNode,
    overs: &[&Arc<Over>],
    link: Link<'_>,
) -> usize {
    let mut inner = From::inner(path, outer, writer);
    let filter = &overs[0].filter;
    inner.need_predicate(filter, writer);
    for over in overs {
        inner.need(&over.value, writer);
    }
    // The list comes first and names tables that are only joined after it.
    let mark = writer.mark();
    inner.write(writer);
    let back = joins_back(writer, path, &inner);
    let rows = writer.cut(mark);
    if let Link::Group(_) = link {
        for i in 0..back.len() {
            back.write(writer, i);
            writer.push(" AS k").number(i as u64).push(", ");
        }
    }
    writer.list(overs.iter().enumerate(), ", ", |writer, (i, over)| {
        expr(writer, &inner, &over.value);
        writer.push(" AS c").number(i as u64);
    });
    writer.push(&rows);
    let mut before = " WHERE ";
    let keys = || key_of(first_many(path)).enumerate();
    match link {
        Link::Where => {
            writer.push(std::mem::replace(&mut before, " AND "));
            writer.list(keys(), " AND ", |writer, (i, column)| {
                back.write(writer, i);
                writer.push(" = ");
                outer.write_column(column, writer);
            });
        }
        Link::Group(Some(only)) => {
            writer.push(std::mem::replace(&mut before, " AND ")).push("(");
            writer.list(0..back.len(), ", ", |writer, i| back.write(writer, i));
            writer.push(") IN (");
            super::select::keys_of(writer, only, keys().map(|(_, column)| Expr::Column(column)));
            writer.push(")");
        }
        Link::Group(None) => {}
    }
    if !matches!(filter, Predicate::Const(true)) {
        let around = writer.windows_allowed(false);
        writer.push(before);
        predicate(writer, &inner, filter);
        writer.windows_allowed(around);
    }
    if let Link::Group(_) = link {
        writer.push(" GROUP BY ").list(0..back.len(), ", ", |writer, i| back.write(writer, i));
    }
    back.len()
}

/// The value of an expression of aggregates over no rows; nothing where that is NULL.
fn over_nothing(value: &Expr) -> Option<Expr> {
    Some(match value {
        Expr::Aggregate(aggregate) if aggregate.is_nullable() && aggregate.default.is_none() => return None,
        // Without a type of its own, NULL - NULL is of no operator.
        Expr::Binary { op, left, right } => {
            let (left, right) = (over_nothing(left)?.into(), over_nothing(right)?.into());
            Expr::Binary { op: *op, left, right }
        }
        Expr::Negative(inner) => Expr::Negative(over_nothing(inner)?.into()),
        value => {
            let mut value = value.clone();
            value.rewrite(&mut |expr| match expr {
                Expr::Aggregate(aggregate) => {
                    *expr = aggregate.over_nothing();
                    false
                }
                _ => true,
            });
            value
        }
    })
}
