use super::Writer;
use crate::schema::Table;

/// `COPY "users" ("email", "active") FROM STDIN (FORMAT binary)`
pub(crate) fn copy_in(table: &'static Table, columns: &[usize]) -> String {
    let mut writer = Writer::new();
    writer.push("COPY ").table(table).push(" (").list(columns, ", ", |writer, &column| {
        writer.identifier(table.columns[column].name);
    });
    writer.push(") FROM STDIN (FORMAT binary)");
    writer.into_text()
}
