//! Rows read by position, and parameters.

use chrono::{DateTime, NaiveDate, Utc};
use orm::prelude::*;
use rust_decimal::Decimal;
use uuid::Uuid;

#[orm::test]
async fn single_values(db: Db) -> orm::Result<()> {
    assert_eq!(db.query_as_one::<i64>("SELECT 6::int8 * 7", &[]).await?, 42);
    assert_eq!(db.query_as_one::<String>("SELECT 'a'", &[]).await?, "a");
    assert_eq!(db.query_as_one::<Option<i32>>("SELECT NULL::int4", &[]).await?, None);
    assert_eq!(db.query_as_one::<Vec<i16>>("SELECT ARRAY[1, 2]::int2[]", &[]).await?, [1, 2]);
    assert_eq!(
        db.query_as::<i64>("SELECT n FROM generate_series(1::int8, 5) n", &[]).await?,
        [1, 2, 3, 4, 5]
    );
    assert_eq!(db.query_as::<i64>("SELECT 1::int8 WHERE false", &[]).await?, [0_i64; 0]);
    Ok(())
}

#[orm::test]
async fn tuples(db: Db) -> orm::Result<()> {
    assert_eq!(db.query_as_one::<(bool,)>("SELECT true", &[]).await?, (true,));
    let row: (i64, Option<String>, f64, bool, NaiveDate, Vec<String>) = db
        .query_as_one("SELECT 1::int8, NULL, 0.5::float8, false, '2000-01-02'::date, ARRAY['x', 'y']", &[])
        .await?;
    let date = NaiveDate::from_ymd_opt(2000, 1, 2).unwrap();
    assert_eq!(row, (1, None, 0.5, false, date, vec!["x".to_owned(), "y".to_owned()]));
    Ok(())
}

#[orm::test]
async fn columns_of_a_name_are_no_matter_by_position(db: Db) -> orm::Result<()> {
    assert_eq!(db.query_as_one::<(i32, i32)>("SELECT 1 AS n, 2 AS n", &[]).await?, (1, 2));
    Ok(())
}

#[orm::test]
async fn parameters_of_all_kinds(db: Db) -> orm::Result<()> {
    let (uuid, now) = (Uuid::from_u128(7), DateTime::<Utc>::from_timestamp(1_000_000_000, 0).unwrap());
    let decimal: Decimal = "12.50".parse().unwrap();
    let row: (Uuid, DateTime<Utc>, Decimal, Option<String>, serde_json::Value, Vec<u8>) = db
        .query_as_one(
            "SELECT $1::uuid, $2::timestamptz, $3::numeric, $4::text, $5::jsonb, $6::bytea",
            &[&uuid, &now, &decimal, &None::<String>, &serde_json::json!({"a": [1]}), &vec![0_u8, 255]],
        )
        .await?;
    assert_eq!(row, (uuid, now, decimal, None, serde_json::json!({"a": [1]}), vec![0, 255]));
    let count: i64 = db
        .query_as_one(
            "SELECT count(*) FROM generate_series(1, 9) n WHERE n = ANY($1) AND n > $2",
            &[&vec![1, 5, 9, 11], &1],
        )
        .await?;
    assert_eq!(count, 2);
    Ok(())
}

#[orm::test]
async fn one_and_optional(db: Db) -> orm::Result<()> {
    let numbers = "SELECT n FROM generate_series(1, $1) n";
    assert_eq!(db.query_as_optional::<i32>(numbers, &[&0]).await?, None);
    assert_eq!(db.query_as_optional::<i32>(numbers, &[&1]).await?, Some(1));
    let error = db.query_as_optional::<i32>(numbers, &[&2]).await.unwrap_err();
    assert!(error.is_multiple_rows(), "{error}");
    let error = db.query_as_one::<i32>(numbers, &[&0]).await.unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(error.to_string(), format!("no row matches the query\n  in: {numbers}"));
    let error = db.query_as_one::<i32>(numbers, &[&2]).await.unwrap_err();
    assert_eq!(error.message(), "more than one row matches the query");
    Ok(())
}
