//! What a query's own rows come from: its table, or other queries in place of it.

use super::Writer;
use super::from::From;
use super::select::{Rows, write_rows};
use crate::ast::{Base, Keys, SetOperator};
use crate::schema::{Relation, RelationKind, Table};

/// Writes `"orders" t0`, or what stands in its place under the same alias.
pub(super) fn write(
    writer: &mut Writer,
    base: &Base,
    table: &'static Table,
    alias: u32,
    outer: Option<&From<'_>>,
    per_key: Option<(&Keys, &'static Relation)>,
) {
    match base {
        Base::Table => {
            writer.table(table);
        }
        Base::Derived(select) => {
            writer.push("(");
            write_rows(writer, select, Rows::Whole, outer, per_key);
            writer.push(")");
        }
        Base::Combined { op, queries } => {
            writer.push("(");
            let between = match op {
                SetOperator::Union => " UNION ",
                SetOperator::UnionAll => " UNION ALL ",
                SetOperator::Intersect => " INTERSECT ",
                SetOperator::Except => " EXCEPT ",
            };
            writer.list(queries, between, |writer, select| {
                writer.push("(");
                write_rows(writer, select, Rows::Whole, outer, None);
                writer.push(")");
            });
            writer.push(")");
        }
        Base::PerKey { keys, link, select } => {
            writer.push("unnest(").list(&keys.values, ", ", |writer, values| {
                writer.value(values);
            });
            writer.push(") AS k(").list(0..keys.values.len(), ", ", |writer, i| {
                writer.push("k").number(i as u64);
            });
            writer.push(") CROSS JOIN LATERAL (");
            write_rows(writer, select, Rows::Whole, outer, Some((keys, link)));
            writer.push(")");
        }
    }
    writer.push(" ").table_alias(alias);
}

/// The condition that a row belongs to the key `k` beside it.
pub(super) fn belongs_to_key(writer: &mut Writer, from: &From<'_>, keys: &Keys, link: &'static Relation) {
    if let RelationKind::ManyToMany { through, source, target } = link.kind {
        let through = through();
        let (alias, table) = (writer.alias(), from.table_of(None));
        writer.push("EXISTS (SELECT 1 FROM ").table(through).push(" ").table_alias(alias).push(" WHERE ");
        let far = through.foreign_key(target).iter().zip(table.primary_key);
        writer.list(far, " AND ", |writer, (&ours, &key)| {
            writer.column(alias, through, ours).push(" = ");
            from.write_column_of(None, key, writer);
        });
        for (i, &ours) in through.foreign_key(source).iter().enumerate() {
            writer.push(" AND ").column(alias, through, ours).push(" = k.k").number(i as u64);
        }
        writer.push(")");
        return;
    }
    writer.list(keys.columns.iter().enumerate(), " AND ", |writer, (i, &column)| {
        from.write_column_of(None, column, writer);
        writer.push(" = k.k").number(i as u64);
    });
}
