//! Many new rows in one statement.

use super::conflict::{self, Conflict};
use super::insert::default;
use super::list::as_output;
use super::{Statement, Writer};
use crate::ast::Value;
use crate::schema::Table;

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

/// Inserts many rows in one statement and returns their keys, one row of an array for each column of the key, in the order
/// of the rows; `None` where no array can tell the keys, because only some rows set a column of them.
///
/// The keys are made before the insert: what was made for a place is what the row of that place gets, since `unnest`
/// takes the same place of all arrays. That is promised, while the order in which `INSERT .. RETURNING` gives rows is not.
///
/// - `count`: how many rows there are.
pub(crate) fn insert_arrays(
    table: &'static Table,
    count: usize,
    columns: &[BatchColumn],
) -> Option<Statement> {
    let given = |key: usize| columns.iter().find(|column| column.index == key);
    let keys = table.primary_key;
    if keys.iter().filter_map(|&key| given(key)).any(|column| column.given.is_some()) {
        return None;
    }
    let made: Vec<usize> = keys.iter().copied().filter(|&key| given(key).is_none()).collect();
    let mut writer = Writer::new();
    writer.push("WITH ");
    if !made.is_empty() {
        writer.push("k AS MATERIALIZED (SELECT ").list(&made, ", ", |writer, &key| {
            writer.push("array_agg(");
            default(writer, table, key);
            writer.push(") AS ");
            place(writer, key);
        });
        writer.push(" FROM generate_series(1, ");
        match columns.first() {
            Some(column) => writer.push("cardinality(").shared_value(&column.values).push(")"),
            None => writer.number(count as u64),
        };
        writer.push(")), ");
    }
    let inserted = made.iter().copied().chain(columns.iter().map(|column| column.index));
    writer.push("i AS (INSERT INTO ").table(table).push(" (").list(inserted, ", ", |writer, column| {
        writer.identifier(table.columns[column].name);
    });
    writer.push(") SELECT ").list(&made, ", ", |writer, &key| {
        writer.push("u.");
        place(writer, key);
    });
    from_arrays(&mut writer, table, &made, columns);
    writer.push(") SELECT ").list(keys, ", ", |writer, &key| {
        match given(key) {
            Some(column) => {
                writer.shared_value(&column.values);
            }
            None => {
                writer.push("k.");
                place(writer, key);
            }
        }
        writer.push("::").wire_name(table.columns[key].ty).push("[]");
    });
    if !made.is_empty() {
        writer.push(" FROM k");
    }
    Some(writer.finish())
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
        Batch::Arrays { rows, columns } => numbered_arrays(&mut writer, table, *rows, columns),
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
fn numbered_arrays(writer: &mut Writer, table: &'static Table, rows: usize, columns: &[BatchColumn]) {
    values(writer, table, columns, false);
    if columns.is_empty() {
        writer.push(" FROM generate_series(1, ").number(rows as u64).push(") AS u(o)");
        return;
    }
    writer.push(" FROM unnest(").list(columns, ", ", arrays);
    writer.push(") WITH ORDINALITY AS u(").list(columns, ", ", names);
    writer.push(", o)");
}

/// `, u.c1 FROM (SELECT unnest((SELECT c0 FROM k)) AS c0, unnest($1) AS c1) u`, where the keys `made` are arrays in `k`.
/// In a `FROM` the rows of `unnest` would be stored before the first is used.
fn from_arrays(writer: &mut Writer, table: &'static Table, made: &[usize], columns: &[BatchColumn]) {
    values(writer, table, columns, made.is_empty());
    writer.push(" FROM (SELECT ").list(made, ", ", |writer, &key| {
        writer.push("unnest((SELECT ");
        place(writer, key);
        writer.push(" FROM k)) AS ");
        place(writer, key);
    });
    let between = if made.is_empty() || columns.is_empty() { "" } else { ", " };
    writer.push(between).list(columns, ", ", |writer, BatchColumn { index, values, given }| {
        writer.push("unnest(").shared_value(values).push(") AS ");
        place(writer, *index);
        if let Some(given) = given {
            writer.push(", unnest(").value(given).push(") AS g").number(*index as u64);
        }
    });
    writer.push(") u");
}

/// `, u.c0, CASE WHEN u.g1 THEN u.c1 ELSE .. END AS c1`
///
/// - `first`: whether nothing stands before them.
fn values(writer: &mut Writer, table: &'static Table, columns: &[BatchColumn], first: bool) {
    for (i, BatchColumn { index, values: _, given }) in columns.iter().enumerate() {
        if !first || i > 0 {
            writer.push(", ");
        }
        if given.is_none() {
            writer.push("u.");
            place(writer, *index);
            continue;
        }
        writer.push("CASE WHEN u.g").number(*index as u64).push(" THEN u.");
        place(writer, *index);
        writer.push(" ELSE ");
        default(writer, table, *index);
        writer.push(" END AS ");
        place(writer, *index);
    }
}

/// `$1, $2`: the array of a column, and the one that says which rows set it.
fn arrays(writer: &mut Writer, BatchColumn { index: _, values, given }: &BatchColumn) {
    writer.shared_value(values);
    if let Some(given) = given {
        writer.push(", ").value(given);
    }
}

/// `c1, g1`: what the elements of these arrays are called.
fn names(writer: &mut Writer, column: &BatchColumn) {
    place(writer, column.index);
    if column.given.is_some() {
        writer.push(", g").number(column.index as u64);
    }
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
