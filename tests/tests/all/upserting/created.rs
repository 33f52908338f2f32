//! `get_or_create`.

use orm::prelude::*;
use tests::shop::{self, Item, NewUser, User};

use super::{Language, NewWord, Word};

#[orm::test]
async fn creates_once(db: Db) -> orm::Result<()> {
    shop::create_tables(&db).await?;
    let (db, log) = db.logged();
    let get = || query!(User.get_or_create(email = "a").defaults(active = true, nick = "x"));
    let (user, created) = get().execute(&db).await?;
    assert!(created);
    assert_eq!((user.email.as_str(), user.active, user.nick.as_deref()), ("a", true, Some("x")));
    let sql: Vec<_> = log.queries().into_iter().map(|query| query.sql).collect();
    assert_eq!(
        sql,
        [
            "SELECT t0.\"id\", t0.\"email\", t0.\"active\", t0.\"nick\", t0.\"created_at\" FROM \"users\" t0 \
             WHERE t0.\"email\" = $1",
            "INSERT INTO \"users\" (\"email\", \"active\", \"nick\") VALUES ($1, $2, $3) \
             ON CONFLICT (\"email\") DO NOTHING \
             RETURNING \"id\", \"email\", \"active\", \"nick\", \"created_at\"",
        ]
    );
    log.clear();
    let found =
        query!(User.get_or_create(email = String::from("a")).defaults(active = false)).execute(&db).await?;
    assert_eq!(found, (user.clone(), false));
    assert_eq!(log.queries().len(), 1, "{log}");
    let found = User::objects()
        .get_or_create(|u| u.email(), NewUser { email: "a".into(), active: false })
        .execute(&db)
        .await?;
    assert_eq!(found, (user, false));
    Ok(())
}

#[orm::test]
async fn by_keys_of_several_columns_and_by_the_primary_key(db: Db) -> orm::Result<()> {
    db.create_tables(models![Word]).await?;
    let get = |text: &'static str| {
        query!(Word.get_or_create(text = text, language = Language::German).defaults(slug = text, uses = 2))
    };
    let (a, created) = get("a").execute(&db).await?;
    assert!(created && a.uses == 2 && a.language == Language::German);
    assert!(get("b").execute(&db).await?.1);
    assert_eq!(get("a").execute(&db).await?, (a.clone(), false));

    let by_id = |id| {
        query!(Word.get_or_create(id = id).defaults(text = "c", language = Language::German, slug = "c"))
    };
    assert_eq!(by_id(a.id).execute(&db).await?, (a, false));
    let (c, created) = by_id(100).execute(&db).await?;
    assert!(created && c.id == 100);
    let new = NewWord { text: "c".into(), language: Language::German, slug: "other".into() };
    let get = Word::objects().get_or_create(|w| (w.language(), w.text()), new);
    assert_eq!(get.execute(&db).await?, (c.clone(), false));
    assert_eq!(get.execute(&db).await?, (c, false), "a second time");
    Ok(())
}

#[orm::test]
async fn values_may_wait_and_fail(db: Db) -> orm::Result<()> {
    shop::create_tables(&db).await?;
    async fn email() -> orm::Result<String> {
        Ok("a".into())
    }
    let user = query!(User.get_or_create(email = email().await?).defaults(active = true).execute(&db).await?);
    assert!(user.1);
    Ok(())
}

#[orm::test]
async fn what_else_the_database_refuses_is_an_error(db: Db) -> orm::Result<()> {
    shop::create_tables(&db).await?;
    let get = query!(Item.get_or_create(order_id = 1, product_id = 1).defaults(quantity = 1));
    let error = get.execute(&db).await.unwrap_err();
    assert!(error.is_foreign_key_violation(), "{error}");
    db.create_tables(models![Word]).await?;
    let get =
        |slug| query!(Word.get_or_create(slug = slug).defaults(text = "t", language = Language::English));
    get("a").execute(&db).await?;
    let error = get("b").execute(&db).await.unwrap_err();
    assert_eq!(error.constraint(), Some("words_language_text_key"), "{error}");
    Ok(())
}
