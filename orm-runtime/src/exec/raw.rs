//! SQL of the user's own.

use std::sync::Arc;

use tokio_postgres::types::ToSql;
use tokio_postgres::{Column, Row, Statement};

use super::conn::Conn;
use super::db::may_open_transaction;
use super::executor::{Connection, Source};
use super::observe::Observer;
use super::rows::Rows;
use super::running::{Kind, Running};
use super::send::check_count;
use super::statement_cache::Lookup;
use crate::error::{Error, Result};
use crate::model::ResultColumn;
use crate::types::{Cursor, Encoded, Mismatch, Param};

/// SQL of the user's own, with the values of its placeholders.
#[derive(Clone, Copy)]
pub(super) struct Raw<'a> {
    pub(super) sql: &'a str,
    pub(super) params: &'a [&'a (dyn ToSql + Sync)],
}

/// Who reads the rows.
pub(super) struct Reader<'a> {
    pub(super) columns: Vec<ResultColumn>,
    pub(super) read: &'a mut (dyn FnMut(&mut Cursor<'_>) -> Result<(), Mismatch> + Send),
}

impl Connection<'_> {
    /// Runs SQL of the user's own, and returns how many rows it returned or affected.
    ///
    /// Where nothing is to stay prepared, as behind a pooler that assigns connections by transaction, it runs in a
    /// transaction of its own: there its preparation, its execution and its end meet the same server.
    pub(super) async fn raw(&self, raw: Raw<'_>, reader: Option<Reader<'_>>) -> Result<u64> {
        let conn = self.conn();
        let pooled = matches!(self.source, Source::Pool(_));
        let in_transaction = pooled && !conn.statements.is_enabled();
        if in_transaction {
            self.begin("BEGIN").await?;
        } else if pooled && may_open_transaction(raw.sql) {
            conn.transaction_opening();
        }
        let rows = conn.raw(raw, reader, self.observer.as_ref()).await?;
        if in_transaction {
            self.end("COMMIT").await?;
        }
        Ok(rows)
    }
}

impl Conn {
    /// Runs SQL of the user's own, and returns how many rows it returned or affected.
    ///
    /// It is always prepared first. That tells the types of the parameters; and of a column whose type it does not know
    /// the driver asks the server, which once rows are on their way waits for ever.
    pub(super) async fn raw(
        self: &Arc<Self>,
        raw: Raw<'_>,
        mut reader: Option<Reader<'_>>,
        observer: Option<&Observer>,
    ) -> Result<u64> {
        check_count(raw.params.len()).map_err(|error| error.with_sql(raw.sql))?;
        let mut retried = false;
        loop {
            let (statement, kept) = self.prepare_raw(raw.sql, observer).await?;
            let params = match encode(&statement, raw.params) {
                Ok(params) => params,
                // Its placeholders may have other types by now.
                Err(_) if kept => {
                    self.statements.remove(raw.sql);
                    continue;
                }
                Err(error) => return Err(error.with_sql(raw.sql)),
            };
            let places = match &reader {
                Some(reader) => find(&reader.columns, statement.columns()),
                None => Ok(Vec::new()),
            };
            let places = places.map_err(|error| error.with_sql(raw.sql))?;

            let running = Running::start(self, raw.sql, &params, Kind::Query, observer);
            let mut rows = match self.send_prepared(&statement, &params).await {
                Ok(stream) => Rows::new(stream, running),
                Err(error) => {
                    let stale = error.is_stale_plan();
                    // An internal error: that of a type which was dropped and made anew, among others.
                    if stale || error.code() == Some("XX000") {
                        self.statements.remove(raw.sql);
                    }
                    if retried || !stale || self.in_transaction() {
                        return Err(running.fail(error));
                    }
                    running.withdraw();
                    retried = true;
                    continue;
                }
            };
            while let Some(row) = rows.next().await? {
                if let Some(reader) = &mut reader {
                    read(reader, &row, &places).map_err(|error| error.with_sql(raw.sql))?;
                }
            }
            return Ok(rows.affected());
        }
    }

    /// The statement, prepared, and whether it was before.
    async fn prepare_raw(
        self: &Arc<Self>,
        sql: &str,
        observer: Option<&Observer>,
    ) -> Result<(Statement, bool)> {
        let recurring = match self.statements.lookup(sql) {
            Lookup::Prepared(statement) => return Ok((statement, true)),
            Lookup::Recurring => true,
            Lookup::New => false,
        };
        let running = Running::start(self, sql, &[], Kind::Query, observer);
        match self.prepare(sql, &[]).await {
            Ok(statement) => {
                running.withdraw();
                if recurring {
                    self.statements.insert(sql, statement.clone());
                }
                Ok((statement, false))
            }
            Err(error) => Err(running.fail(error)),
        }
    }
}

/// The values in the types of the statement's placeholders.
fn encode(statement: &Statement, values: &[&(dyn ToSql + Sync)]) -> Result<Vec<Param>> {
    let types = statement.params();
    if types.len() != values.len() {
        let (wanted, given) = (counted(types.len(), "parameter"), values.len());
        return Err(Error::encode(format!("the statement has {wanted}, and {given} were given")));
    }
    let encoded = types.iter().zip(values).enumerate().map(|(i, (ty, value))| {
        let value = Encoded::new(ty.clone(), *value);
        let value = value.map_err(|error| Error::encode(format!("parameter ${}: {error}", i + 1)))?;
        Ok(Param::new(ty.clone(), value))
    });
    encoded.collect()
}

/// For each column wanted its place among those that there are.
fn find(wanted: &[ResultColumn], there: &[Column]) -> Result<Vec<usize>> {
    let by_position = wanted.iter().filter(|column| column.name.is_none()).count();
    if by_position > there.len() || (by_position == wanted.len() && by_position < there.len()) {
        let there = counted(there.len(), "column");
        return Err(Error::config(format!(
            "the statement returns {there}, and {by_position} are to be read"
        )));
    }
    let mut positions = 0..there.len();
    let places = wanted.iter().map(|column| {
        let place = match column.name {
            Some(name) => named(name, there)?,
            None => positions.next().unwrap_or_default(),
        };
        let came = there[place].type_();
        if !column.ty.reads(came) {
            return Err(Error::decode(there[place].name(), column.ty.wire().name(), came.name()));
        }
        Ok(place)
    });
    places.collect()
}

fn named(name: &str, there: &[Column]) -> Result<usize> {
    let mut found = there.iter().enumerate().filter(|(_, column)| column.name() == name);
    match (found.next(), found.next()) {
        (Some((place, _)), None) => Ok(place),
        (None, _) => {
            let names: Vec<&str> = there.iter().map(Column::name).collect();
            let names = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
            Err(Error::config(format!("the statement returns no column `{name}`; its columns are: {names}")))
        }
        (Some(_), Some(_)) => Err(Error::config(format!(
            "the statement returns several columns `{name}`: name the others differently, with AS"
        ))),
    }
}

fn read(reader: &mut Reader<'_>, row: &Row, places: &[usize]) -> Result<()> {
    let mut cursor = Cursor::at(row, places);
    (reader.read)(&mut cursor).map_err(|mismatch| {
        let column = cursor.place().and_then(|place| row.columns().get(place));
        Error::decode_value(column.map_or("?", Column::name), mismatch)
    })
}

/// `1 column`, `2 columns`
fn counted(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
