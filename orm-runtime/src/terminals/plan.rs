//! The plan of a query, parsed.

use std::iter;
use std::time::Duration;

use futures_util::future::BoxFuture;
use serde_json::{Map, Value};

use super::explain::{Explain, lines};
use crate::error::{Error, Result};
use crate::exec::Executor;

/// How PostgreSQL runs a query, as told by [`Explain::json`].
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Plan {
    /// The step that makes the rows of the query; below it those that it takes its rows from.
    pub root: PlanNode,
    /// How long planning took, if that was told.
    pub planning_time: Option<Duration>,
    /// How long the query took, if it was run.
    pub execution_time: Option<Duration>,
    /// All else that the server said of the query as a whole.
    pub raw: Map<String, Value>,
}

/// A step of a [`Plan`].
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct PlanNode {
    /// What it does: `Seq Scan`, `Index Scan`, `Hash Join`, `Sort`, ..
    pub node_type: String,
    /// The table it reads.
    pub relation: Option<String>,
    /// The table's alias in the statement.
    pub alias: Option<String>,
    /// The index it uses.
    pub index: Option<String>,
    /// The estimated cost up to the first row.
    pub startup_cost: Option<f64>,
    /// The estimated cost in all.
    pub total_cost: Option<f64>,
    /// The estimated number of rows each time it is run.
    pub plan_rows: Option<f64>,
    /// The number of rows each time it was run, on average.
    pub actual_rows: Option<f64>,
    /// The time up to the last row each time it was run, the steps below included, on average.
    pub actual_time: Option<Duration>,
    /// How often it was run.
    pub loops: Option<u64>,
    /// The steps that it takes its rows from.
    pub children: Vec<PlanNode>,
    /// All that the server said of it, the children excepted.
    pub raw: Map<String, Value>,
}

impl Explain {
    /// The plan as data: `EXPLAIN (.., FORMAT json) SELECT ..`, one statement.
    ///
    /// # Errors
    ///
    /// Those of [`text`](Self::text).
    pub fn json<'a, E: Executor>(&self, db: &'a E) -> BoxFuture<'a, Result<Plan>> {
        let statement = self.statement(true);
        Box::pin(async move {
            let text = lines(db, &statement).await?.concat();
            parse(&text).map_err(|error| Error::decode_value("QUERY PLAN", error).with_sql(statement.text()))
        })
    }
}

impl Plan {
    /// All steps, each before those that it takes its rows from.
    pub fn nodes(&self) -> impl Iterator<Item = &PlanNode> {
        let mut waiting = vec![&self.root];
        iter::from_fn(move || {
            let node = waiting.pop()?;
            waiting.extend(node.children.iter().rev());
            Some(node)
        })
    }
}

/// `[{"Plan": {..}, "Planning Time": ..}]`
fn parse(text: &str) -> serde_json::Result<Plan> {
    let [mut raw]: [Map<String, Value>; 1] = serde_json::from_str(text)?;
    let root = serde_json::from_value(raw.remove("Plan").unwrap_or_default())?;
    Ok(Plan {
        root: node(root)?,
        planning_time: time(&raw, "Planning Time"),
        execution_time: time(&raw, "Execution Time"),
        raw,
    })
}

fn node(mut raw: Map<String, Value>) -> serde_json::Result<PlanNode> {
    let children: Option<Vec<Map<String, Value>>> =
        raw.remove("Plans").map(serde_json::from_value).transpose()?;
    let text = |key: &str| raw.get(key).and_then(Value::as_str).map(str::to_owned);
    let number = |key: &str| raw.get(key).and_then(Value::as_f64);
    Ok(PlanNode {
        node_type: text("Node Type").unwrap_or_default(),
        relation: text("Relation Name"),
        alias: text("Alias"),
        index: text("Index Name"),
        startup_cost: number("Startup Cost"),
        total_cost: number("Total Cost"),
        plan_rows: number("Plan Rows"),
        actual_rows: number("Actual Rows"),
        actual_time: time(&raw, "Actual Total Time"),
        loops: number("Actual Loops").map(|loops| loops as u64),
        children: children.into_iter().flatten().map(node).collect::<serde_json::Result<_>>()?,
        raw,
    })
}

/// A time in milliseconds.
fn time(raw: &Map<String, Value>, key: &str) -> Option<Duration> {
    let milliseconds = raw.get(key)?.as_f64()?;
    Duration::try_from_secs_f64(milliseconds / 1e3).ok()
}
