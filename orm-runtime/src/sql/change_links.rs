use super::{Statement, Writer};
use crate::ast::Value;
use crate::schema::Table;

/// One side of a many-to-many relation, from whose row the links are seen.
#[derive(Debug)]
pub(crate) struct Side {
    /// The third table.
    pub(crate) through: &'static Table,
    /// Its foreign key to this side.
    pub(crate) near: &'static [usize],
    /// Its foreign key to the other side.
    pub(crate) far: &'static [usize],
    /// The key of the row, column by column.
    pub(crate) key: Vec<Value>,
}

/// Links the row to others, given by their keys; how many links are new is how many rows the statement affects.
pub(crate) fn add(side: &Side, keys: &[Value]) -> Statement {
    let mut writer = Writer::new();
    insert(&mut writer, side, keys);
    writer.finish()
}

/// Deletes the links to the rows with these keys.
pub(crate) fn remove(side: &Side, keys: &[Value]) -> Statement {
    let mut writer = Writer::new();
    delete(&mut writer, side);
    match (side.far, keys) {
        ([column], [keys]) => {
            let name = side.through.columns[*column].name;
            writer.push(" AND ").identifier(name).push(" = ANY(").value(keys).push(")");
        }
        _ => among(&mut writer, side, " IN ", keys),
    }
    writer.finish()
}

/// Deletes all links of the row.
pub(crate) fn clear(side: &Side) -> Statement {
    let mut writer = Writer::new();
    delete(&mut writer, side);
    writer.finish()
}

/// Makes the links those to the rows with these keys; returns how many were deleted or inserted.
pub(crate) fn set(side: &Side, keys: &[Value]) -> Statement {
    let mut writer = Writer::new();
    writer.push("WITH d AS (");
    delete(&mut writer, side);
    match (side.far, keys) {
        ([column], [keys]) => {
            let name = side.through.columns[*column].name;
            writer.push(" AND ").identifier(name).push(" <> ALL(").value(keys).push(")");
        }
        _ => among(&mut writer, side, " NOT IN ", keys),
    }
    writer.push(" RETURNING 1), i AS (");
    insert(&mut writer, side, keys);
    writer.push(" RETURNING 1) SELECT (SELECT count(*) FROM d) + (SELECT count(*) FROM i)");
    writer.finish()
}

/// `INSERT INTO "book_tags" ("book_id", "tag_id") SELECT $1, * FROM unnest($2) ON CONFLICT DO NOTHING`
fn insert(writer: &mut Writer, side: &Side, keys: &[Value]) {
    let Side { through, near, far, key } = side;
    writer.push("INSERT INTO ").table(through).push(" (");
    names(writer, through, near.iter().chain(*far));
    writer.push(") SELECT ");
    for value in key {
        writer.value(value).push(", ");
    }
    writer.push("* FROM unnest(").list(keys, ", ", |writer, keys| {
        writer.value(keys);
    });
    writer.push(") ON CONFLICT DO NOTHING");
}

/// `DELETE FROM "book_tags" WHERE "book_id" = $1`
fn delete(writer: &mut Writer, side: &Side) {
    let Side { through, near, far: _, key } = side;
    writer.push("DELETE FROM ").table(through).push(" WHERE ");
    writer.list(near.iter().zip(key), " AND ", |writer, (&column, value)| {
        writer.identifier(through.columns[column].name).push(" = ").value(value);
    });
}

/// ` AND ("a", "b") IN (SELECT * FROM unnest($2, $3))`
fn among(writer: &mut Writer, side: &Side, word: &str, keys: &[Value]) {
    writer.push(" AND (");
    names(writer, side.through, side.far);
    writer.push(")").push(word).push("(SELECT * FROM unnest(").list(keys, ", ", |writer, keys| {
        writer.value(keys);
    });
    writer.push("))");
}

fn names<'a>(writer: &mut Writer, table: &'static Table, columns: impl IntoIterator<Item = &'a usize>) {
    writer.list(columns, ", ", |writer, &column| {
        writer.identifier(table.columns[column].name);
    });
}
