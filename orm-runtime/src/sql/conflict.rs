use super::Writer;
use super::insert_many::place;
use super::list::as_output;
use crate::schema::{ColumnDefault, Table};
use crate::types::Param;

/// What an insert does where a unique key has the row's values already.
#[derive(Debug)]
pub(crate) enum Conflict {
    /// Leaves the row out.
    DoNothing(Target),
    /// Changes the row that is there.
    DoUpdate {
        /// Which conflicts.
        target: Target,
        /// The columns of the unique key, by which the rows are found again.
        key: &'static [usize],
        /// What changes.
        set: Vec<Set>,
    },
}

/// Which conflicts are meant.
#[derive(Debug, Clone)]
pub(crate) enum Target {
    /// All.
    Any,
    /// Those on the unique key of these columns.
    Columns(Vec<usize>),
    /// Those on the constraint of this name.
    Constraint(String),
}

/// A column that a conflict changes.
#[derive(Debug)]
pub(crate) struct Set {
    pub(crate) column: usize,
    /// The value; that of the new row where there is none here.
    pub(crate) value: Option<Param>,
}

/// ` ON CONFLICT ("email") DO UPDATE SET "nick" = EXCLUDED."nick"`
pub(super) fn on_conflict(writer: &mut Writer, table: &'static Table, conflict: &Conflict) {
    writer.push(" ON CONFLICT");
    match conflict {
        Conflict::DoNothing(target) => {
            self::target(writer, table, target);
            writer.push(" DO NOTHING");
        }
        Conflict::DoUpdate { target, key: _, set } => {
            self::target(writer, table, target);
            writer.push(" DO UPDATE SET ").list(set, ", ", |writer, Set { column, value }| {
                let column = &table.columns[*column];
                writer.identifier(column.name).push(" = ");
                match value {
                    Some(value) => writer.param(value.clone(), column.ty, false),
                    None => writer.push("EXCLUDED.").identifier(column.name),
                };
            });
        }
    }
}

fn target(writer: &mut Writer, table: &'static Table, target: &Target) {
    match target {
        Target::Any => {}
        Target::Columns(columns) => {
            writer.push(" (").list(columns, ", ", |writer, &column| {
                writer.identifier(table.columns[column].name);
            });
            writer.push(")");
        }
        Target::Constraint(name) => {
            writer.push(" ON CONSTRAINT ").identifier(name);
        }
    }
}

impl Conflict {
    /// The columns by which the new rows and those in the table are matched.
    pub(super) fn matched(&self, table: &'static Table) -> &'static [usize] {
        match self {
            Conflict::DoNothing(_) => table.primary_key,
            Conflict::DoUpdate { target: _, key, set: _ } => key,
        }
    }
}

/// The end of a bulk insert with a conflict: what `i` returns, and for each row of `n`, in their order, the key that
/// it has in the table, or NULL.
pub(super) fn keys(writer: &mut Writer, table: &'static Table, conflict: &Conflict, made: &[usize]) {
    let matched = conflict.matched(table);
    let others = matched.iter().filter(|column| !table.primary_key.contains(column));
    let returned: Vec<usize> = table.primary_key.iter().chain(others).copied().collect();
    writer.push(" RETURNING ").list(&returned, ", ", |writer, &column| {
        writer.identifier(table.columns[column].name).push(" AS ");
        place(writer, column);
    });
    writer.push(") SELECT ");
    // A row whose key is NULL in part is in conflict with none, and has the key made for it.
    let nullable: Vec<usize> =
        matched.iter().copied().filter(|&column| table.columns[column].nullable).collect();
    writer.list(table.primary_key, ", ", |writer, &key| {
        writer.push(if nullable.is_empty() { "i." } else { "coalesce(i." });
        place(writer, key);
        if !nullable.is_empty() {
            writer.push(", n.");
            place(writer, key);
            writer.push(")");
        }
        as_output(writer, table.columns[key].ty);
    });
    match conflict {
        Conflict::DoNothing(_) if has_identity(table, made) => {
            writer.push(" FROM n LEFT JOIN i ON ");
            equal(writer, matched);
        }
        // Of several rows with the same key the first was inserted.
        Conflict::DoNothing(_) => {
            writer.push(" FROM (SELECT *, row_number() OVER (PARTITION BY ");
            writer.list(matched, ", ", |writer, &column| place(writer, column));
            writer.push(" ORDER BY o) AS r FROM n) n LEFT JOIN i ON n.r = 1 AND ");
            equal(writer, matched);
        }
        Conflict::DoUpdate { .. } => {
            writer.push(if nullable.is_empty() { " FROM n JOIN i ON " } else { " FROM n LEFT JOIN i ON " });
            equal(writer, matched);
            for (i, &column) in nullable.iter().enumerate() {
                if i == 0 {
                    writer.push(" WHERE i.");
                    place(writer, table.primary_key[0]);
                    writer.push(" IS NOT NULL");
                }
                writer.push(" OR n.");
                place(writer, column);
                writer.push(" IS NULL");
            }
        }
    }
    writer.push(" ORDER BY n.o");
}

/// Whether the database counts the keys of all rows, so that no two are the same.
fn has_identity(table: &'static Table, made: &[usize]) -> bool {
    let mut keys = table.primary_key.iter().filter(|key| made.contains(key));
    keys.any(|&key| table.columns[key].default == ColumnDefault::Identity)
}

/// `i.c0 = n.c0 AND i.c1 = n.c1`
fn equal(writer: &mut Writer, columns: &[usize]) {
    writer.list(columns, " AND ", |writer, &column| {
        writer.push("i.");
        place(writer, column);
        writer.push(" = n.");
        place(writer, column);
    });
}
