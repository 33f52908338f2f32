//! The statements of a stream by chunks.

use orm::prelude::*;
use tests::library::{Author, Book};
use tests::shop::User;

use super::{rest, verbs};
use crate::loading::seed;
use crate::support::{Note, Place, lines, session};

#[orm::test]
async fn each_chunk_loads_its_own_children(db: Db) -> orm::Result<()> {
    seed::shop(&db, 10).await?;
    let (db, log) = db.logged();
    let users = query!(User.prefetch_related(.orders).order_by(.id));
    let mut stream = users.iterator(&db, 4);
    assert_eq!(stream.try_next().await?.expect("a user").orders().len(), 1);
    assert_eq!(verbs(&log), ["BEGIN", "DECLARE", "FETCH", "SELECT"]);
    for _ in 0..3 {
        stream.try_next().await?;
    }
    assert_eq!(verbs(&log), [""; 0]);
    stream.try_next().await?;
    assert_eq!(verbs(&log), ["FETCH", "SELECT"]);
    assert_eq!(rest(&mut stream).await?.len(), 5);
    assert_eq!(verbs(&log), ["FETCH", "SELECT", "COMMIT"]);
    Ok(())
}

#[orm::test]
async fn the_text_of_the_statements(db: Db) -> orm::Result<()> {
    seed::library(&db, 4).await?;
    let (db, log) = db.logged();
    let books = query!(Book.filter(.year > 1_000).prefetch_related(.tags));
    rest(&mut books.iterator(&db, 2_000)).await?;
    let logged = log.queries();
    let sql: Vec<&str> = logged.iter().map(|query| query.sql.as_str()).collect();
    assert_eq!(sql[0], "BEGIN ISOLATION LEVEL REPEATABLE READ");
    assert_eq!(sql[1], format!("DECLARE orm_cursor_0 NO SCROLL CURSOR FOR {}", books.to_sql().text()));
    assert_eq!(logged[1].params, ["1000"]);
    assert_eq!(sql[2], "FETCH 2000 FROM orm_cursor_0");
    assert_eq!(*sql.last().unwrap(), "COMMIT");
    assert_eq!(log.count(), 4, "two for the tags: {log}");
    Ok(())
}

#[orm::test]
async fn a_full_last_chunk_takes_one_more_fetch(db: Db) -> orm::Result<()> {
    seed::shop(&db, 4).await?;
    let (db, log) = db.logged();
    let users = query!(User.prefetch_related(.orders));
    assert_eq!(rest(&mut users.iterator(&db, 2)).await?.len(), 4);
    assert_eq!(verbs(&log), ["BEGIN", "DECLARE", "FETCH", "SELECT", "FETCH", "SELECT", "FETCH", "COMMIT"]);
    Ok(())
}

#[orm::test]
async fn in_a_transaction_every_stream_has_a_cursor(db: Db) -> orm::Result<()> {
    seed::shop(&db, 3).await?;
    let (db, log) = db.logged();
    let tx = db.begin().await?;
    assert_eq!(rest(&mut query!(User).iterator(&tx, 2)).await?.len(), 3);
    assert_eq!(verbs(&log), ["BEGIN", "DECLARE", "FETCH", "FETCH", "CLOSE"]);
    tx.commit().await?;
    Ok(())
}

#[orm::test]
async fn other_queries_run_between_two_rows_of_a_transaction(db: Db) -> orm::Result<()> {
    seed::shop(&db, 7).await?;
    let tx = db.begin().await?;
    let mut users = query!(User.order_by(.id)).iterator(&tx, 2);
    let mut seen = 0;
    while let Some(user) = users.try_next().await? {
        let same = query!(User.filter(.id == user.id)).get(&tx).await?;
        assert_eq!(same, user);
        tx.execute("UPDATE users SET active = true WHERE id = $1", &[&user.id]).await?;
        seen += 1;
    }
    drop(users);
    tx.commit().await?;
    assert_eq!((seen, query!(User.filter(.active)).count(&db).await?), (7, 7));
    Ok(())
}

#[orm::test]
async fn two_streams_at_once_in_a_transaction(db: Db) -> orm::Result<()> {
    seed::library(&db, 9).await?;
    let tx = db.begin().await?;
    let (ups, downs) = (query!(Author.order_by(.id)), query!(Author.prefetch_related(.books).order_by(-.id)));
    let (mut up, mut down) = (ups.iterator(&tx, 2), downs.iterator(&tx, 3));
    for id in 1..=9 {
        assert_eq!(up.try_next().await?.expect("an author").id, id);
        assert_eq!(down.try_next().await?.expect("an author").id, 10 - id);
    }
    assert!(up.try_next().await?.is_none() && down.try_next().await?.is_none());
    drop((up, down));

    let (mut up, mut down) = (ups.iterator(&tx, 2), downs.iterator(&tx, 3));
    let (ascending, descending) = tokio::join!(rest(&mut up), rest(&mut down));
    assert_eq!((ascending?.len(), descending?.len()), (9, 9));
    drop((up, down));
    tx.commit().await
}

#[orm::test]
async fn all_chunks_see_the_same_state(db: Db) -> orm::Result<()> {
    seed::shop(&db, 6).await?;
    let users = query!(User.prefetch_related(.orders).order_by(.id));
    let before = users.all(&db).await?;
    let mut stream = users.iterator(&db, 1);
    let first = stream.try_next().await?.expect("a user");
    db.batch_execute("DELETE FROM items; DELETE FROM orders").await?;
    let mut after = vec![first];
    after.extend(rest(&mut stream).await?);
    assert_eq!(after, before, "children too");
    Ok(())
}

#[tokio::test]
async fn nothing_is_prepared_for_chunks() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    place.db.execute("INSERT INTO notes (text) SELECT n::text FROM generate_series(1, 50) n", &[]).await?;
    let before = session(&place.db).await?.prepared;
    let tx = place.db.begin().await?;
    for _ in 0..3 {
        assert_eq!(rest(&mut query!(Note).iterator(&tx, 2)).await?.len(), 50);
    }
    tx.commit().await?;
    assert_eq!(session(&place.db).await?.prepared, before);
    Ok(())
}

#[tokio::test]
async fn behind_a_pooler_too() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let db = Db::builder(place.url()).max_size(1).pgbouncer(true).connect().await?;
    assert_eq!(lines(&db, 10).await?.len(), 10);
    let tx = db.begin().await?;
    place.db.execute("INSERT INTO notes (text) VALUES ('a'), ('b')", &[]).await?;
    assert_eq!(rest(&mut query!(Note.filter(.id > 0)).iterator(&tx, 1)).await?.len(), 2);
    tx.commit().await?;
    assert_eq!(rest(&mut query!(Note.filter(.id > 0)).iterator(&db, 1)).await?.len(), 2);
    assert_eq!(session(&db).await?.prepared, 0);
    Ok(())
}
