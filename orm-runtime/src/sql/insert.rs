use super::conflict::{self, Conflict};
use super::list::as_output;
use super::{Statement, Writer};
use crate::schema::{Column, ColumnDefault, Table};
use crate::types::Param;

/// `INSERT INTO t (..) VALUES (..) RETURNING ..`: one row, returned whole.
pub(crate) fn insert_one(table: &'static Table, values: Vec<(usize, Param)>) -> Statement {
    let mut writer = Writer::new();
    values_of_one(&mut writer, table, values);
    writer.push(" RETURNING ");
    outputs(&mut writer, table.columns);
    writer.finish()
}

/// As [`insert_one`], with something else to do where the row is there already. After an update the row comes with a
/// last column that says whether it is new: only a row that was there has been locked.
pub(crate) fn insert_one_or(
    conflict: &Conflict,
    table: &'static Table,
    values: Vec<(usize, Param)>,
) -> Statement {
    let mut writer = Writer::new();
    values_of_one(&mut writer, table, values);
    conflict::on_conflict(&mut writer, table, conflict);
    writer.push(" RETURNING ");
    outputs(&mut writer, table.columns);
    if matches!(conflict, Conflict::DoUpdate { .. }) {
        writer.push(", xmax = 0");
    }
    writer.finish()
}

/// `INSERT INTO t (..) VALUES (..)`
fn values_of_one(writer: &mut Writer, table: &'static Table, values: Vec<(usize, Param)>) {
    writer.push("INSERT INTO ").table(table);
    if values.is_empty() {
        writer.push(" DEFAULT VALUES");
    } else {
        writer.push(" (").list(&values, ", ", |writer, (column, _)| {
            writer.identifier(table.columns[*column].name);
        });
        writer.push(") VALUES (").list(values, ", ", |writer, (column, param)| {
            writer.param(param, table.columns[column].ty, false);
        });
        writer.push(")");
    }
}

/// What the database puts into a column that an insert does not set, as a value of the column's type.
pub(super) fn default(writer: &mut Writer, table: &'static Table, column: usize) {
    let column = &table.columns[column];
    match column.default {
        ColumnDefault::Sql(sql) => {
            writer.push("(").push(sql).push(")::").type_name(column.ty);
        }
        // The subquery finds the sequence once for the statement; `nextval` of a text would do so for each row.
        ColumnDefault::Identity => {
            let mut name = Writer::new();
            name.table(table);
            writer.push("nextval((SELECT pg_get_serial_sequence(");
            writer.literal(name.text()).push(", ").literal(column.name);
            writer.push(")::regclass))::").type_name(column.ty);
        }
        ColumnDefault::None => {
            writer.push("NULL::").type_name(column.ty);
        }
    }
}

fn outputs(writer: &mut Writer, columns: impl IntoIterator<Item = &'static Column>) {
    writer.list(columns, ", ", |writer, column| {
        writer.identifier(column.name);
        as_output(writer, column.ty);
    });
}
