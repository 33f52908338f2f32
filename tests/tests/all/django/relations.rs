//! Relations that are loaded in part, and those of rows in hand.

use orm::prelude::*;
use tests::library::{Author, Book, Tag};
use tests::shop::User;

use super::filled;

#[orm::test]
async fn a_part_of_a_relation_has_a_name_of_its_own(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let (db, log) = db.logged();
    let authors = query!(Author
            .prefetch_related(recent = .books.filter(.year > 1999).order_by(-.year)[..2], .books)
            .order_by(.id))
    .all(&db)
    .await?;
    assert_eq!(log.count(), 3, "{log}");
    assert_eq!(authors[0].recent.iter().map(|book| book.year).collect::<Vec<_>>(), [2002, 2001]);
    assert_eq!((authors[0].books().len(), authors[1].recent.len()), (3, 0));
    let tags = query!(Tag
            .prefetch_related(titles = .books.order_by(.title).values_list(.title), tagged = .books.prefetch_related(.tags))
            .order_by(.id))
        .all(&db)
        .await?;
    assert_eq!(
        (tags[0].titles.clone(), tags[0].tagged[0].tags().len()),
        (vec!["A".to_owned(), "B".to_owned()], 2)
    );
    Ok(())
}

#[orm::test]
async fn children_of_rows_in_hand_are_loaded_by_key(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let authors = query!(Author).all(&db).await?;
    let (db, log) = db.logged();
    let loaded =
        query!(Author.prefetch_related(.books)).in_bulk(&db, authors.iter().map(Author::key)).await?;
    assert_eq!((loaded[&1].books().len(), log.count()), (3, 2), "{log}");
    Ok(())
}

#[orm::test]
async fn a_condition_on_what_is_joined(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let users = query!(User
            .annotate(large = .orders.filter(.total > 7.0).count(), named = .orders.filter(.note != None).count())
            .order_by(-.large, .id))
        .all(&db)
        .await?;
    assert_eq!(users.len(), 3);
    assert_eq!((users[0].large, users[0].named), (2, 1));
    let with_large =
        query!(User.prefetch_related(large = .orders.filter(.total > 15.0)).order_by(.id)).all(&db).await?;
    assert_eq!(with_large.iter().map(|user| user.large.len()).collect::<Vec<_>>(), [1, 0, 0]);
    Ok(())
}

#[orm::test]
async fn what_refers_to_a_row_is_moved_by_its_foreign_key(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let author = query!(Author.filter(.id == 2)).get(&db).await?;
    query!(Book.filter(.id.is_in([1, 2])).update(author_id = author.id)).execute(&db).await?;
    assert_eq!(query!(author.related(.books).objects()).count(&db).await?, 3);
    Ok(())
}
