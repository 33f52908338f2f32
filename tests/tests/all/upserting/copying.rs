//! `copy_in`.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use chrono::{DateTime, Utc};
use orm::prelude::*;
use tests::shop::{self, CreateUser, NewUser, User};
use uuid::Uuid;

use super::{Language, NewWord, Word, word};
use crate::support::Place;

fn user(number: usize) -> NewUser {
    NewUser { email: format!("{number}@example.com"), active: number.is_multiple_of(2) }
}

#[orm::test]
async fn a_hundred_thousand_rows_in_one_statement(db: Db) -> orm::Result<()> {
    shop::create_tables(&db).await?;
    let (db, log) = db.logged();
    let copied: u64 = User::objects().copy_in((0..100_000).map(user)).execute(&db).await?;
    assert_eq!(copied, 100_000);
    let queries = log.queries();
    assert_eq!((log.count(), queries.len()), (1, 1), "{log}");
    assert_eq!(queries[0].sql, "COPY \"users\" (\"email\", \"active\") FROM STDIN (FORMAT binary)");
    assert_eq!(query!(User.filter(.active)).count(&db).await?, 50_000);
    let last = query!(User.filter(.email == "99999@example.com")).get(&db).await?;
    assert_eq!((last.id, last.active, last.nick), (100_000, false, None));
    Ok(())
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "kinds")]
struct Kinds {
    #[model(primary_key)]
    id: Uuid,
    small: i16,
    number: f64,
    time: DateTime<Utc>,
    json: serde_json::Value,
    price: rust_decimal::Decimal,
    bytes: Vec<u8>,
    texts: Vec<String>,
    language: Language,
    maybe: Option<Language>,
}

#[orm::test]
async fn every_kind_of_column(db: Db) -> orm::Result<()> {
    db.create_tables(models![Word, Kinds]).await?;
    let row = |number: u128| Kinds {
        id: Uuid::from_u128(number),
        small: -7,
        number: 0.5,
        time: DateTime::from_timestamp(1_700_000_000, 5000).unwrap(),
        json: serde_json::json!({ "a": [1, null] }),
        price: rust_decimal::Decimal::new(12_345, 2),
        bytes: vec![0, 255],
        texts: vec![String::new(), "é".into()],
        language: Language::German,
        maybe: (number == 1).then_some(Language::English),
    };
    let rows = [row(1), row(2)];
    assert_eq!(Kinds::objects().copy_in(rows.clone()).execute(&db).await?, 2);
    assert_eq!(query!(Kinds.order_by(.id)).all(&db).await?, rows);
    Ok(())
}

#[orm::test]
async fn the_first_row_says_which_columns(db: Db) -> orm::Result<()> {
    db.create_tables(models![Word]).await?;
    let rows = [word("a").note("n").code(5), word("b").code(6), word("c").note(None::<String>)];
    assert_eq!(Word::objects().copy_in(rows).execute(&db).await?, 3);
    let words = query!(Word.order_by(.slug)).all(&db).await?;
    let columns: Vec<_> = words.iter().map(|word| (word.uses, word.note.as_deref(), word.code)).collect();
    assert_eq!(columns, [(1, Some("n"), Some(5)), (1, None, Some(6)), (1, None, None)]);

    let (db, log) = db.logged();
    let error = Word::objects().copy_in([word("d"), word("e").note("n")]).execute(&db).await.unwrap_err();
    assert!(error.to_string().starts_with("row 2 sets `note`, which the first row does not"), "{error}");
    let error = Word::objects().copy_in([word("d").uses(1), word("e")]).execute(&db).await.unwrap_err();
    assert!(error.to_string().starts_with("row 2 does not set `uses`, which the first row does"), "{error}");
    assert!(log.queries().iter().all(|query| query.error.is_some()), "{log}");
    assert_eq!(Word::objects().count(&db).await?, 3);
    Ok(())
}

#[orm::test]
async fn no_rows_are_no_statement(db: Db) -> orm::Result<()> {
    let (db, log) = db.logged();
    assert_eq!(Word::objects().copy_in(Vec::<NewWord>::new()).execute(&db).await?, 0);
    assert_eq!(log.queries().len(), 0);
    Ok(())
}

#[orm::test]
async fn a_refused_row_ends_it_and_nothing_else(db: Db) -> orm::Result<()> {
    shop::create_tables(&db).await?;
    let again = (0..50_000).map(|number| user(number % 30_000));
    let error = User::objects().copy_in(again).execute(&db).await.unwrap_err();
    assert!(error.is_unique_violation(), "{error}");
    assert!(error.sql().is_some_and(|sql| sql.starts_with("COPY")), "{error}");
    assert_eq!(User::objects().count(&db).await?, 0);
    assert_eq!(User::objects().copy_in((0..3).map(user)).execute(&db).await?, 3);

    let mut tx = db.begin().await?;
    let inner = tx.begin().await?;
    let mixed = [CreateUser::from(user(7)), CreateUser::from(user(8)).nick("x")];
    let error = User::objects().copy_in(mixed).execute(&inner).await.unwrap_err();
    assert!(error.to_string().starts_with("row 2 sets `nick`"), "{error}");
    let error = User::objects().count(&inner).await.unwrap_err();
    assert!(error.is_transaction_aborted() && error.to_string().contains("row 2 sets `nick`"), "{error}");
    inner.rollback().await?;
    assert_eq!(User::objects().copy_in((10..12).map(user)).execute(&tx).await?, 2);
    tx.commit().await?;
    assert_eq!(User::objects().count(&db).await?, 5);
    Ok(())
}

#[orm::test]
async fn dropped_half_way(db: Db) -> orm::Result<()> {
    shop::create_tables(&db).await?;
    static READ: AtomicUsize = AtomicUsize::new(0);
    for milliseconds in [0, 1, 5, 20, 60] {
        let endless = (0..).map(|number| {
            READ.fetch_add(1, Ordering::Relaxed);
            user(number)
        });
        let copy = User::objects().copy_in(endless).execute(&db);
        assert!(tokio::time::timeout(Duration::from_millis(milliseconds), copy).await.is_err());
        assert_eq!(User::objects().count(&db).await?, 0);
    }
    assert!(READ.load(Ordering::Relaxed) > 0);
    let copy = User::objects().copy_in((0..10).map(user));
    assert_eq!(copy.execute(&db).await?, 10);
    Ok(())
}

#[orm::test]
async fn behind_a_pooler(_db: Db) -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    shop::create_tables(&place.db).await?;
    let pooled = Db::builder(place.url()).pgbouncer(true).connect().await?;
    let (pooled, log) = pooled.logged();
    assert_eq!(User::objects().copy_in((0..10).map(user)).execute(&pooled).await?, 10);
    let sql: Vec<_> = log.queries().into_iter().map(|query| query.sql).collect();
    assert_eq!((sql[0].as_str(), sql[2].as_str(), sql.len()), ("BEGIN", "COMMIT", 3));
    Ok(())
}
