//! Relations to many rows, loaded by statements of their own.

use orm::prelude::*;
use tests::library::{Author, Book, BookTag, Tag};
use tests::shop::Category;

use super::seed;

#[orm::test]
async fn has_many_holds_the_children_of_each_parent(db: Db) -> orm::Result<()> {
    seed::library(&db, 9).await?;
    let authors = query!(Author.prefetch_related(.books.order_by(.id)).order_by(.id)).all(&db).await?;
    for author in &authors {
        let id = author.id;
        assert_eq!(author.books(), query!(Book.filter(.author_id == id).order_by(.id)).all(&db).await?);
    }
    let counts = authors.iter().map(|author| author.books().len());
    assert_eq!(counts.collect::<Vec<_>>(), [1, 2, 0, 1, 2, 0, 1, 2, 0]);
    Ok(())
}

#[orm::test]
async fn children_come_in_the_order_asked_for(db: Db) -> orm::Result<()> {
    seed::library(&db, 30).await?;
    let authors =
        query!(Author.prefetch_related(.books.order_by(-.year, .title)).order_by(-.id)).all(&db).await?;
    for author in &authors {
        let id = author.id;
        let books = query!(Book.filter(.author_id == id).order_by(-.year, .title)).all(&db).await?;
        assert_eq!(author.books(), books);
    }
    let ascending = |author: &&loaded!(Author { books })| author.books().is_sorted_by_key(|book| book.id);
    assert!(authors.iter().filter(ascending).count() < authors.len(), "another order than that of the keys");
    Ok(())
}

/// The tags of a book, by one plain query for each link.
async fn tags_of(db: &Db, book: &Book) -> orm::Result<Vec<Tag>> {
    let id = book.id;
    let mut tags = Vec::new();
    for link in query!(BookTag.filter(.book_id == id)).all(db).await? {
        tags.push(query!(Tag.filter(.id == link.tag_id)).get(db).await?);
    }
    tags.sort_by_key(|tag| tag.id);
    Ok(tags)
}

#[orm::test]
async fn many_to_many_from_one_side(db: Db) -> orm::Result<()> {
    seed::library(&db, 9).await?;
    let books = query!(Book.prefetch_related(.tags.order_by(.id)).order_by(.id)).all(&db).await?;
    for book in &books {
        assert_eq!(book.tags(), tags_of(&db, book).await?);
    }
    let counts = books.iter().map(|book| book.tags().len());
    assert_eq!(counts.collect::<Vec<_>>(), [1, 2, 3, 0, 1, 2, 3, 0, 1]);
    Ok(())
}

#[orm::test]
async fn many_to_many_from_the_other_side(db: Db) -> orm::Result<()> {
    seed::library(&db, 9).await?;
    let tags = query!(Tag.prefetch_related(.books.order_by(-.id)).order_by(.id)).all(&db).await?;
    let mut links = 0;
    for tag in &tags {
        assert!(tag.books().is_sorted_by(|a, b| a.id > b.id));
        for book in tag.books() {
            assert!(tags_of(&db, book).await?.contains(tag), "{tag:?}");
        }
        links += tag.books().len();
    }
    assert_eq!(links as i64, query!(BookTag).count(&db).await?);
    Ok(())
}

#[orm::test]
async fn many_to_many_and_back_again(db: Db) -> orm::Result<()> {
    seed::library(&db, 9).await?;
    let books = query!(Book.prefetch_related(.tags.books.author)).all(&db).await?;
    for book in &books {
        for tag in book.tags() {
            assert!(tag.books().iter().any(|other| **other == **book));
            assert!(tag.books().iter().all(|other| other.author().id == other.author_id));
        }
    }
    Ok(())
}

#[orm::test]
async fn self_relation_downwards(db: Db) -> orm::Result<()> {
    seed::shop(&db, 0).await?;
    let roots = query!(Category
        .filter(.parent_id == None)
        .prefetch_related(.children.children, .children.order_by(.id), .children.parent)
        .order_by(.id))
    .all(&db)
    .await?;
    assert_eq!(roots.len(), 2);
    for root in &roots {
        let id = root.id;
        let children = query!(Category.filter(.parent_id == id).order_by(.id)).all(&db).await?;
        assert_eq!(children.len(), 2);
        assert!(root.children().iter().map(|child| &**child).eq(&children));
        assert!(root.children().iter().all(|child| child.children().is_empty()));
        assert!(root.children().iter().all(|child| child.parent() == Some(&**root)));
    }
    Ok(())
}

#[orm::test]
async fn only_the_children_of_the_rows_selected_are_loaded(db: Db) -> orm::Result<()> {
    seed::library(&db, 9).await?;
    let (db, log) = db.logged();
    let authors = query!(Author.order_by(.id).prefetch_related(.books)[1..3]).all(&db).await?;
    let counts = authors.iter().map(|author| author.books().len());
    assert_eq!(counts.collect::<Vec<_>>(), [2, 0]);
    assert_eq!(log.queries()[1].rows, 2, "{log}");
    Ok(())
}

#[orm::test]
async fn get_first_last_in_bulk_and_lazy_load_too(db: Db) -> orm::Result<()> {
    seed::library(&db, 9).await?;
    let (db, log) = db.logged();
    let authors = query!(Author.prefetch_related(.books));
    assert_eq!(query!(authors.clone().filter(.id == 2)).get(&db).await?.books().len(), 2);
    assert_eq!(authors.first(&db).await?.expect("an author").books().len(), 1);
    assert_eq!(authors.last(&db).await?.expect("an author").books().len(), 0);
    let some = authors.in_bulk(&db, [2, 3, 100]).await?;
    assert_eq!((some.len(), some[&2].books().len(), some[&3].books().len()), (2, 2, 0));
    assert_eq!(log.count(), 8, "two each: {log}");
    log.clear();
    let lazy = authors.lazy(&db);
    assert_eq!(log.count(), 0);
    assert_eq!((lazy.len().await?, lazy.is_empty().await?), (9, false));
    assert_eq!(lazy.rows().await?[1].books().len(), 2);
    assert_eq!(lazy.iter().await?.map(|author| author.books().len()).sum::<usize>(), 9);
    assert_eq!(log.count(), 2, "evaluated once: {log}");
    Ok(())
}

#[orm::test]
async fn count_and_exists_load_nothing(db: Db) -> orm::Result<()> {
    seed::library(&db, 9).await?;
    let (db, log) = db.logged();
    let authors = query!(Author.prefetch_related(.books.tags));
    assert_eq!(authors.count(&db).await?, 9);
    assert!(authors.exists(&db).await?);
    assert_eq!(log.count(), 2, "{log}");
    Ok(())
}
