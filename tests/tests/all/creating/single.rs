//! `create`.

use orm::prelude::*;
use tests::shop::{self, Item, NewUser, User};

use super::{Draft, NewDraft, draft};

#[orm::test]
async fn what_is_not_set_is_the_databases_default(db: Db) -> orm::Result<()> {
    db.create_tables(models![Draft]).await?;
    let row = query!(Draft.create(title = "a")).execute(&db).await?;
    let expected =
        Draft { id: row.id, title: "a".into(), subtitle: None, stars: 7, author: Some("unknown".into()) };
    assert_eq!(row, expected);
    assert_eq!(query!(Draft.filter(.title == "a")).get(&db).await?, expected);
    Ok(())
}

#[orm::test]
async fn setters_take_values_options_and_null(db: Db) -> orm::Result<()> {
    db.create_tables(models![Draft]).await?;
    let row = draft("a").subtitle("s").stars(1).author("me").execute(&db).await?;
    assert_eq!((row.subtitle.as_deref(), row.stars, row.author.as_deref()), (Some("s"), 1, Some("me")));
    let row = draft("b").subtitle(Some(String::from("s"))).author(None::<String>).execute(&db).await?;
    assert_eq!(
        (row.subtitle.as_deref(), row.author),
        (Some("s"), None),
        "NULL where asked for, not the default"
    );
    let row = draft("c").subtitle("x").subtitle(None::<&str>).execute(&db).await?;
    assert_eq!(row.subtitle, None, "the last one counts");
    Ok(())
}

#[orm::test]
async fn from_every_form(db: Db) -> orm::Result<()> {
    db.create_tables(models![Draft]).await?;
    let title = String::from("a");
    let a = query!(Draft.create(title = &title)).execute(&db).await?;
    let b = Draft::objects().create(NewDraft { title: "b".into() }).execute(&db).await?;
    let c = Draft::objects().create(draft("c").stars(3)).execute(&db).await?;
    let copy = Draft { id: 100, title: "d".into(), ..c.clone() };
    let d = Draft::objects().create(copy.clone()).execute(&db).await?;
    assert_eq!((a.title.as_str(), b.title.as_str(), c.stars), ("a", "b", 3));
    assert_eq!(d, copy, "a whole row keeps its key");
    Ok(())
}

#[orm::test]
async fn a_new_row_can_be_inserted_again_and_is_one_statement_each_time(db: Db) -> orm::Result<()> {
    db.create_tables(models![Draft]).await?;
    let (db, log) = db.logged();
    let new = draft("a");
    assert_eq!(log.count(), 0, "nothing is sent before `execute`");
    new.execute(&db).await?;
    assert_eq!(log.queries().len(), 1, "{log}");
    assert!(
        log.queries()[0].sql.starts_with(r#"INSERT INTO "draft" ("title") VALUES ($1) RETURNING "id","#),
        "{log}"
    );
    let again = new.clone().execute(&db).await;
    assert!(again.unwrap_err().is_unique_violation());
    assert_eq!(new.stars(2).execute(&db).await.unwrap_err().constraint(), Some("draft_title_key"));
    Ok(())
}

#[orm::test]
async fn violations_have_their_predicates(db: Db) -> orm::Result<()> {
    shop::create_tables(&db).await?;
    let new = NewUser { email: "a@example.com".into(), active: true };
    let user = User::objects().create(new.clone()).execute(&db).await?;
    let error = User::objects().create(new).execute(&db).await.unwrap_err();
    assert!(error.is_unique_violation() && !error.is_foreign_key_violation(), "{error}");
    assert_eq!(error.constraint(), Some("users_email_key"));
    assert!(error.to_string().contains("INSERT INTO \"users\""), "{error}");
    let error =
        query!(Item.create(order_id = 1, product_id = user.id, quantity = 1)).execute(&db).await.unwrap_err();
    assert!(error.is_foreign_key_violation() && !error.is_unique_violation(), "{error}");
    assert_eq!(User::objects().count(&db).await?, 1);
    Ok(())
}
