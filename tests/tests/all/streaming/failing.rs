//! Streams that fail half-way: the error comes once, and last.

use orm::prelude::*;

use super::rest;
use crate::support::{Note, Place, session, within_a_second};

/// Row 500 cannot be computed, row 200 not be read.
#[derive(Model, Debug)]
#[model(table = "fractions", has_many(remarks: Remark.fraction))]
struct Fraction {
    id: i64,
    whole: i32,
}

#[derive(Model, Debug)]
#[model(table = "remarks")]
struct Remark {
    id: i64,
    #[model(belongs_to = Fraction)]
    fraction_id: i64,
}

async fn place(expression: &str) -> orm::Result<Place> {
    let place = Place::with_pool(1).await?;
    place
        .db
        .batch_execute(&format!(
            "CREATE VIEW fractions AS SELECT n AS id, ({expression})::int AS whole
                FROM generate_series(1::bigint, 1000) n;
             CREATE TABLE remarks (id bigserial, fraction_id bigint)"
        ))
        .await?;
    Ok(place)
}

/// The number of rows before the error, and the error. Nothing comes after it.
async fn until_error<S: orm::Row>(mut stream: orm::RowStream<'_, S>) -> orm::Result<(usize, orm::Error)> {
    let mut rows = 0;
    loop {
        match stream.try_next().await {
            Ok(Some(_)) => rows += 1,
            Ok(None) => panic!("no error in {rows} rows"),
            Err(error) => {
                for _ in 0..2 {
                    assert!(stream.try_next().await?.is_none());
                }
                return Ok((rows, error));
            }
        }
    }
}

#[tokio::test]
async fn at_the_server() -> orm::Result<()> {
    let place = place("6000 / (500 - n)").await?;
    let pid = session(&place.db).await?.pid;
    let (plain, chunks) = (query!(Fraction), query!(Fraction.prefetch_related(.remarks)));
    let (rows, error) = until_error(plain.iterator(&place.db, 100)).await?;
    assert_eq!((rows, error.code()), (499, Some("22012")));
    assert_eq!(error.sql(), Some(plain.to_sql().text()));
    assert_eq!(within_a_second(session(&place.db)).await?.pid, pid);

    let (rows, error) = until_error(chunks.iterator(&place.db, 100)).await?;
    assert_eq!((rows, error.code()), (400, Some("22012")), "the chunk's children cannot be asked for");
    assert_eq!(error.sql(), Some(chunks.to_sql().text()), "and not the text of FETCH");
    assert_eq!(within_a_second(session(&place.db)).await?.pid, pid);

    let tx = place.db.begin().await?;
    let (rows, error) = until_error(plain.iterator(&tx, 100)).await?;
    assert_eq!((rows, error.code()), (400, Some("22012")));
    let error = query!(Note).count(&tx).await.unwrap_err();
    assert!(error.is_transaction_aborted() && error.to_string().contains("division by zero"), "{error}");
    tx.rollback().await?;
    assert_eq!(within_a_second(session(&place.db)).await?.pid, pid);
    Ok(())
}

#[tokio::test]
async fn at_a_value_that_is_none_of_its_type() -> orm::Result<()> {
    let place = place("nullif(n, 200)").await?;
    let (plain, chunks) = (query!(Fraction), query!(Fraction.prefetch_related(.remarks)));
    let (rows, error) = until_error(plain.iterator(&place.db, 60)).await?;
    assert!(rows == 199 && error.is_decode() && error.to_string().contains("`whole`"), "{error}");
    let (rows, error) = until_error(chunks.iterator(&place.db, 60)).await?;
    assert!(rows == 180 && error.is_decode(), "{rows} {error}");

    let tx = place.db.begin().await?;
    tx.execute("INSERT INTO notes (text) VALUES ('kept')", &[]).await?;
    assert_eq!(until_error(plain.iterator(&tx, 60)).await?.0, 180);
    let open: i64 = tx.query_as_one("SELECT count(*) FROM pg_cursors WHERE name <> ''", &[]).await?;
    assert_eq!(open, 0, "the transaction is in order, and the cursor closed");
    tx.commit().await?;
    assert_eq!(place.notes().await, ["kept"]);
    Ok(())
}

#[tokio::test]
async fn at_once() -> orm::Result<()> {
    let place = place("n").await?;
    place.db.batch_execute("DROP TABLE remarks").await?;
    let chunks = query!(Fraction.prefetch_related(.remarks));
    let (rows, error) = until_error(chunks.iterator(&place.db, 60)).await?;
    assert_eq!((rows, error.code()), (0, Some("42P01")));
    assert!(error.sql().is_some_and(|sql| sql.contains("remarks")), "{error}");

    place.db.batch_execute("DROP VIEW fractions").await?;
    for size in [1, 60] {
        assert_eq!(until_error(query!(Fraction).iterator(&place.db, size)).await?.1.code(), Some("42P01"));
        let (_, error) = until_error(chunks.iterator(&place.db, size)).await?;
        assert_eq!(error.code(), Some("42P01"));
    }
    let mut tx = place.db.begin().await?;
    let inner = tx.begin().await?;
    assert_eq!(until_error(query!(Fraction).iterator(&inner, 5)).await?.1.code(), Some("42P01"));
    inner.rollback().await?;
    assert!(rest(&mut query!(Note).iterator(&tx, 5)).await?.is_empty());
    tx.commit().await
}
