use super::delete::delete;
use super::expr::expr;
use super::from::From;
use super::insert_many::place;
use super::target::{Condition, is_joined, returning};
use super::{Batch, BatchColumn, Statement, Writer};
use crate::ast::{Action, Assignment, Expr, Predicate, Returned, Write};
use crate::error::{Error, Result};
use crate::schema::Table;

/// An `UPDATE` or a `DELETE`.
///
/// # Errors
///
/// When something other than a column is to be set, to a window function, or nothing at all, or what is to be returned is
/// over a relation.
pub(crate) fn write(write: &Write) -> Result<Statement> {
    let Write { table, action, filter, returning } = write;
    match action {
        Action::Update(set) => update(table(), set, filter, returning),
        Action::Delete => delete(table(), filter, returning),
    }
}

/// `UPDATE "orders" t0 SET "total" = (t0."total" * $1) WHERE .. RETURNING ..`
///
/// Values over relations come from a subquery: `SET "total" = s.v0 FROM (SELECT t1."id" AS k0, t2."credit" AS v0 FROM
/// "orders" t1 JOIN ..) s WHERE t0."id" = s.k0 AND ..`
fn update(
    table: &'static Table,
    set: &[Assignment],
    filter: &Predicate,
    outputs: &[Returned],
) -> Result<Statement> {
    if set.is_empty() {
        return Err(Error::config("an update has to set at least one column"));
    }
    if set.iter().any(|assignment| assignment.value.has(|expr| matches!(expr, Expr::Window(_)))) {
        return Err(Error::config(
            "a column cannot be set to a window function: select the values, and write them with `bulk_update`",
        ));
    }
    let over_relations = |value: &&Expr| is_joined(table, |from, writer| from.need(value, writer));
    let joined: Vec<&Expr> = set.iter().map(|assignment| &assignment.value).filter(over_relations).collect();
    let condition = Condition::new(table, filter);

    let mut writer = Writer::new();
    let target = start(&mut writer, table);
    let mut before = " SET ";
    let mut number = 0;
    for Assignment { column, value } in set {
        writer.push(std::mem::replace(&mut before, ", ")).identifier(own_column(table, column)?).push(" = ");
        if over_relations(&value) {
            writer.push("s.v").number(number);
            number += 1;
        } else {
            expr(&mut writer, &target, value);
        }
    }
    if joined.is_empty() {
        condition.write(&mut writer, &target, " WHERE ");
    } else {
        from_subquery(&mut writer, &target, &condition, &joined);
    }
    returning(&mut writer, &target, outputs)?;
    Ok(writer.finish())
}

fn start(writer: &mut Writer, table: &'static Table) -> From<'static> {
    let target = From::new(table, writer);
    writer.push("UPDATE ").table(table).push(" ").table_alias(target.alias);
    target
}

/// The name of a column that is to be set.
fn own_column(table: &'static Table, column: &Expr) -> Result<&'static str> {
    match column {
        Expr::Column(column) if column.path.is_none() => Ok(table.columns[column.index].name),
        _ => Err(Error::config("only a column can be set, and this is an expression")),
    }
}

fn from_subquery(writer: &mut Writer, target: &From<'_>, condition: &Condition<'_>, values: &[&Expr]) {
    let table = target.table_of(None);
    writer.push(" FROM (SELECT ");
    condition.subquery(writer, table, values, |writer, inner| {
        writer.list(table.primary_key.iter().enumerate(), ", ", |writer, (i, &column)| {
            inner.write_column_of(None, column, writer);
            writer.push(" AS k").number(i as u64);
        });
        for (i, value) in values.iter().enumerate() {
            writer.push(", ");
            expr(writer, inner, value);
            writer.push(" AS v").number(i as u64);
        }
    });
    writer.push(") s WHERE ").list(table.primary_key.iter().enumerate(), " AND ", |writer, (i, &column)| {
        target.write_column_of(None, column, writer);
        writer.push(" = s.k").number(i as u64);
    });
    condition.write_own(writer, target, &mut " AND ");
}

/// Updates many rows, each to values of its own: `UPDATE "orders" t0 SET "total" = u.c3 FROM unnest($1, $2) AS u(c0, c3)
/// WHERE t0."id" = u.c0`.
pub(crate) fn update_many(table: &'static Table, batch: &Batch, filter: &Predicate) -> Statement {
    let columns: Vec<usize> = match batch {
        Batch::Arrays { rows: _, columns } => columns.iter().map(|column| column.index).collect(),
        Batch::Cells { columns, rows: _ } => columns.clone(),
    };
    let mut writer = Writer::new();
    let target = start(&mut writer, table);
    let changed = columns.iter().filter(|column| !table.primary_key.contains(column));
    writer.push(" SET ").list(changed, ", ", |writer, &column| {
        writer.identifier(table.columns[column].name).push(" = u.");
        place(writer, column);
    });
    match batch {
        Batch::Arrays { rows: _, columns } => {
            writer.push(" FROM unnest(");
            // Every row has a value for every column.
            writer.list(columns, ", ", |writer, BatchColumn { index: _, values, given: _ }| {
                writer.value(values);
            });
        }
        Batch::Cells { columns: _, rows } => {
            writer.push(" FROM (VALUES ").list(rows, ", ", |writer, row| {
                writer.push("(").list(row.iter().flatten(), ", ", |writer, value| {
                    writer.value(value);
                });
                writer.push(")");
            });
        }
    }
    writer.push(") AS u(").list(&columns, ", ", |writer, &column| place(writer, column));
    writer.push(") WHERE ").list(table.primary_key, " AND ", |writer, &column| {
        target.write_column_of(None, column, writer);
        writer.push(" = u.");
        place(writer, column);
    });
    Condition::new(table, filter).write(&mut writer, &target, " AND ");
    writer.finish()
}
