//! Watching the statements that run.

use std::sync::{Arc, Mutex};

use orm::prelude::*;
use tests::library::{Author, Book};

use crate::loading::seed;

#[orm::test]
async fn a_log_holds_statements_parameters_and_rows(db: Db) -> orm::Result<()> {
    seed::library(&db, 5).await?;
    let (logged, log) = db.logged();
    let (after, name) = (1901, "author 3");
    query!(Author.filter(.born > after).exclude(.name == name).prefetch_related(.books)).all(&logged).await?;
    let queries = log.queries();
    assert_eq!(queries.len(), 2);
    assert!(
        queries[0].sql.contains("FROM \"authors\"") && queries[0].sql.contains("$2"),
        "{}",
        queries[0].sql
    );
    assert_eq!(queries[0].params, ["1901", "\"author 3\""]);
    assert_eq!((queries[0].rows, queries[1].rows), (3, 5));
    assert!(queries[1].sql.contains("FROM \"books\""), "{}", queries[1].sql);
    assert_eq!(queries[1].params, ["[2, 4, 5]"]);
    assert!(queries.iter().all(|query| query.error.is_none() && !query.is_transaction_control));
    let text = log.to_string();
    assert!(text.starts_with("1. SELECT") && text.contains("[1901, \"author 3\"], 3 rows"), "{text}");
    Ok(())
}

#[orm::test]
async fn a_log_holds_writes_with_the_rows_they_returned(db: Db) -> orm::Result<()> {
    seed::library(&db, 1).await?;
    let (db, log) = db.logged();
    query!(Author.create(name = "Ada")).born(1815).execute(&db).await?;
    let new = ["Bo", "Cy"].map(|name| query!(Author.create(name = name)));
    Author::objects().bulk_create(new).execute(&db).await?;
    db.batch_execute("UPDATE authors SET born = 1; DELETE FROM authors WHERE name = 'Cy'").await?;
    let rows = log.queries().iter().map(|query| query.rows).collect::<Vec<_>>();
    assert_eq!(rows, [1, 1, 0], "the keys of many rows come in one, and a script's rows are not counted");
    assert_eq!(log.queries()[0].params, ["\"Ada\"", "1815"]);
    assert!(log.queries()[2].sql.starts_with("UPDATE"));
    Ok(())
}

#[orm::test]
async fn a_log_holds_errors(db: Db) -> orm::Result<()> {
    seed::library(&db, 1).await?;
    let (db, log) = db.logged();
    let orphan = query!(Book.create(author_id = 77, title = "x", year = 1));
    let error = orphan.execute(&db).await.expect_err("no author 77");
    assert!(error.is_foreign_key_violation());
    let queries = log.queries();
    let [query] = &queries[..] else { panic!("{log}") };
    let logged = query.error.as_deref().expect("an error");
    assert!(error.to_string().starts_with(logged) && logged.contains("books_author_id_fkey"), "{logged}");
    assert_eq!((query.rows, error.sql()), (0, Some(query.sql.as_str())));
    assert!(log.to_string().contains("failed: "), "{log}");
    Ok(())
}

#[orm::test]
async fn transactions_are_inherited_and_their_control_is_flagged(db: Db) -> orm::Result<()> {
    seed::library(&db, 5).await?;
    let (db, log) = db.logged();
    db.transaction(async |tx| {
        query!(Author).count(tx).await?;
        tx.transaction(async |tx| query!(Author).exists(tx).await).await?;
        let savepoint = tx.begin().await?;
        query!(Book).exists(&savepoint).await?;
        savepoint.rollback().await
    })
    .await?;
    db.begin().await?.rollback().await?;
    let control =
        log.queries().into_iter().filter(|query| query.is_transaction_control).map(|query| query.sql);
    assert_eq!(
        control.collect::<Vec<_>>(),
        [
            "BEGIN",
            "SAVEPOINT orm_1",
            "RELEASE orm_1",
            "SAVEPOINT orm_1",
            "ROLLBACK TO orm_1; RELEASE orm_1",
            "SELECT 1; COMMIT",
            "BEGIN",
            "ROLLBACK",
        ]
    );
    assert_eq!((log.count(), log.queries().len()), (3, 11), "{log}");
    Ok(())
}

#[orm::test]
async fn the_handle_observed_and_no_other_reports(db: Db) -> orm::Result<()> {
    seed::library(&db, 5).await?;
    let (one, log) = db.logged();
    query!(Author).count(&db).await?;
    db.transaction(async |tx| query!(Author).count(tx).await).await?;
    assert_eq!(log.queries().len(), 0, "{log}");
    query!(Author).count(&one.clone()).await?;
    assert_eq!(log.count(), 1, "{log}");
    let (both, second) = one.logged();
    query!(Author).count(&both).await?;
    query!(Author).count(&one).await?;
    assert_eq!(
        (log.count(), second.count()),
        (3, 1),
        "the observers of a handle stay with those made from it"
    );
    log.clear();
    assert_eq!((log.count(), second.count()), (0, 1));
    Ok(())
}

#[orm::test]
async fn on_query_is_told_what_the_log_is(db: Db) -> orm::Result<()> {
    seed::library(&db, 5).await?;
    let seen = Arc::new(Mutex::new(Vec::new()));
    let record = Arc::clone(&seen);
    let observed = db.on_query(move |query| {
        let params = query.params().iter().map(|param| format!("{param:?}")).collect::<Vec<_>>();
        let failed = query.error().is_some_and(|error| error.is_unique_violation());
        record.lock().unwrap().push((query.rows(), params, failed, query.is_transaction_control()));
        assert!(!query.sql().is_empty());
    });
    observed.transaction(async |tx| query!(Author.filter(.id == 4)).get(tx).await).await?;
    query!(Author.create(name = "again")).id(4).execute(&observed).await.expect_err("the key is taken");
    let params = |list: &[&str]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(
        *seen.lock().unwrap(),
        [
            (0, vec![], false, true),
            (1, params(&["4"]), false, false),
            (0, vec![], false, true),
            (0, params(&["4", "\"again\""]), true, false),
        ]
    );
    Ok(())
}

#[orm::test]
async fn siblings_are_each_reported(db: Db) -> orm::Result<()> {
    seed::shop(&db, 5).await?;
    let (db, log) = db.logged();
    query!(tests::shop::Category.prefetch_related(.children, .products)).all(&db).await?;
    let rows = log.queries().iter().map(|query| query.rows).collect::<Vec<_>>();
    assert!(rows == [6, 4, 5] || rows == [6, 5, 4], "{log}");
    Ok(())
}
