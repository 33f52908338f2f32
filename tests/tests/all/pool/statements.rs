//! Prepared statements: which are, and how many.

use orm::prelude::*;

use crate::support::{Note, Place, session};

/// A prepared statement of the session that asks.
#[derive(Model, Debug)]
#[model(table = "pg_prepared_statements")]
struct Prepared {
    #[model(primary_key)]
    name: String,
    statement: String,
}

/// A query whose text is different for each number.
async fn query_number(db: &impl Executor, number: usize) -> orm::Result<()> {
    query!(Note[..=number]).all(db).await.map(drop)
}

#[tokio::test]
async fn a_text_is_prepared_at_second_sight() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let mut prepared = Vec::new();
    for _ in 0..4 {
        query_number(&place.db, 7).await?;
        prepared.push(session(&place.db).await?.prepared);
    }
    assert_eq!(prepared, [0, 1, 1, 1]);
    for number in 0..100 {
        query_number(&place.db, 1_000 + number).await?;
    }
    assert_eq!(session(&place.db).await?.prepared, 1, "those seen once are not");
    Ok(())
}

#[tokio::test]
async fn values_do_not_make_texts() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    for number in 0..50 {
        query!(Note.filter(.id == number, .text != number.to_string())).all(&place.db).await?;
    }
    assert_eq!(session(&place.db).await?.prepared, 1);
    Ok(())
}

#[tokio::test]
async fn five_hundred_texts_stay_under_a_cap_of_64() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let db = Db::builder(place.url()).max_size(1).statement_cache_size(64).connect().await?;
    let mut most = 0;
    for number in 0..500 {
        for _ in 0..3 {
            query_number(&db, number).await?;
        }
        if number % 50 == 49 {
            most = most.max(session(&db).await?.prepared);
        }
    }
    // The statement that asks is one of the 64, and does not count itself.
    assert!((60..=64).contains(&most), "{most}");
    Ok(())
}

#[tokio::test]
async fn what_is_used_often_is_not_pushed_out() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let db = Db::builder(place.url()).max_size(1).statement_cache_size(4).connect().await?;
    let often = query!(Note.filter(.text == "often"));
    let name = async || {
        let found = query!(Prepared.filter(.statement.contains("\"text\" = $1"))).get(&db).await?;
        Ok::<_, orm::Error>(found.name)
    };
    often.all(&db).await?;
    often.all(&db).await?;
    let first = name().await?;
    for number in 0..20 {
        query_number(&db, number).await?;
        query_number(&db, number).await?;
        often.all(&db).await?;
    }
    assert_eq!(name().await?, first, "it is still the same statement");
    Ok(())
}

#[tokio::test]
async fn a_cap_of_zero_prepares_nothing() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let db = Db::builder(place.url()).max_size(1).statement_cache_size(0).connect().await?;
    for _ in 0..5 {
        query_number(&db, 1).await?;
    }
    let session = session(&db).await?;
    assert_eq!((session.prepared, session.jit.as_str()), (0, "off"));
    Ok(())
}

#[tokio::test]
async fn behind_a_pooler_no_statement_is_named() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    crate::loading::seed::library(&place.db, 5).await?;
    let db = Db::builder(place.url()).max_size(1).pgbouncer(true).connect().await?;
    for number in 0..5 {
        query_number(&db, 1).await?;
        query!(Note.create(text = number.to_string())).execute(&db).await?;
        query!(tests::library::Author.prefetch_related(.books.tags)).all(&db).await?;
        db.transaction(async |tx| query!(Note).count(tx).await).await?;
    }
    // A session that named this very statement would count it here.
    let all = query!(Prepared).count(&db).await?;
    let session = session(&db).await?;
    assert_eq!((all, session.prepared), (0, 0));
    assert_eq!(session.jit, "on", "no start-up option is sent");
    Ok(())
}

#[tokio::test]
async fn settings_in_the_url_go_before_ours() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    assert_eq!(session(&place.db).await?.jit, "off");
    let separator = if place.url().contains('?') { '&' } else { '?' };
    let db = Db::connect(&format!("{}{separator}options=-c%20jit%3Don", place.url())).await?;
    assert_eq!(session(&db).await?.jit, "on");
    Ok(())
}

#[tokio::test]
async fn statements_deallocated_behind_our_back_cost_one_error() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let pid = session(&place.db).await?.pid;
    query_number(&place.db, 1).await?;
    query_number(&place.db, 1).await?;
    place.db.batch_execute("DISCARD ALL").await?;
    let error = query_number(&place.db, 1).await.expect_err("the statement is gone");
    assert_eq!(error.code(), Some("26000"));
    query_number(&place.db, 1).await?;
    assert_ne!(session(&place.db).await?.pid, pid, "the connection was given up");
    Ok(())
}
