//! How statements call a table and its columns.

use super::Writer;
use super::list::as_output;
use super::quote::{quote, quoted_table};
use crate::schema::Table;

impl Table {
    /// `"shop"."orders"`
    fn quoted_name(&self) -> &str {
        self.quoted.table.get_or_init(|| quoted_table(self).into())
    }

    /// `."total"` for column `index`.
    #[inline]
    fn quoted_column(&self, index: usize) -> &str {
        let columns = self.quoted.columns.get_or_init(|| {
            let names = self.columns.iter().map(|column| {
                let mut name = String::from(".");
                quote(&mut name, column.name);
                name.into()
            });
            names.collect()
        });
        &columns[index]
    }

    /// All columns of the table, as rows are decoded from them.
    fn list(&'static self, alias: u32, writer: &mut Writer) {
        let columns = self.columns.iter().enumerate();
        writer.list(columns, ", ", |writer, (index, column)| {
            writer.column(alias, self, index);
            as_output(writer, column.ty);
        });
    }
}

impl Writer {
    /// `"shop"."orders"`
    pub(crate) fn table(&mut self, table: &'static Table) -> &mut Writer {
        self.note(table).push(table.quoted_name())
    }

    /// `t0."total"`
    #[inline]
    pub(crate) fn column(&mut self, alias: u32, table: &Table, index: usize) -> &mut Writer {
        self.table_alias(alias).push(table.quoted_column(index))
    }

    /// `t0."id", t0."total"`: all columns of a table, as rows are decoded from them.
    pub(crate) fn columns(&mut self, alias: u32, table: &'static Table) -> &mut Writer {
        let Some(list) = table.quoted.lists.get(alias as usize) else {
            table.list(alias, self);
            return self;
        };
        self.push(list.get_or_init(|| {
            let mut writer = Writer::new();
            table.list(alias, &mut writer);
            writer.text().into()
        }))
    }
}
