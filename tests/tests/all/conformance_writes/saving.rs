//! Facts of Django's test folders `basic`, `force_insert_update`, `update_only_fields` and `save_delete_hooks`.

use orm::functions::coalesce;
use orm::prelude::*;
use tests::library::{Author, Book, BookTag};
use tests::shop::{Order, Profile, User};

use super::{ids, library, shop};

#[orm::test]
async fn a_created_row_has_its_key_and_its_defaults(db: Db) -> orm::Result<()> {
    shop::create_tables(&db).await?;
    let before = chrono::Utc::now() - chrono::TimeDelta::minutes(5);
    let user = query!(User.create(email = "a", active = true)).execute(&db).await?;
    assert_eq!((user.id, user.nick.as_deref()), (1, None));
    assert!(user.created_at > before);
    assert_eq!(query!(User.filter(.created_at == user.created_at)).get(&db).await?, user);
    Ok(())
}

#[orm::test]
async fn a_given_key_is_kept_and_is_not_given_again(db: Db) -> orm::Result<()> {
    shop::create_tables(&db).await?;
    let user = query!(User.create(email = "a", active = true)).id(7).execute(&db).await?;
    assert_eq!(user.id, 7);
    let again = query!(User.create(email = "b", active = true)).id(7).execute(&db).await.unwrap_err();
    assert!(again.is_unique_violation() && again.constraint() == Some("users_pkey"), "{again}");
    Ok(())
}

#[orm::test]
async fn save_never_inserts(db: Db) -> orm::Result<()> {
    library(&db).await?;
    // Django inserts a row whose key is not found; here `create` does.
    let author = Author { id: 99, name: "new".into(), born: None };
    assert!(author.save(&db).await.unwrap_err().is_not_found());
    assert!(author.save_only(&db, |a| a.name()).await.unwrap_err().is_not_found());
    assert_eq!(query!(Author).count(&db).await?, 3);
    assert_eq!(Author::objects().bulk_create([author.clone()]).execute(&db).await?, [99]);
    author.save(&db).await
}

#[orm::test]
async fn save_is_one_statement_and_reads_nothing(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let mut author = query!(Author.filter(.id == 1)).get(&db).await?;
    author.name = "Augusta".into();
    let (db, log) = db.logged();
    author.save(&db).await?;
    assert_eq!(log.count(), 1, "{log}");
    assert_eq!(query!(Author.filter(.id == 1)).get(&db).await?, author);
    Ok(())
}

#[orm::test]
async fn save_overwrites_and_save_only_does_not(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let mut mine = query!(Author.filter(.id == 1)).get(&db).await?;
    query!(Author.filter(.id == 1).update(born = 1816)).execute(&db).await?;
    mine.name = "Augusta".into();
    mine.save_only(&db, |a| a.name()).await?;
    let stored = query!(Author.filter(.id == 1)).get(&db).await?;
    assert_eq!((stored.name.as_str(), stored.born), ("Augusta", Some(1816)));
    mine.save(&db).await?;
    assert_eq!(query!(Author.filter(.id == 1)).get(&db).await?.born, Some(1815));
    Ok(())
}

#[orm::test]
async fn save_only_of_a_foreign_key_moves_the_row(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let mut book = query!(Book.filter(.id == 1).select_related(.author)).get(&db).await?;
    assert_eq!(book.author().name, "Ada");
    book.author_id = 2;
    book.save_only(&db, |b| b.author_id()).await?;
    assert_eq!(book.author().name, "Ada", "what was loaded stays as it was loaded");
    assert_eq!(ids!(&db, Book.filter(.author.name == "Bo")), [1, 3, 4]);
    book.author_id = 99;
    assert!(book.save(&db).await.unwrap_err().is_foreign_key_violation());
    Ok(())
}

#[orm::test]
async fn refresh_reads_columns_and_leaves_relations(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let mut author = query!(Author.filter(.id == 1).prefetch_related(.books)).get(&db).await?;
    query!(Author.filter(.id == 1).update(name = .name.upper(), born = None)).execute(&db).await?;
    query!(Book.filter(.author_id == 1).delete()).execute(&db).await?;
    author.refresh(&db).await?;
    assert_eq!((author.name.as_str(), author.born, author.books().len()), ("ADA", None, 2));
    query!(Author.filter(.id == 1).delete()).execute(&db).await?;
    assert!(author.refresh(&db).await.unwrap_err().is_not_found());
    assert_eq!(author.name, "ADA");
    Ok(())
}

#[orm::test]
async fn an_annotated_row_is_saved_without_its_annotation(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let query =
        query!(Author.annotate(written = .books.count(), label = coalesce(.born, 0)).filter(.id == 2));
    let mut author = query.get(&db).await?;
    author.born = Some(1900);
    author.save(&db).await?;
    author.save_only(&db, |a| (a.name(), a.born())).await?;
    author.refresh(&db).await?;
    assert_eq!((author.born, author.written, author.label), (Some(1900), 2, 0), "as it was read");
    assert_eq!(query.get(&db).await?.label, 1900);
    Ok(())
}

#[orm::test]
async fn a_row_that_is_nothing_but_its_key_has_nothing_to_save(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let link = query!(BookTag.filter(.book_id == 3)).get(&db).await?;
    // It is there, or it is not.
    link.save(&db).await?;
    link.delete(&db).await?;
    assert!(link.save(&db).await.unwrap_err().is_not_found());
    assert_eq!(query!(BookTag).count(&db).await?, 3);
    Ok(())
}

#[orm::test]
async fn a_key_is_not_a_column_to_save(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let author = query!(Author.filter(.id == 1)).get(&db).await?;
    let (db, log) = db.logged();
    let error = author.save_only(&db, |a| (a.name(), a.id())).await.unwrap_err();
    assert!(error.to_string().contains("id"), "{error}");
    assert_eq!(log.queries().len(), 0, "{log}");
    // The key itself is changed by an update.
    assert_eq!(query!(Author.filter(.id == 3).update(id = 30)).execute(&db).await?, 1);
    assert_eq!(ids!(&db, Author), [1, 2, 30]);
    Ok(())
}

#[orm::test]
async fn a_one_to_one_row_is_saved_by_the_key_it_shares(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let mut profile = query!(Profile.filter(.user.email == "bob@x")).get(&db).await?;
    profile.city = Some("Oslo".into());
    profile.save(&db).await?;
    assert_eq!(ids!(&db, User.filter(.profile.city == "Oslo")), [2]);
    let second = query!(Profile.create(user_id = 2)).execute(&db).await.unwrap_err();
    assert!(second.is_unique_violation(), "{second}");
    Ok(())
}

#[orm::test]
async fn texts_are_stored_as_they_are(db: Db) -> orm::Result<()> {
    library::create_tables(&db).await?;
    for name in ["", "'; DROP TABLE authors; --", "ß\u{1F980}\n\t\\x", "%_", "$1"] {
        let author = query!(Author.create(name = name)).execute(&db).await?;
        assert_eq!(author.name, name);
        assert_eq!(query!(Author.filter(.name == name)).get(&db).await?.id, author.id);
    }
    // A text of PostgreSQL holds no zero byte.
    let error = query!(Author.create(name = "a\0b")).execute(&db).await.unwrap_err();
    assert!(!error.is_connection(), "{error}");
    Ok(())
}

#[orm::test]
async fn floats_that_are_no_numbers(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    query!(Order.filter(.id == 1).update(total = f64::NAN)).execute(&db).await?;
    query!(Order.filter(.id == 2).update(total = f64::INFINITY)).execute(&db).await?;
    // PostgreSQL's NaN equals itself and is greater than all.
    assert_eq!(ids!(&db, Order.filter(.total == f64::NAN)), [1]);
    assert_eq!(ids!(&db, Order.filter(.total > 1e300)), [1, 2]);
    assert_eq!(ids!(&db, Order.exclude(.total > 1e300)), [3, 4, 5]);
    Ok(())
}

#[orm::test]
async fn the_largest_and_the_smallest_numbers(db: Db) -> orm::Result<()> {
    shop::create_tables(&db).await?;
    for id in [i64::MAX, i64::MIN] {
        query!(User.create(email = id.to_string(), active = true)).id(id).execute(&db).await?;
        assert_eq!(query!(User.filter(.id == id)).get(&db).await?.email, id.to_string());
    }
    let error = query!(User.filter(.id > 0).update(id = .id + 1)).execute(&db).await.unwrap_err();
    assert_eq!(error.code(), Some("22003"), "{error}");
    Ok(())
}
