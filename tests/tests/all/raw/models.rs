//! Rows read as models: columns by name.

use std::time::Duration;

use orm::prelude::*;
use tests::library::{Author, Book};
use tests::shop::{Order, User};

use crate::loading::seed;

#[orm::test]
async fn in_the_order_of_the_table(db: Db) -> orm::Result<()> {
    seed::shop(&db, 5).await?;
    let users = query!(User.order_by(.id)).all(&db).await?;
    assert_eq!(db.query_as::<User>("SELECT * FROM users ORDER BY id", &[]).await?, users);
    let one: User = db.query_as_one("SELECT * FROM users WHERE email = $1", &[&"3@example.com"]).await?;
    assert_eq!(one, users[2]);
    Ok(())
}

#[orm::test]
async fn in_any_order_and_among_others(db: Db) -> orm::Result<()> {
    seed::library(&db, 9).await?;
    let authors = query!(Author.order_by(-.id)).all(&db).await?;
    let sql =
        "SELECT born, count(*) OVER () AS total, a.name, 'x' AS more, a.id FROM authors a ORDER BY a.id DESC";
    assert_eq!(db.query_as::<Author>(sql, &[]).await?, authors);

    let books = query!(Book.filter(.author.born > 1_905).order_by(.id)).all(&db).await?;
    let sql = "SELECT b.*, a.born FROM books b JOIN authors a ON a.id = b.author_id WHERE a.born > $1 ORDER BY b.id";
    assert_eq!(db.query_as::<Book>(sql, &[&1_905]).await?, books);
    assert!(!books.is_empty());
    Ok(())
}

#[orm::test]
async fn of_common_table_expressions_and_returning(db: Db) -> orm::Result<()> {
    seed::shop(&db, 5).await?;
    let sql = "WITH RECURSIVE tree AS (
            SELECT * FROM categories WHERE parent_id IS NULL
            UNION ALL SELECT c.* FROM categories c JOIN tree t ON c.parent_id = t.id
        ) SELECT * FROM tree";
    let categories: Vec<tests::shop::Category> = db.query_as(sql, &[]).await?;
    assert_eq!(categories.len(), 6);
    let sql = "UPDATE orders SET note = $1, total = total + $2 WHERE id = $3 RETURNING *";
    let order: Order = db.query_as_one(sql, &[&Some("hello"), &1.5, &2_i64]).await?;
    assert_eq!(query!(Order.filter(.id == 2)).get(&db).await?, order);
    assert_eq!(order.note.as_deref(), Some("hello"));
    Ok(())
}

#[orm::test]
async fn a_missing_column_is_named(db: Db) -> orm::Result<()> {
    seed::library(&db, 1).await?;
    let (db, log) = db.logged();
    let error = db.query_as::<Author>("SELECT id, name FROM authors", &[]).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the statement returns no column `born`; its columns are: id, name\n  in: SELECT id, name FROM authors"
    );
    // Also where there are no rows, and where there are no columns.
    let error = db.query_as::<Author>("SELECT name, born FROM authors WHERE id < 0", &[]).await.unwrap_err();
    assert!(error.to_string().starts_with("the statement returns no column `id`"), "{error}");
    let error = db.query_as::<Author>("DELETE FROM authors", &[]).await.unwrap_err();
    assert!(error.to_string().contains("its columns are: none"), "{error}");
    assert_eq!(log.count(), 0, "nothing was run: {log}");
    assert_eq!(query!(Author).count(&db).await?, 1);
    Ok(())
}

#[orm::test]
async fn of_two_columns_of_a_name_neither_is_guessed(db: Db) -> orm::Result<()> {
    seed::library(&db, 5).await?;
    let sql = "SELECT * FROM authors a JOIN books b ON b.author_id = a.id";
    let error = db.query_as::<Author>(sql, &[]).await.unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("the statement returns several columns `id`: name the others differently, with AS"),
        "{error}"
    );
    Ok(())
}

#[orm::test]
async fn another_type_is_named(db: Db) -> orm::Result<()> {
    seed::library(&db, 1).await?;
    let sql = "SELECT id, name, born::bigint FROM authors";
    let error = db.query_as::<Author>(sql, &[]).await.unwrap_err();
    assert!(error.is_decode());
    assert_eq!(error.message(), "cannot read column `born` as int4: its type is int8");
    let sql = "SELECT born, NULL AS name, id FROM authors";
    let error = db.query_as::<Author>(sql, &[]).await.unwrap_err();
    assert!(
        error.is_decode() && error.message().starts_with("cannot read column `name`: it is NULL"),
        "{error}"
    );
    assert_eq!(error.sql(), Some(sql));
    Ok(())
}

#[derive(Enum, Debug, Clone, Copy, PartialEq)]
enum Mood {
    Calm,
    #[model(name = "very \"happy\"")]
    Happy,
}

#[derive(Model, Debug, Clone, PartialEq)]
struct Diary {
    id: i64,
    mood: Mood,
    later: Option<Mood>,
    all: Vec<Mood>,
    maybe: Option<Vec<Mood>>,
    #[model(column = "the text")]
    text: String,
}

#[orm::test]
async fn with_enums_as_themselves_and_as_text(db: Db) -> orm::Result<()> {
    db.create_tables(models![Diary]).await?;
    let days = (0..3).map(|n| NewDiary {
        mood: if n == 1 { Mood::Happy } else { Mood::Calm },
        all: vec![Mood::Happy; n],
        text: n.to_string(),
    });
    let days = days.map(|day| Diary::objects().create(day).later(Mood::Happy).maybe(vec![Mood::Calm]));
    Diary::objects().bulk_create(days).execute(&db).await?;
    db.execute("UPDATE diary SET later = NULL, maybe = NULL WHERE id = 2", &[]).await?;
    let diary = query!(Diary.order_by(.id)).all(&db).await?;
    assert_eq!(db.query_as::<Diary>("SELECT * FROM diary ORDER BY id", &[]).await?, diary);
    let sql = "SELECT id, mood::text, later::text, \"all\"::text[], maybe::text[], \"the text\" FROM diary ORDER BY id";
    assert_eq!(db.query_as::<Diary>(sql, &[]).await?, diary);

    let happy = "SELECT * FROM diary WHERE mood = $1 OR later = ANY($2) ORDER BY id";
    let found: Vec<Diary> = db.query_as(happy, &[&Mood::Happy, &vec![Mood::Calm]]).await?;
    assert_eq!(found, diary[1..2]);
    let moods: Vec<(Mood, Option<Mood>)> =
        db.query_as("SELECT mood, later FROM diary ORDER BY id", &[]).await?;
    assert_eq!(moods[1], (Mood::Happy, None));
    Ok(())
}

#[orm::test]
async fn more_enums_than_fit_into_the_socket(db: Db) -> orm::Result<()> {
    db.create_tables(models![Diary]).await?;
    db.execute(
        "INSERT INTO diary (mood, \"all\", \"the text\")
            SELECT 'calm', '{calm}', repeat('x', 100) FROM generate_series(1, 20000)",
        &[],
    )
    .await?;
    let all = db.query_as::<Diary>("SELECT * FROM diary", &[]);
    let all = tokio::time::timeout(Duration::from_secs(30), all).await.expect("no deadlock")?;
    assert_eq!(all.len(), 20_000);
    Ok(())
}
