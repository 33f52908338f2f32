//! JSON: keys, paths, containment; a missing key and the JSON `null`.

use orm::prelude::*;
use serde_json::{Value, json};

use super::{Sample, condition, partitions, samples};

#[orm::test]
async fn keys_and_paths(db: Db) -> orm::Result<()> {
    let rows = samples(&db).await?;
    let key = String::from("b");
    partitions! { &db, Sample, &rows,
        { .data.key("a") == json!("x") } => |s| s.data.get("a") == Some(&json!("x"));
        { .data.key("a") == Value::Null } => |s| s.data.get("a") == Some(&Value::Null);
        { .data.key("a") == None } => |s| s.data.get("a").is_none();
        { .data.key("a") != None } => |s| s.data.get("a").is_some();
        { .data.key(&key) != json!(1) } => |s| s.data.get("b") != Some(&json!(1));
        { .data.key(0) == json!(1) } => |s| s.data.get(0) == Some(&json!(1));
        // PostgreSQL takes a text for an array of one.
        { .data.key(-1) == json!("a") } => |s| s.data.get(1) == Some(&json!("a")) || s.data == json!("a");
        { .data.key("deep").key("list").key(1).as_text() == "two" } => |s| s.data.pointer("/deep/list/1").is_some();
        { .data.path(["deep", "list", "1"]) == json!("two") } => |s| s.data.pointer("/deep/list/1").is_some();
        { .maybe_data.path(["deep", "list", "1"]).as_text().upper() == "TWO" } =>
            |s| s.maybe_data.as_ref().is_some_and(|d| d.pointer("/deep/list/1").is_some());
        { .data.key("a").as_text() == None } => |s| s.data.get("a").is_none_or(Value::is_null);
        { .data.as_text() == "a" } => |s| s.data == json!("a");
        { .data.key("b").as_text().cast::<i64>() > 1 } =>
            |s| s.data.get("b").and_then(Value::as_i64).is_some_and(|b| b > 1);
        { .maybe_data.as_text().is_null() } => |s| s.maybe_data.is_none();
    }
    Ok(())
}

#[orm::test]
async fn containment(db: Db) -> orm::Result<()> {
    let rows = samples(&db).await?;
    let has = |data: &Value, key: &str| match data {
        Value::Object(map) => map.contains_key(key),
        Value::Array(items) => items.contains(&json!(key)),
        other => *other == json!(key),
    };
    partitions! { &db, Sample, &rows,
        { .data.contains(json!({"b": 2})) } => |s| s.data.get("b") == Some(&json!(2));
        { .maybe_data.contains(json!({"b": 2})) } =>
            |s| s.maybe_data.as_ref().is_some_and(|d| d.get("b") == Some(&json!(2)));
        { .data.contains(.maybe_data) && .maybe_data == json!({}) } =>
            |s| s.data.is_object() && s.maybe_data == Some(json!({}));
        { .data.contained_by(json!([1, "a", 2])) } => |s| s.data == json!([1, "a"]) || s.data == json!("a");
        { .data.has_key("a") } => |s| has(&s.data, "a");
        { .maybe_data.has_key("a") } => |s| s.maybe_data.as_ref().is_some_and(|d| has(d, "a"));
        { .data.has_keys(["a", "deep"]) } => |s| has(&s.data, "a") && has(&s.data, "deep");
        { .data.has_any_keys(["deep", "b"]) } => |s| has(&s.data, "deep") || has(&s.data, "b");
        { .data.key("deep").has_key("list") } => |s| s.data.pointer("/deep/list").is_some();
    }
    Ok(())
}

#[test]
fn what_is_sent() {
    assert_eq!(
        condition(&query!(Sample.filter(.data.key("a").key(0).as_text() == "x"))),
        r#"((t0."data" -> $1) ->> $2) = $3 -- $1 = "a", $2 = 0, $3 = "x""#
    );
    assert_eq!(
        condition(&query!(Sample.filter(.data.path(["a", "0"]).as_text() == "x"))),
        r#"(t0."data" #>> $1) = $2 -- $1 = ["a", "0"], $2 = "x""#
    );
    assert_eq!(condition(&query!(Sample.exclude(.data.has_key("a")))), r#"NOT (t0."data" ? $1) -- $1 = "a""#);
}
