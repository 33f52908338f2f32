//! Facts of Django's test folders `known_related_objects` and `prefetch_related`: who is whose after loading.

use orm::prelude::*;
use tests::library::{Author, Book, Tag};
use tests::shop::User;

use super::{library, shop};

#[orm::test]
async fn loaded_rows_belong_to_their_parent(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let authors = query!(Author.prefetch_related(.books.author).order_by(.id)).all(&db).await?;
    assert_eq!(authors.iter().map(|author| author.books().len()).collect::<Vec<_>>(), [2, 1, 1, 0]);
    for author in &authors {
        assert!(author.books().iter().all(|book| book.author_id == author.id && *book.author() == **author));
    }
    Ok(())
}

#[orm::test]
async fn a_slice_of_parents_loads_their_rows_only(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let (db, log) = db.logged();
    let authors = query!(Author.order_by(-.id).prefetch_related(.books)[1..3]).all(&db).await?;
    assert_eq!(
        authors.iter().map(|author| (author.id, author.books().len())).collect::<Vec<_>>(),
        [(3, 1), (2, 1)]
    );
    let keys = format!("{:?}", log.queries()[1].params);
    assert!(keys.contains('3') && keys.contains('2') && !keys.contains('1'), "{keys}");
    Ok(())
}

#[orm::test]
async fn no_parents_or_none_with_a_key_send_nothing_more(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let (db, log) = db.logged();
    assert!(query!(User.filter(.id > 99).prefetch_related(.orders.items)).all(&db).await?.is_empty());
    assert_eq!(log.count(), 1, "{log}");
    log.clear();
    let users = query!(User.filter(.id == 3).prefetch_related(.orders.recipient.orders)).all(&db).await?;
    assert_eq!(users[0].orders().len(), 1);
    assert_eq!(users[0].orders()[0].recipient(), None);
    assert_eq!(log.count(), 2, "{log}");
    Ok(())
}

#[orm::test]
async fn a_named_part_leaves_the_whole_relation_as_it_is(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let authors = query!(Author
        .prefetch_related(late = .books.filter(.year > 2000).prefetch_related(.tags), .books)
        .order_by(.id))
    .all(&db)
    .await?;
    let counts: Vec<_> = authors.iter().map(|author| (author.late.len(), author.books().len())).collect();
    assert_eq!(counts, [(1, 2), (0, 1), (1, 1), (0, 0)]);
    assert_eq!(authors[0].late[0].tags().len(), 1);
    Ok(())
}

#[orm::test]
async fn a_named_part_is_sliced_for_each_parent(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let authors =
        query!(Author.prefetch_related(second = .books.order_by(.year)[1..2]).order_by(.id)).all(&db).await?;
    let titles: Vec<Vec<&str>> =
        authors.iter().map(|author| author.second.iter().map(|book| &*book.title).collect()).collect();
    assert_eq!(titles, [vec!["B"], vec![], vec![], vec![]]);
    let none =
        query!(Author.prefetch_related(nothing = .books.filter(.id.is_in(Vec::<i64>::new()))).order_by(.id));
    assert!(none.all(&db).await?.iter().all(|author| author.nothing.is_empty()));
    Ok(())
}

#[orm::test]
async fn last_first_get_and_in_bulk_load_too(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let books = query!(Book.prefetch_related(.tags).order_by(.id));
    assert_eq!(books.first(&db).await?.map(|book| book.tags().len()), Some(2));
    assert_eq!(books.last(&db).await?.map(|book| book.tags().len()), Some(0));
    assert_eq!(query!(books.filter(.title == "C")).get(&db).await?.tags()[0].name, "z");
    assert_eq!(books.in_bulk(&db, [1, 4]).await?[&1].tags().len(), 2);
    let one = query!(books.distinct_on(.author_id).order_by(.author_id, -.id));
    assert_eq!(one.last(&db).await?.map(|book| (book.id, book.tags().len())), Some((4, 0)));
    Ok(())
}

#[orm::test]
async fn a_filter_of_the_parents_is_none_of_their_rows(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let tags =
        query!(Tag.filter(.books.any(.year == 2000)).prefetch_related(.books).order_by(.id)).all(&db).await?;
    assert_eq!(tags.iter().map(|tag| tag.books().len()).collect::<Vec<_>>(), [2, 1]);
    Ok(())
}
