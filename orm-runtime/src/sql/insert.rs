use super::conflict::{self, Conflict};
use super::list::as_output;
use super::{Statement, Writer};
use crate::ast::Value;
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

/// The rows of a bulk insert.
#[derive(Debug)]
pub(crate) enum Batch {
    /// Column by column, each an array of its values.
    Arrays {
        /// How many rows there are.
        rows: usize,
        /// The columns that at least one row sets.
        columns: Vec<BatchColumn>,
    },
    /// Row by row, where a column is itself an array, which `unnest` would take apart.
    Cells {
        /// The columns that at least one row sets, by their positions.
        columns: Vec<usize>,
        /// For each row the values of these columns; `None` is the default.
        rows: Vec<Vec<Option<Value>>>,
    },
}

/// The values of one column, one for each row.
#[derive(Debug)]
pub(crate) struct BatchColumn {
    /// Its position in the table.
    pub(crate) index: usize,
    /// The array of the values.
    pub(crate) values: Value,
    /// Where only some rows set the column: an array of booleans that says which.
    pub(crate) given: Option<Value>,
}

/// Inserts many rows in one statement and returns their keys in the order of the rows.
///
/// The keys are made before the insert, in a CTE that both the `INSERT` and the final `SELECT` read: the order in
/// which `INSERT .. RETURNING` gives rows is promised nowhere. There the columns are called `c0`, `c1`, .. by their
/// positions, so that none has the name of the order `o` or of a `g0`.
///
/// With a conflict the keys are those that the rows have in the table, NULL for a row that was left out.
pub(crate) fn insert_many(table: &'static Table, batch: &Batch, conflict: Option<&Conflict>) -> Statement {
    let mut writer = Writer::new();
    let given: Vec<usize> = match batch {
        Batch::Arrays { rows: _, columns } => columns.iter().map(|column| column.index).collect(),
        Batch::Cells { columns, rows: _ } => columns.clone(),
    };
    let matched = conflict.map_or(&[][..], |conflict| conflict.matched(table));
    let needed = matched.iter().filter(|column| !table.primary_key.contains(column)).chain(table.primary_key);
    let made: Vec<usize> = needed.copied().filter(|key| !given.contains(key)).collect();
    let inserted: Vec<usize> = made.iter().chain(&given).copied().collect();

    writer.push("WITH n AS MATERIALIZED (SELECT u.o");
    for &key in &made {
        writer.push(", ");
        default(&mut writer, table, key);
        writer.push(" AS ");
        place(&mut writer, key);
    }
    match batch {
        Batch::Arrays { rows, columns } => arrays(&mut writer, table, *rows, columns),
        Batch::Cells { columns, rows } => cells(&mut writer, table, columns, rows),
    }
    writer.push("), i AS (INSERT INTO ").table(table).push(" (");
    writer.list(&inserted, ", ", |writer, &column| {
        writer.identifier(table.columns[column].name);
    });
    writer.push(") SELECT ");
    writer.list(&inserted, ", ", |writer, &column| place(writer, column));
    writer.push(" FROM n ORDER BY o");
    if let Some(conflict) = conflict {
        conflict::on_conflict(&mut writer, table, conflict);
        conflict::keys(&mut writer, table, conflict, &made);
        return writer.finish();
    }
    writer.push(") SELECT ");
    writer.list(table.primary_key, ", ", |writer, &key| {
        place(writer, key);
        as_output(writer, table.columns[key].ty);
    });
    writer.push(" FROM n ORDER BY o");
    writer.finish()
}

/// `c3`: what column number 3 is called before it is written.
pub(super) fn place(writer: &mut Writer, column: usize) {
    writer.push("c").number(column as u64);
}

/// `, u.c0, u.c1 FROM unnest($1, $2) WITH ORDINALITY AS u(c0, c1, o)`
fn arrays(writer: &mut Writer, table: &'static Table, rows: usize, columns: &[BatchColumn]) {
    for BatchColumn { index, values: _, given } in columns {
        if given.is_none() {
            writer.push(", u.");
            place(writer, *index);
            continue;
        }
        writer.push(", CASE WHEN u.g").number(*index as u64).push(" THEN u.");
        place(writer, *index);
        writer.push(" ELSE ");
        default(writer, table, *index);
        writer.push(" END AS ");
        place(writer, *index);
    }
    writer.push(" FROM ");
    if columns.is_empty() {
        writer.push("generate_series(1, ").number(rows as u64).push(") AS u(o)");
        return;
    }
    writer.push("unnest(").list(columns, ", ", |writer, BatchColumn { index: _, values, given }| {
        writer.value(values);
        if let Some(given) = given {
            writer.push(", ").value(given);
        }
    });
    writer.push(") WITH ORDINALITY AS u(").list(columns, ", ", |writer, column| {
        place(writer, column.index);
        if column.given.is_some() {
            writer.push(", g").number(column.index as u64);
        }
    });
    writer.push(", o)");
}

/// `, u.c0, u.c1 FROM (VALUES (1, $1, $2), (2, $3, DEFAULT's expression)) AS u(o, c0, c1)`
fn cells(writer: &mut Writer, table: &'static Table, columns: &[usize], rows: &[Vec<Option<Value>>]) {
    for &column in columns {
        writer.push(", u.");
        place(writer, column);
    }
    writer.push(" FROM (VALUES ").list(rows.iter().enumerate(), ", ", |writer, (i, row)| {
        writer.push("(").number(i as u64 + 1);
        for (cell, &column) in row.iter().zip(columns) {
            writer.push(", ");
            match cell {
                Some(value) => {
                    writer.value(value);
                }
                None => default(writer, table, column),
            }
        }
        writer.push(")");
    });
    writer.push(") AS u(o");
    for &column in columns {
        writer.push(", ");
        place(writer, column);
    }
    writer.push(")");
}

/// What the database puts into a column that an insert does not set, as a value of the column's type.
fn default(writer: &mut Writer, table: &'static Table, column: usize) {
    let column = &table.columns[column];
    match column.default {
        ColumnDefault::Sql(sql) => {
            writer.push("(").push(sql).push(")::").type_name(column.ty);
        }
        // The subquery is looked up once for the statement, the call alone once for each row.
        ColumnDefault::Identity => {
            let mut name = Writer::new();
            name.table(table);
            writer.push("nextval((SELECT pg_get_serial_sequence(");
            writer.literal(name.text()).push(", ").literal(column.name).push(")))::").type_name(column.ty);
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
