//! Columns of types that the driver does not know: it asks the server what they are, which must not wait for rows that are on
//! their way.

use std::time::Duration;

use orm::functions::sql;
use orm::prelude::*;
use tokio::time::timeout;

use crate::support::Place;

#[derive(Model, Debug, Clone)]
#[model(table = "things", has_many(parts: Part.thing))]
struct Thing {
    id: i64,
    n: i32,
    label: String,
}

#[derive(Model, Debug, Clone)]
#[model(table = "parts")]
struct Part {
    id: i64,
    #[model(belongs_to = Thing)]
    thing_id: i64,
}

/// So many rows that they fill all buffers, with a column of the model's type or of one that the driver does not know.
async fn place(label: &str) -> orm::Result<Place> {
    let place = Place::with_pool(1).await?;
    place
        .db
        .batch_execute(&format!(
            "CREATE TYPE mood AS ENUM ('sad', 'ok');
             CREATE TABLE things (id bigint PRIMARY KEY, n integer NOT NULL, label {label} NOT NULL);
             CREATE TABLE parts (id bigint PRIMARY KEY, thing_id bigint NOT NULL);
             INSERT INTO things SELECT i, i, 'ok' FROM generate_series(1, 100000) i"
        ))
        .await?;
    Ok(place)
}

/// Asserts that this is refused, for the type of a column, and soon.
async fn assert_refused<T>(reading: impl Future<Output = orm::Result<T>>) {
    let result = timeout(Duration::from_secs(20), reading).await.expect("it waits for ever");
    let error = result.err().expect("a column of another type");
    assert!(error.is_decode(), "{error}");
    assert!(error.to_string().contains("its type is mood"), "{error}");
}

#[tokio::test]
async fn sql_of_ones_own() -> orm::Result<()> {
    let place = place("text").await?;
    let mood = "CASE WHEN $1 > 0 THEN 'ok' END::mood";
    assert_eq!(query!(Thing).all(&place.db).await?.len(), 100_000);
    assert_refused(query!(Thing.annotate(mood = sql::<String, _>(mood, (.n,)))).all(&place.db)).await;
    assert_refused(query!(Thing.values_list(sql::<String, _>(mood, (.n,)))).all(&place.db)).await;
    let changed = query!(Thing.update(n = .n + 1).returning(.id, sql::<String, _>(mood, (.n,))));
    assert_refused(changed.execute(&place.db)).await;
    Ok(())
}

#[tokio::test]
async fn nothing_stays_prepared() -> orm::Result<()> {
    let place = place("mood").await?;
    let pooled = Db::builder(place.url()).max_size(1).pgbouncer(true).connect().await?;
    assert_refused(query!(Thing).all(&pooled)).await;
    assert_refused(query!(Thing.prefetch_related(.parts)).all(&pooled)).await;
    assert_refused(query!(Thing).iterator(&pooled, 2000).try_next()).await;
    let uncached = Db::builder(place.url()).max_size(1).statement_cache_size(0).connect().await?;
    let tx = uncached.begin().await?;
    assert_refused(query!(Thing.select_for_update()).all(&tx)).await;
    Ok(())
}

#[tokio::test]
async fn by_a_cursor() -> orm::Result<()> {
    let place = place("mood").await?;
    for pgbouncer in [false, true] {
        let db = Db::builder(place.url()).max_size(1).pgbouncer(pgbouncer).connect().await?;
        let tx = db.begin().await?;
        assert_refused(query!(Thing).iterator(&tx, 2000).try_next()).await;
        tx.rollback().await?;
        let db = Db::builder(place.url()).max_size(1).pgbouncer(pgbouncer).connect().await?;
        assert_refused(query!(Thing.prefetch_related(.parts)).iterator(&db, 2000).try_next()).await;
    }
    Ok(())
}
