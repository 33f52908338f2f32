use std::sync::Arc;

use smallvec::SmallVec;

use super::quote::{quote, quote_literal};
use super::{Params, Prepare, Statement, Text};
use crate::ast::Value;
use crate::schema::Table;
use crate::types::{Param, SqlType};

/// Writes text and parameters side by side.
#[derive(Debug, Default)]
pub(crate) struct Writer {
    text: String,
    params: Params,
    tables: SmallVec<[&'static Table; 4]>,
    aliases: u32,
    mistake: Option<Box<str>>,
    no_windows: bool,
    listing: bool,
    unchecked: bool,
}

impl Writer {
    pub(crate) fn new() -> Writer {
        // Most statements fit, and allocators have blocks of up to a kilobyte at hand.
        Writer { text: String::with_capacity(1000), ..Writer::default() }
    }

    #[inline]
    pub(crate) fn push(&mut self, sql: &str) -> &mut Writer {
        self.text.push_str(sql);
        self
    }

    pub(crate) fn identifier(&mut self, name: &str) -> &mut Writer {
        quote(&mut self.text, name);
        self
    }

    /// A constant text in single quotes.
    pub(crate) fn literal(&mut self, text: &str) -> &mut Writer {
        quote_literal(&mut self.text, text);
        self
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Where the text ends now, for [`cut`](Writer::cut).
    pub(crate) fn mark(&self) -> usize {
        self.text.len()
    }

    /// Takes out what was written since `mark`, to be written later. The numbers of its parameters and aliases stay.
    pub(crate) fn cut(&mut self, mark: usize) -> String {
        self.text.split_off(mark)
    }

    #[inline]
    pub(crate) fn number(&mut self, number: u64) -> &mut Writer {
        // Most numbers are those of tables and parameters, of one digit, for which formatting is slow.
        const DIGITS: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
        match DIGITS.get(number as usize) {
            Some(digit) => self.push(digit),
            None => self.digits(number),
        }
    }

    fn digits(&mut self, number: u64) -> &mut Writer {
        if number >= 10 {
            self.digits(number / 10);
        }
        self.text.push(char::from(b'0' + (number % 10) as u8));
        self
    }

    /// `t0`
    #[inline]
    pub(crate) fn table_alias(&mut self, alias: u32) -> &mut Writer {
        const FIRST: [&str; 8] = ["t0", "t1", "t2", "t3", "t4", "t5", "t6", "t7"];
        match FIRST.get(alias as usize) {
            Some(name) => self.push(name),
            None => self.push("t").number(alias.into()),
        }
    }

    /// The items, with `separator` between them.
    pub(crate) fn list<T>(
        &mut self,
        items: impl IntoIterator<Item = T>,
        separator: &str,
        mut write: impl FnMut(&mut Writer, T),
    ) -> &mut Writer {
        for (i, item) in items.into_iter().enumerate() {
            if i > 0 {
                self.push(separator);
            }
            write(self, item);
        }
        self
    }

    /// Notes that the statement names a table.
    pub(super) fn note(&mut self, table: &'static Table) -> &mut Writer {
        self.tables.push(table);
        self
    }

    /// A new alias, unused so far in the statement.
    pub(crate) fn alias(&mut self) -> u32 {
        self.aliases += 1;
        self.aliases - 1
    }

    /// `$1`, with a cast where the value travels as text.
    pub(crate) fn value(&mut self, value: &Value) -> &mut Writer {
        self.param(value.param.clone(), value.ty, value.array)
    }

    /// [`value`](Writer::value) for one that an expression holds: a copy of it has the same number, so that PostgreSQL
    /// knows two copies of an expression for the same.
    pub(crate) fn shared_value(&mut self, value: &Value) -> &mut Writer {
        let same = |param: &Param| std::sync::Arc::ptr_eq(&param.value, &value.param.value);
        match self.params.iter().position(same) {
            Some(position) => self.placeholder(position as u64 + 1, value.ty, value.array),
            None => self.value(value),
        }
    }

    /// `$1`, with a cast where the value travels as text.
    pub(crate) fn param(&mut self, param: Param, ty: &SqlType, array: bool) -> &mut Writer {
        self.params.push(param);
        self.placeholder(self.params.len() as u64, ty, array)
    }

    #[inline]
    fn placeholder(&mut self, number: u64, ty: &SqlType, array: bool) -> &mut Writer {
        self.push("$").number(number);
        if ty.travels_as_text() {
            self.push("::").type_name(ty);
            if array {
                self.push("[]");
            }
        }
        self
    }

    /// A type's name, as in `CREATE TABLE`.
    pub(crate) fn type_name(&mut self, ty: &SqlType) -> &mut Writer {
        match ty {
            SqlType::Builtin { name, .. } => self.push(name),
            SqlType::Enum { name, .. } => self.identifier(name),
            SqlType::Array(element) => self.type_name(element).push("[]"),
        }
    }

    /// The name of the type that values of a type travel as.
    pub(crate) fn wire_name(&mut self, ty: &SqlType) -> &mut Writer {
        if ty.travels_as_text() { self.push("text") } else { self.type_name(ty) }
    }

    /// Settles whether what is written next may be a window function: only in lists and orders. Says what was settled
    /// before.
    pub(crate) fn windows_allowed(&mut self, allowed: bool) -> bool {
        !std::mem::replace(&mut self.no_windows, !allowed)
    }

    /// Notes that a window function is written, which may not be allowed here.
    pub(crate) fn window(&mut self) {
        if self.no_windows {
            self.mistake(
                "a window function stands where rows are still to be found: annotate it, and filter by that",
            );
        }
    }

    /// Notes why the statement cannot be sent; the first reason is kept.
    pub(crate) fn mistake(&mut self, message: &str) {
        self.mistake.get_or_insert_with(|| message.into());
    }

    /// Says whether what comes is a list of values to be returned; returns what was said before.
    pub(crate) fn listing(&mut self, listing: bool) -> bool {
        std::mem::replace(&mut self.listing, listing)
    }

    /// Notes that the type of a value is taken at the user's word.
    pub(crate) fn unchecked(&mut self) {
        self.unchecked |= self.listing;
    }

    /// Notes that an `outer(..)` stands where there is no query around it.
    pub(crate) fn misplaced_outer(&mut self) {
        self.mistake(
            "`outer(..)` stands in a query that is not a subquery: it is for the queries in `exists(..)`, `subquery(..)` and \
             `is_in(..)`; rows in `any(..)` are compared with the row they belong to by a relation that leads back to it",
        );
        self.push("NULL");
    }

    pub(crate) fn finish(self) -> Statement {
        let Writer { text: sql, params, tables, aliases: _, mistake, no_windows: _, listing: _, unchecked } =
            self;
        let prepare = if unchecked { Prepare::First } else { Prepare::Recurring };
        Statement::new(Arc::new(Text { sql, tables, mistake, prepare }), params)
    }

    /// The text of a statement without parameters.
    pub(crate) fn into_text(self) -> String {
        self.text
    }
}
