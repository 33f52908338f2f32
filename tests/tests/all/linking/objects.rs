//! `objects` of a row's relation.

use orm::prelude::*;
use tests::library::{Author, Tag};
use tests::shop::{self, Category, User};

use super::seed;

#[orm::test]
async fn the_books_of_an_author(db: Db) -> orm::Result<()> {
    let (author, [notes, letters], _) = seed(&db, 0).await?;
    let other = query!(Author.create(name = "Bo")).execute(&db).await?;
    let (logged, log) = db.logged();
    let books = author.related(|a| a.books()).objects();
    assert_eq!(log.queries().len(), 0, "nothing is sent yet");
    assert_eq!(books.clone().order_by(|b| b.id()).all(&logged).await?, [notes.clone(), letters]);
    assert!(log.queries()[0].sql.ends_with("WHERE t0.\"author_id\" = $1 ORDER BY t0.\"id\""), "{log}");
    assert_eq!(query!(books.filter(.year < 1845)).get(&db).await?, notes);
    assert_eq!(query!(author.related(.books).objects().filter(.year < 1845)).get(&db).await?, notes);
    let loaded = query!(author.related(.books).objects().select_related(.author)).first(&db).await?;
    assert_eq!(loaded.map(|book| book.author().id), Some(author.id));
    assert!(!query!(other.related(.books).objects()).exists(&db).await?);
    Ok(())
}

#[orm::test]
async fn the_tags_of_a_book_and_the_books_of_a_tag(db: Db) -> orm::Result<()> {
    let (_, [notes, letters], tags) = seed(&db, 3).await?;
    notes.related(|b| b.tags()).add(tags[..2].to_vec()).execute(&db).await?;
    letters.related(|b| b.tags()).add(tags[1..].to_vec()).execute(&db).await?;
    let of_notes = notes.related(|b| b.tags()).objects();
    assert!(
        of_notes.to_sql().text().ends_with(
            "WHERE EXISTS (SELECT 1 FROM \"book_tags\" l WHERE l.\"tag_id\" = t0.\"id\" AND l.\"book_id\" = $1)"
        ),
        "{}",
        of_notes.to_sql()
    );
    let keys = |tags: Vec<Tag>| tags.into_iter().map(|tag| tag.id).collect::<Vec<_>>();
    assert_eq!(keys(query!(of_notes.order_by(.id)).all(&db).await?), tags[..2]);
    assert_eq!(keys(query!(of_notes.filter(.id > tags[0]).order_by(.id)).all(&db).await?), tags[1..2]);
    let shared = query!(Tag.filter(.id == tags[1])).get(&db).await?;
    assert_eq!(query!(shared.related(.books).objects().exclude(.year > 1845)).all(&db).await?, [notes]);
    Ok(())
}

#[orm::test]
async fn foreign_keys_that_can_be_null(db: Db) -> orm::Result<()> {
    shop::create_tables(&db).await?;
    let root = query!(Category.create(name = "a")).execute(&db).await?;
    let leaf = query!(Category.create(name = "b")).parent_id(root.id).execute(&db).await?;
    assert_eq!(query!(root.related(.children).objects()).get(&db).await?, leaf);
    assert!(query!(leaf.related(.children).objects()).all(&db).await?.is_empty());
    let user = query!(User.create(email = "e", active = true)).execute(&db).await?;
    assert_eq!(query!(user.related(.orders).objects()).count(&db).await?, 0);
    Ok(())
}
