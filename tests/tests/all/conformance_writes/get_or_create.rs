//! Facts of Django's test folder `get_or_create`.

use futures_util::future::join_all;
use orm::prelude::*;
use tests::library::{Author, BookTag, Tag};
use tests::shop::{Item, Profile, User};

use super::{library, shop};

#[orm::test]
async fn a_row_that_is_there_is_left_alone(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let (db, log) = db.logged();
    let (user, created) =
        query!(User.get_or_create(email = "ada@x").defaults(active = false, nick = None::<String>))
            .execute(&db)
            .await?;
    assert_eq!((user.id, user.active, user.nick.as_deref(), created), (1, true, Some("ada"), false));
    assert_eq!(log.count(), 1, "{log}");
    Ok(())
}

#[orm::test]
async fn the_primary_key_is_a_key(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let get = || query!(User.get_or_create(id = 77).defaults(email = "new@x", active = true));
    let (user, created) = get().execute(&db).await?;
    assert_eq!((user.id, user.email.as_str(), created), (77, "new@x", true));
    assert!(!get().execute(&db).await?.1);
    Ok(())
}

#[orm::test]
async fn a_composite_key_without_defaults(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let (link, created) = query!(BookTag.get_or_create(book_id = 4, tag_id = 3)).execute(&db).await?;
    assert_eq!((link.key(), created), ((4, 3), true));
    let (link, created) = query!(BookTag.get_or_create(tag_id = 3, book_id = 4)).execute(&db).await?;
    assert_eq!((link.key(), created), ((4, 3), false));
    let (link, created) = query!(BookTag.update_or_create(book_id = 4, tag_id = 3)).execute(&db).await?;
    assert_eq!((link.key(), created), ((4, 3), false));
    Ok(())
}

#[orm::test]
async fn another_unique_key_that_is_taken_is_an_error(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let taken = query!(User.get_or_create(id = 77).defaults(email = "ada@x", active = true));
    let error = taken.execute(&db).await.unwrap_err();
    assert!(error.is_unique_violation() && error.constraint() == Some("users_email_key"), "{error}");
    let taken = query!(User.update_or_create(email = "ada@x").defaults(id = 2, active = true));
    let error = taken.execute(&db).await.unwrap_err();
    assert_eq!(error.constraint(), Some("users_pkey"), "{error}");
    Ok(())
}

#[orm::test]
async fn a_wrong_foreign_key_is_an_error_and_nothing_is_created(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let wrong = query!(Item.get_or_create(order_id = 99, product_id = 1).defaults(quantity = 1));
    assert!(wrong.execute(&db).await.unwrap_err().is_foreign_key_violation());
    assert_eq!(query!(Item).count(&db).await?, 6);
    Ok(())
}

#[orm::test]
async fn a_conflict_leaves_a_transaction_usable(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    // Django needs a savepoint for it.
    let (db, log) = db.logged();
    db.transaction(async |tx| {
        for expected in [true, false, false] {
            let got = query!(User.get_or_create(email = "new@x").defaults(active = true)).execute(tx).await?;
            assert_eq!(got.1, expected);
        }
        query!(User.filter(.email == "new@x").update(active = false)).execute(tx).await
    })
    .await?;
    assert!(!log.queries().iter().any(|query| query.sql.contains("SAVEPOINT")), "{log}");
    assert!(!query!(User.filter(.email == "new@x")).get(&db).await?.active);
    Ok(())
}

#[orm::test]
async fn a_rollback_takes_the_created_row_with_it(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let tx = db.begin().await?;
    assert!(query!(Tag.get_or_create(name = "new")).execute(&tx).await?.1);
    tx.rollback().await?;
    assert_eq!(query!(Tag.filter(.name == "new")).count(&db).await?, 0);
    assert!(query!(Tag.get_or_create(name = "new")).execute(&db).await?.1);
    Ok(())
}

#[orm::test]
async fn transactions_that_create_the_same_row_at_the_same_time(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let tasks = (0..12).map(|n| {
        let db = db.clone();
        tokio::spawn(async move {
            db.transaction(async |tx| {
                let (tag, created) = query!(Tag.get_or_create(name = "new")).execute(tx).await?;
                query!(Author.create(name = format!("{n}"))).execute(tx).await?;
                Ok::<_, orm::Error>((tag.id, created))
            })
            .await
        })
    });
    let got: Vec<_> =
        join_all(tasks).await.into_iter().map(|task| task.expect("it ended")).collect::<orm::Result<_>>()?;
    assert_eq!(got.iter().filter(|(_, created)| *created).count(), 1);
    assert!(got.iter().all(|(id, _)| *id == got[0].0));
    assert_eq!(query!(Author).count(&db).await?, 15);
    Ok(())
}

#[orm::test]
async fn update_or_create_sets_null_and_adds_nothing(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let (user, created) = query!(
        User.update_or_create(email = "ada@x")
            .defaults(nick = None::<String>)
            .create_defaults(active = false)
    )
    .execute(&db)
    .await?;
    assert_eq!((user.id, user.nick, user.active, created), (1, None, true, false));
    let (profile, created) =
        query!(Profile.update_or_create(user_id = 3).defaults(city = "Rome")).execute(&db).await?;
    assert_eq!((profile.city.as_deref(), created), (Some("Rome"), true));
    Ok(())
}

#[orm::test]
async fn values_are_expressions_of_rust(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let first = query!(User.order_by(.id)).first(&db).await?.expect("a user");
    let (user, _) = query!(
        User.get_or_create(email = query!(User.filter(.id == first.id)).get(&db).await?.email)
            .defaults(active = !first.active, nick = first.nick.clone().map(|nick| nick + "!"))
    )
    .execute(&db)
    .await?;
    assert_eq!(user, first);
    Ok(())
}

#[orm::test]
async fn related_rows_are_created_by_their_foreign_key(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let order = query!(tests::shop::Order.filter(.id == 4)).get(&db).await?;
    for expected in [true, false] {
        let (item, created) =
            query!(Item.get_or_create(order_id = order.id, product_id = 3).defaults(quantity = 9))
                .execute(&db)
                .await?;
        assert_eq!((item.quantity, created), (9, expected));
    }
    assert_eq!(query!(order.related(.items).objects()).count(&db).await?, 1);
    Ok(())
}
