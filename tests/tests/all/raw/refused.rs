//! Wrong SQL and wrong values: an error, and a connection in order.

use orm::prelude::*;

use crate::support::{Place, session, within_a_second};

/// Asserts that a result is an error of this text, and that the connection is still there.
async fn assert_refused<T: std::fmt::Debug>(
    place: &Place,
    pid: i32,
    result: orm::Result<T>,
    message: &str,
) -> orm::Result<()> {
    let error = result.unwrap_err();
    assert_eq!(error.message(), message);
    assert!(error.sql().is_some(), "{error}");
    assert_eq!(within_a_second(session(&place.db)).await?.pid, pid, "the connection is kept after: {error}");
    Ok(())
}

#[tokio::test]
async fn by_us() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let (db, pid) = (&place.db, session(&place.db).await?.pid);
    let one = "SELECT 1::int8 WHERE $1::int8 > 0";
    let cases: [(orm::Result<Vec<i64>>, &str); 6] = [
        (db.query_as(one, &[]).await, "the statement has 1 parameter, and 0 were given"),
        (db.query_as(one, &[&1_i64, &2_i64]).await, "the statement has 1 parameter, and 2 were given"),
        (
            db.query_as(one, &[&"a"]).await,
            "parameter $1: cannot convert between the Rust type `&str` and the Postgres type `int8`",
        ),
        (
            db.query_as("SELECT 1::int8, 2", &[]).await,
            "the statement returns 2 columns, and 1 are to be read",
        ),
        (
            db.query_as("SET application_name = 'x'", &[]).await,
            "the statement returns 0 columns, and 1 are to be read",
        ),
        (
            db.query_as("SELECT sum(n) AS n FROM generate_series(1::int8, 3) n", &[]).await,
            "cannot read column `n` as int8: its type is numeric",
        ),
    ];
    for (result, message) in cases {
        assert_refused(&place, pid, result, message).await?;
    }
    let pair = db.query_as::<(i32, i32)>("SELECT 1", &[]).await;
    assert_refused(&place, pid, pair, "the statement returns 1 column, and 2 are to be read").await?;
    let padded = db.query_as::<String>("SELECT 'a'::char(3)", &[]).await;
    assert_refused(&place, pid, padded, "cannot read column `bpchar` as text: its type is bpchar").await?;
    let null = db.query_as::<i32>("SELECT nullif(n, 2) AS half FROM generate_series(1, 3) n", &[]).await;
    let message = "cannot read column `half`: it is NULL, and the field is not an `Option`";
    assert_refused(&place, pid, null, message).await?;
    let few = db.execute("UPDATE notes SET text = $2 WHERE id = $1", &[&1_i64]).await;
    assert_refused(&place, pid, few, "the statement has 2 parameters, and 1 were given").await?;
    Ok(())
}

#[tokio::test]
async fn by_the_server() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let (db, pid) = (&place.db, session(&place.db).await?.pid);
    for (sql, code) in [
        ("SELEKT 1", "42601"),
        ("SELECT 1; SELECT 2", "42601"),
        ("SELECT * FROM nowhere", "42P01"),
        ("SELECT 1 / 0", "22012"),
    ] {
        let (db, log) = db.logged();
        let error = db.execute(sql, &[]).await.unwrap_err();
        assert_eq!((error.code(), error.sql()), (Some(code), Some(sql)));
        assert_eq!(log.queries().len(), 1, "{log}");
        assert!(log.queries()[0].error.is_some());
        assert_eq!(within_a_second(session(&db)).await?.pid, pid, "after {sql}");
    }
    Ok(())
}

#[tokio::test]
async fn in_a_transaction() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let tx = place.db.begin().await?;
    tx.execute("INSERT INTO notes (text) VALUES ($1)", &[&"one"]).await?;
    // What is wrong with the values is seen before anything is sent, and aborts nothing.
    assert!(tx.execute("INSERT INTO notes (text) VALUES ($1)", &[]).await.is_err());
    assert!(tx.execute("INSERT INTO notes (text) VALUES ($1)", &[&1]).await.is_err());
    assert!(tx.query_as::<i32>("SELECT id FROM notes", &[]).await.is_err());
    tx.execute("INSERT INTO notes (text) VALUES ($1)", &[&"two"]).await?;
    tx.commit().await?;
    assert_eq!(place.notes().await, ["one", "two"]);

    let tx = place.db.begin().await?;
    let cause = tx.execute("SELEKT 1", &[]).await.unwrap_err();
    assert_eq!(cause.code(), Some("42601"));
    let error = tx.query_as::<i32>("SELECT 1", &[]).await.unwrap_err();
    assert!(error.is_transaction_aborted() && error.to_string().contains("SELEKT"), "{error}");
    Ok(())
}
