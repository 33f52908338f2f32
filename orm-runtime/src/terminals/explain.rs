use futures_util::future::BoxFuture;

use crate::error::{Error, Result};
use crate::exec::Executor;
use crate::model::{Model, Selects};
use crate::queryset::{QuerySet, State};
use crate::sql::{self, Options, Statement};
use crate::types::FieldType;

/// `EXPLAIN` of a query, made by [`QuerySet::explain`]: how PostgreSQL would run it, or did.
///
/// An option that is not set is left to the server, whose defaults depend on its version. Options that do not go
/// together are the server's error.
#[derive(Debug, Clone)]
#[must_use = "nothing is sent before `text` or `json`"]
pub struct Explain {
    query: Statement,
    options: Options,
}

impl<M: Model, S: Selects<Model = M>, St: State> QuerySet<M, S, St> {
    /// How PostgreSQL runs the statement for the rows. Statements that load to-many relations depend on the rows and are
    /// not explained.
    ///
    /// `query!(Order.filter(.total > 100.0)).explain().analyze(true).text(&db)`
    pub fn explain(&self) -> Explain {
        Explain { query: sql::rows(&self.select, S::SHAPE, &[]).0, options: Options::default() }
    }
}

impl Explain {
    /// Whether to run the query, and tell how long each step took and how many rows it had.
    pub fn analyze(mut self, analyze: bool) -> Self {
        self.options.analyze = Some(analyze);
        self
    }

    /// Whether to list the columns of each step, and name tables with their schema.
    pub fn verbose(mut self, verbose: bool) -> Self {
        self.options.verbose = Some(verbose);
        self
    }

    /// Whether to tell the estimates: costs, rows and their width.
    pub fn costs(mut self, costs: bool) -> Self {
        self.options.costs = Some(costs);
        self
    }

    /// Whether to tell which settings that matter to the planner are not the default.
    pub fn settings(mut self, settings: bool) -> Self {
        self.options.settings = Some(settings);
        self
    }

    /// Whether to tell how many blocks were found in memory, read and written.
    pub fn buffers(mut self, buffers: bool) -> Self {
        self.options.buffers = Some(buffers);
        self
    }

    /// Whether to tell what was written to the write-ahead log. Only with [`analyze`](Self::analyze).
    pub fn wal(mut self, wal: bool) -> Self {
        self.options.wal = Some(wal);
        self
    }

    /// Whether to measure the time of each step, which makes a query of many rows slower. Only with
    /// [`analyze`](Self::analyze).
    pub fn timing(mut self, timing: bool) -> Self {
        self.options.timing = Some(timing);
        self
    }

    /// Whether to tell the time for planning and, if the query was run, in all.
    pub fn summary(mut self, summary: bool) -> Self {
        self.options.summary = Some(summary);
        self
    }

    /// The plan as `psql` shows it: `EXPLAIN (.., FORMAT text) SELECT ..`, one statement.
    ///
    /// # Errors
    ///
    /// When the database cannot be reached or refuses the statement or the options; with `analyze`, when the query
    /// fails.
    pub fn text<'a, E: Executor>(&self, db: &'a E) -> BoxFuture<'a, Result<String>> {
        let statement = self.statement(false);
        Box::pin(async move { Ok(lines(db, &statement).await?.join("\n")) })
    }

    pub(super) fn statement(&self, json: bool) -> Statement {
        sql::explain(&self.query, self.options, json)
    }
}

/// The one column of the rows that explain a query.
pub(super) async fn lines<E: Executor>(db: &E, statement: &Statement) -> Result<Vec<String>> {
    let connection = db.acquire().await?;
    let mut rows = connection.query(statement).await?;
    let mut lines = Vec::new();
    while let Some(row) = rows.next().await? {
        let line = crate::types::bytes(&row, 0).and_then(String::from_wire);
        lines
            .push(line.map_err(|error| Error::decode_value("QUERY PLAN", error).with_sql(statement.text()))?);
    }
    Ok(lines)
}
