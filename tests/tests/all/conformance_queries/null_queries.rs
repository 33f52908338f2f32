//! Facts of Django's test folder `null_queries`.

use orm::prelude::*;
use tests::library::{Author, Book};
use tests::shop::{Category, Order, User};

use super::{ids, library, shop};

#[orm::test]
async fn equal_to_none_is_null(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let nobody: Option<i32> = None;
    assert_eq!(ids(&db, query!(Author.filter(.born == None))).await?, [2, 4]);
    assert_eq!(ids(&db, query!(Author.filter(.born == nobody))).await?, [2, 4]);
    assert_eq!(ids(&db, query!(Author.filter(.born.is_null()))).await?, [2, 4]);
    assert_eq!(ids(&db, query!(Author.filter(.born != None))).await?, [1, 3]);
    assert_eq!(ids(&db, query!(Author.exclude(.born == nobody))).await?, [1, 3]);
    Ok(())
}

#[orm::test]
async fn nothing_is_less_or_more_than_none(db: Db) -> orm::Result<()> {
    library(&db).await?;
    // Django raises; here a comparison with `None` is false as in Rust's `Option::zip`, and not sent.
    let nobody: Option<i32> = None;
    let (db, log) = db.logged();
    assert!(query!(Author.filter(.born > nobody)).all(&db).await?.is_empty());
    assert!(query!(Author.filter(.born <= nobody)).all(&db).await?.is_empty());
    assert_eq!(log.count(), 0, "{log}");
    assert_eq!(ids(&db, query!(Author.exclude(.born < nobody))).await?, [1, 2, 3, 4]);
    Ok(())
}

#[orm::test]
async fn not_equal_finds_null(db: Db) -> orm::Result<()> {
    library(&db).await?;
    assert_eq!(ids(&db, query!(Author.filter(.born != 1815))).await?, [2, 3, 4]);
    assert_eq!(ids(&db, query!(Author.filter(!(.born > 1850)))).await?, [1, 2, 4]);
    Ok(())
}

#[orm::test]
async fn a_missing_related_row_is_null_in_all_its_columns(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    assert_eq!(ids(&db, query!(Order.filter(.recipient.email == None))).await?, [2, 4]);
    assert_eq!(ids(&db, query!(Order.filter(.recipient.id == None))).await?, [2, 4]);
    assert_eq!(ids(&db, query!(Order.filter(.recipient.active != true))).await?, [2, 4]);
    assert_eq!(ids(&db, query!(User.filter(.profile.city == None))).await?, [2, 3]);
    assert_eq!(ids(&db, query!(User.filter(.profile.user_id == None))).await?, [3]);
    Ok(())
}

#[orm::test]
async fn no_related_rows_is_a_question_of_its_own(db: Db) -> orm::Result<()> {
    library(&db).await?;
    assert_eq!(ids(&db, query!(Author.filter(.books.is_empty()))).await?, [4]);
    assert_eq!(ids(&db, query!(Author.filter(.books.exists()))).await?, [1, 2, 3]);
    assert_eq!(ids(&db, query!(Author.filter(.books.any(.rating == None)))).await?, [1, 3]);
    assert_eq!(ids(&db, query!(Author.filter(.books.all(.rating != None)))).await?, [2, 4]);
    assert_eq!(ids(&db, query!(Book.filter(.tags.is_empty() && .author.born != None))).await?, [4]);
    Ok(())
}

#[orm::test]
async fn null_up_a_chain_of_parents(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    assert_eq!(ids(&db, query!(Category.filter(.parent.parent.parent.name == None))).await?, [1, 2, 3, 4]);
    assert_eq!(
        ids(&db, query!(Category.filter(.parent.parent.name == None && .parent.name != None))).await?,
        [2]
    );
    assert_eq!(ids(&db, query!(Category.filter(.parent.children.is_empty()))).await?, [1, 4]);
    assert_eq!(ids(&db, query!(Category.exclude(.parent.children.any(.name == "green")))).await?, [1, 3, 4]);
    Ok(())
}
