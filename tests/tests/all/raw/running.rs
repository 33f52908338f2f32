//! How SQL of the user's own is run: prepared, logged, counted, and on what.

use orm::prelude::*;
use tokio_postgres::types::ToSql;

use crate::support::{Note, Place, poll_and_drop, session, within_a_second};

#[tokio::test]
async fn affected_rows_are_counted() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let db = &place.db;
    let insert = "INSERT INTO notes (text) SELECT n::text FROM generate_series($1::int, 9) n";
    assert_eq!(db.execute(insert, &[&5]).await?, 5);
    assert_eq!(db.execute("UPDATE notes SET text = text || 'x' WHERE id > $1", &[&2_i64]).await?, 3);
    assert_eq!(db.execute("DELETE FROM notes WHERE false", &[]).await?, 0);
    assert_eq!(db.execute("SELECT * FROM notes", &[]).await?, 5, "rows that nobody reads");
    assert_eq!(db.execute("CREATE TABLE more (id bigint)", &[]).await?, 0);
    assert_eq!(db.execute("", &[]).await?, 0);
    Ok(())
}

#[tokio::test]
async fn on_whatever_a_query_runs_on() -> orm::Result<()> {
    async fn rename(db: &impl Executor, id: i64, text: &str) -> orm::Result<Note> {
        db.query_as_one("UPDATE notes SET text = $2 WHERE id = $1 RETURNING *", &[&id, &text]).await
    }
    let place = Place::with_pool(1).await?;
    place.db.execute("INSERT INTO notes (text) VALUES ('a'), ('b')", &[]).await?;
    assert_eq!(rename(&place.db, 1, "c").await?.text, "c");
    place
        .db
        .transaction(async |tx| {
            assert_eq!(rename(tx, 2, "d").await?.text, "d");
            let undone = tx.transaction(async |tx| {
                rename(tx, 2, "e").await?;
                tx.execute("SELECT 1 / 0", &[]).await
            });
            assert_eq!(undone.await.unwrap_err().code(), Some("22012"));
            assert_eq!(tx.query_as::<i64>("SELECT count(*) FROM notes WHERE text = 'd'", &[]).await?, [1]);
            Ok::<_, orm::Error>(())
        })
        .await?;
    assert_eq!(place.notes().await, ["c", "d"]);
    Ok(())
}

#[tokio::test]
async fn it_is_logged_with_its_values() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let (db, log) = place.db.logged();
    let insert = "INSERT INTO notes (text) SELECT unnest($1::text[])";
    db.execute(insert, &[&vec!["a", "b"]]).await?;
    let select = "SELECT id FROM notes WHERE id > $1 AND text <> $2 AND id <> ALL($3)";
    db.query_as::<i64>(select, &[&0_i64, &"a", &vec![7_i64, 8]]).await?;
    let logged = log.queries();
    assert_eq!(logged.len(), 2, "{log}");
    assert_eq!((logged[0].sql.as_str(), logged[0].rows), (insert, 2));
    assert_eq!(logged[0].params, [r#"[Some("a"), Some("b")]"#]);
    assert_eq!((logged[1].sql.as_str(), logged[1].rows), (select, 1));
    assert_eq!(logged[1].params, ["0", "\"a\"", "[Some(7), Some(8)]"]);
    Ok(())
}

#[tokio::test]
async fn a_text_that_recurs_stays_prepared() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let mut prepared = Vec::new();
    for _ in 0..4 {
        place.db.query_as::<Note>("SELECT * FROM notes", &[]).await?;
        prepared.push(session(&place.db).await?.prepared);
    }
    assert_eq!(prepared, [0, 1, 1, 1]);
    for n in 0..20 {
        place.db.execute(&format!("SELECT {n}"), &[]).await?;
    }
    assert_eq!(session(&place.db).await?.prepared, 1);
    Ok(())
}

#[tokio::test]
async fn a_table_that_changed_is_read_anew() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    place.db.execute("INSERT INTO notes (text) VALUES ('a')", &[]).await?;
    for _ in 0..3 {
        assert_eq!(place.db.query_as::<Note>("SELECT * FROM notes", &[]).await?.len(), 1);
    }
    place
        .outside
        .texts("ALTER TABLE notes DROP COLUMN text, ADD COLUMN more int, ADD COLUMN text text DEFAULT 'b'")
        .await;
    let notes: Vec<Note> = place.db.query_as("SELECT * FROM notes", &[]).await?;
    assert_eq!(notes[0].text, "b", "found at its new place");
    place.outside.texts("ALTER TABLE notes DROP COLUMN text").await;
    let error = place.db.query_as::<Note>("SELECT * FROM notes", &[]).await.unwrap_err();
    assert!(error.to_string().starts_with("the statement returns no column `text`"), "{error}");
    Ok(())
}

#[tokio::test]
async fn placeholders_that_changed_their_type_are_read_anew() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    place.outside.texts("ALTER TABLE notes ADD COLUMN n int").await;
    const FIND: &str = "SELECT id FROM notes WHERE n = $1";
    for _ in 0..3 {
        place.db.query_as::<i64>(FIND, &[&1_i32]).await?;
    }
    place.outside.texts("ALTER TABLE notes ALTER n TYPE bigint").await;
    let tx = place.db.begin().await?;
    assert!(tx.query_as::<i64>(FIND, &[&1_i64]).await?.is_empty());
    tx.commit().await?;
    let error = place.db.query_as::<i64>(FIND, &[&1_i32]).await.unwrap_err();
    assert!(error.to_string().contains("int8"), "{error}");
    Ok(())
}

#[derive(Enum, Debug, Clone)]
enum Mood {
    Ok,
    Sad,
}

#[tokio::test]
async fn a_type_that_was_made_anew_is_an_error_once() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    place.outside.texts("CREATE TYPE mood AS ENUM ('ok'); ALTER TABLE notes ADD COLUMN mood mood").await;
    const FIND: &str = "SELECT id FROM notes WHERE mood = $1";
    for _ in 0..3 {
        place.db.query_as::<i64>(FIND, &[&Mood::Ok]).await?;
    }
    let anew = "ALTER TYPE mood RENAME TO old; CREATE TYPE mood AS ENUM ('ok', 'sad');
        ALTER TABLE notes ALTER mood TYPE mood USING mood::text::mood; DROP TYPE old";
    place.outside.texts(anew).await;
    assert!(place.db.query_as::<i64>(FIND, &[&Mood::Sad]).await.is_err());
    assert!(place.db.query_as::<i64>(FIND, &[&Mood::Sad]).await?.is_empty());
    Ok(())
}

#[tokio::test]
async fn too_many_parameters_are_not_sent() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let (db, log) = place.db.logged();
    let values: Vec<i64> = (0..70_000).collect();
    let params: Vec<&(dyn ToSql + Sync)> = values.iter().map(|value| value as _).collect();
    let error = db.execute("SELECT 1", &params).await.unwrap_err();
    assert!(
        error.to_string().starts_with("the statement has 70000 parameters, and 65535 is the most"),
        "{error}"
    );
    let any = Note::objects().filter(|n| values.iter().fold(n.id().eq(-1), |any, id| any.or(n.id().eq(*id))));
    let error = any.all(&db).await.unwrap_err();
    assert!(error.to_string().contains("65535 is the most"), "{error}");
    assert_eq!(log.count(), 0);
    assert_eq!(place.notes().await.len(), 0);
    Ok(())
}

#[tokio::test]
async fn a_transaction_left_open_is_rolled_back() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let pid = session(&place.db).await?.pid;
    place.db.execute("BEGIN ISOLATION LEVEL SERIALIZABLE", &[]).await?;
    let next = within_a_second(session(&place.db)).await?;
    assert_eq!((next.pid, next.isolation.as_str()), (pid, "read committed"));
    place.outside.until_state(pid, "idle").await;
    Ok(())
}

#[tokio::test]
async fn dropped_at_any_poll() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let pid = session(&place.db).await?.pid;
    for polls in 0..12 {
        let sql = format!(
            "SELECT n::int8, repeat('x', 1000) FROM generate_series(1, 20000 + {polls}) n WHERE n > $1"
        );
        for _ in 0..3 {
            poll_and_drop(place.db.query_as::<(i64, String)>(&sql, &[&0]), polls).await;
            assert_eq!(within_a_second(session(&place.db)).await?.pid, pid);
        }
    }
    place.outside.until_state(pid, "idle").await;
    Ok(())
}

#[tokio::test]
async fn behind_a_pooler_it_runs_in_a_transaction() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let db = Db::builder(place.url()).max_size(1).pgbouncer(true).connect().await?;
    let (db, log) = db.logged();
    for _ in 0..3 {
        assert_eq!(
            db.execute("INSERT INTO notes (text) VALUES (gen_random_uuid()::text || $1)", &[&"a"]).await?,
            1
        );
    }
    assert_eq!(log.queries().iter().filter(|query| query.is_transaction_control).count(), 6, "{log}");
    assert_eq!(place.notes().await.len(), 3);
    assert!(db.execute("SELECT 1 / 0", &[]).await.is_err());
    assert_eq!(within_a_second(session(&db)).await?.prepared, 0);
    let tx = db.begin().await?;
    log.clear();
    tx.execute("DELETE FROM notes", &[]).await?;
    assert_eq!(log.queries().len(), 1);
    tx.commit().await?;
    assert!(place.notes().await.is_empty());
    Ok(())
}

#[tokio::test]
async fn a_table_that_changed_ends_a_transaction_once() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    for _ in 0..3 {
        place.db.query_as::<Note>("SELECT * FROM notes", &[]).await?;
    }
    let tx = place.db.begin().await?;
    place.outside.texts("ALTER TABLE notes ADD COLUMN more int").await;
    let error = tx.query_as::<Note>("SELECT * FROM notes", &[]).await.unwrap_err();
    assert_eq!(error.code(), Some("0A000"), "{error}");
    tx.rollback().await?;
    let tx = place.db.begin().await?;
    assert!(tx.query_as::<Note>("SELECT * FROM notes", &[]).await?.is_empty());
    tx.commit().await
}
