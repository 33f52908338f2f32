//! Each function against the same in Rust, over rows with NULLs: `filter` keeps, `exclude` drops and `!` inverts
//! exactly the rows of which the condition is true.

mod arrays;
mod choices;
mod json;
mod moments;
mod numbers;
mod own_sql;
mod searches;
mod text;
mod zones;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use orm::prelude::*;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::lookups::partitions;

/// One row of every type that functions are of.
#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "samples")]
struct Sample {
    id: i64,
    name: String,
    nick: Option<String>,
    n: i32,
    m: Option<i32>,
    real: f64,
    maybe: Option<f64>,
    single: f32,
    exact: Decimal,
    at: DateTime<Utc>,
    maybe_at: Option<DateTime<Utc>>,
    local: NaiveDateTime,
    day: NaiveDate,
    time: NaiveTime,
    tags: Vec<String>,
    numbers: Option<Vec<i32>>,
    data: Value,
    maybe_data: Option<Value>,
}

const NAMES: &[&str] = &["", "Ada", "ada lovelace", "  ß é  ", "aaa", "x.y", "Running foxes", "a%b_"];
const NICKS: &[Option<&str>] = &[None, Some("Ada"), Some(""), Some("a"), Some("Zoe")];

fn sample(i: usize) -> Sample {
    fn of<T: Clone>(values: &[T], i: usize) -> T {
        values[i % values.len()].clone()
    }
    let start: NaiveDateTime = "2023-12-28T22:58:59.999999".parse().unwrap();
    // Leaps that end in every month, on every day of the week and around midnight.
    let local = start + TimeDelta::days(i as i64 * 23) + TimeDelta::minutes(i as i64 * 61);
    let numbers = [None, Some(vec![]), Some(vec![1, 2]), Some(vec![2, 3, 4])];
    let data = [
        json!({}),
        json!({"a": null, "b": 1}),
        json!({"a": "x", "b": 2, "deep": {"list": [1, "two", null]}}),
        json!([1, "a"]),
        json!("a"),
    ];
    Sample {
        id: i as i64 + 1,
        name: of(NAMES, i).to_owned(),
        nick: of(NICKS, i).map(str::to_owned),
        n: of(&[-7, 0, 1, 7], i),
        m: of(&[Some(2), None, Some(-3)], i),
        real: of(&[0.0, 2.5, -1.5, 0.25, 1000.0], i),
        maybe: of(&[None, Some(2.0), Some(-0.5)], i),
        single: of(&[0.5, -2.25, 3.0], i),
        exact: of(&["2.5", "-2.5", "0.125", "100"], i).parse().unwrap(),
        at: local.and_utc(),
        maybe_at: (!i.is_multiple_of(4)).then(|| local.and_utc()),
        local,
        day: local.date(),
        time: local.time(),
        tags: of(&[vec![], vec!["a"], vec!["a", "b"], vec!["b", "c"]], i)
            .iter()
            .map(ToString::to_string)
            .collect(),
        numbers: of(&numbers, i / 2),
        data: of(&data, i),
        maybe_data: (!i.is_multiple_of(3)).then(|| of(&data, i / 3)),
    }
}

/// The rows, stored in `db`.
async fn samples(db: &Db) -> orm::Result<Vec<Sample>> {
    db.create_tables(models![Sample]).await?;
    let samples: Vec<Sample> = (0..120).map(sample).collect();
    Sample::objects().bulk_create(samples.clone()).execute(db).await?;
    Ok(samples)
}

/// What a query says after `WHERE`, and its parameters.
fn condition<M: Model>(query: &QuerySet<M>) -> String {
    let sql = query.to_sql().to_string();
    sql.split_once(" WHERE ").unwrap_or_else(|| panic!("{sql}")).1.to_owned()
}
