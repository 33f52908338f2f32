use super::delete::delete;
use super::expr::expr;
use super::from::From;
use super::insert_many::place;
use super::target::{Condition, returning};
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
/// What is over relations comes from a subquery: `SET "total" = (t0."total" + s.v0) FROM (SELECT t1."id" AS k0, t2."credit" AS v0
/// FROM "orders" t1 JOIN ..) s WHERE t0."id" = s.k0 AND ..`
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
    let mut condition = Condition::new(table, filter);
    let values: Vec<Expr> = set.iter().map(|assignment| condition.value(&assignment.value)).collect();

    let mut writer = Writer::new();
    let target = start(&mut writer, table);
    let mut before = " SET ";
    for (Assignment { column, value: _ }, value) in set.iter().zip(&values) {
        writer.push(std::mem::replace(&mut before, ", ")).identifier(own_column(table, column)?).push(" = ");
        expr(&mut writer, &target, value);
    }
    condition.write(&mut writer, &target, " FROM ", " WHERE ");
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
    writer.push(")");
    let condition = Condition::new(table, filter);
    if condition.has_values() {
        writer.push(", ");
        condition.write_rows(&mut writer);
    }
    writer.push(" WHERE ").list(table.primary_key, " AND ", |writer, &column| {
        target.write_column_of(None, column, writer);
        writer.push(" = u.");
        place(writer, column);
    });
    if condition.has_values() {
        writer.push(" AND ");
        condition.write_keys(&mut writer, &target);
    }
    condition.write_own(&mut writer, &target, " AND ");
    writer.finish()
}
