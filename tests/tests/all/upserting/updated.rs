//! `update_or_create`.

use orm::prelude::*;
use tests::shop::{self, CreateUser, NewUser, Profile, User};

use super::{Language, Word};

#[orm::test]
async fn one_statement_either_way(db: Db) -> orm::Result<()> {
    shop::create_tables(&db).await?;
    let (db, log) = db.logged();
    let set =
        |nick: &'static str| query!(User.update_or_create(email = "a").defaults(active = true, nick = nick));
    let (first, created) = set("x").execute(&db).await?;
    assert!(created);
    let (second, created) = set("y").execute(&db).await?;
    assert!(!created);
    assert_eq!(second, User { nick: Some("y".into()), ..first });
    assert_eq!(log.queries().len(), 2, "{log}");
    assert_eq!(
        log.queries()[0].sql,
        "INSERT INTO \"users\" (\"email\", \"active\", \"nick\") VALUES ($1, $2, $3) ON CONFLICT (\"email\") \
         DO UPDATE SET \"active\" = EXCLUDED.\"active\", \"nick\" = EXCLUDED.\"nick\" \
         RETURNING \"id\", \"email\", \"active\", \"nick\", \"created_at\", xmax = 0"
    );
    Ok(())
}

#[orm::test]
async fn new_rows_may_get_other_values(db: Db) -> orm::Result<()> {
    db.create_tables(models![Word]).await?;
    let set = |uses, note: Option<&'static str>| {
        query!(Word.update_or_create(slug = "a").defaults(uses = uses, note = note).create_defaults(
            language = Language::English,
            text = "A",
            note = "new"
        ))
    };
    let (word, created) = set(2, Some("changed")).execute(&db).await?;
    assert!(created);
    assert_eq!((word.uses, word.note.as_deref(), word.text.as_str()), (2, Some("new"), "A"));
    query!(Word.update_or_create(slug = "a").defaults(text = "B", language = Language::English))
        .execute(&db)
        .await?;
    let (word, created) = set(3, Some("changed")).execute(&db).await?;
    assert!(!created);
    assert_eq!((word.uses, word.note.as_deref(), word.text.as_str()), (3, Some("changed"), "B"));
    assert_eq!(set(4, None).execute(&db).await?.0.note, None);
    Ok(())
}

#[orm::test]
async fn rows_of_the_method_api(db: Db) -> orm::Result<()> {
    shop::create_tables(&db).await?;
    let row = |nick: &str, active| CreateUser::from(NewUser { email: "a".into(), active }).nick(nick);
    let set = |nick: &str, active| User::objects().update_or_create(|u| u.email(), row(nick, active));
    assert!(set("x", true).execute(&db).await?.1);
    let (user, created) = set("y", false).execute(&db).await?;
    assert_eq!((user.nick.as_deref(), user.active, created), (Some("y"), false, false));
    let (user, _) = set("z", true).update_only(|u| u.nick()).execute(&db).await?;
    assert_eq!((user.nick.as_deref(), user.active), (Some("z"), false));
    let (user, created) =
        User::objects().update_or_create(|u| u.id(), row("w", true).id(user.id)).execute(&db).await?;
    assert_eq!((user.nick.as_deref(), user.active, created), (Some("w"), true, false));
    Ok(())
}

#[orm::test]
async fn nothing_to_update(db: Db) -> orm::Result<()> {
    shop::create_tables(&db).await?;
    let (user, _) = query!(User.get_or_create(email = "a").defaults(active = true)).execute(&db).await?;
    let set = query!(Profile.update_or_create(user_id = user.id));
    assert!(set.execute(&db).await?.1);
    let (profile, created) = set.execute(&db).await?;
    assert_eq!((profile.user_id, profile.city, created), (user.id, None, false));
    Ok(())
}

#[orm::test]
async fn created_in_the_same_transaction(db: Db) -> orm::Result<()> {
    shop::create_tables(&db).await?;
    let set = |active| query!(User.update_or_create(email = "a").defaults(active = active));
    let created = db
        .transaction(async |tx| {
            let created = [set(true).execute(tx).await?.1, set(true).execute(tx).await?.1];
            Ok::<_, orm::Error>((created, set(false).execute(tx).await?.1))
        })
        .await?;
    assert_eq!(created, ([true, false], false));
    Ok(())
}
