//! Facts of Django's test folders `many_to_many` and `m2m_regress`.

use orm::prelude::*;
use tests::library::{Author, Book, BookTag, Tag};

use super::{ids, library, sorted};

async fn book(db: &Db, id: i64) -> orm::Result<Book> {
    query!(Book.filter(.id == id)).get(db).await
}

#[orm::test]
async fn adding_is_idempotent_also_within_one_call(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let book = book(&db, 4).await?;
    assert_eq!(query!(book.related(.tags).add([1, 3, 1])).execute(&db).await?, 2);
    assert_eq!(query!(book.related(.tags).add([1, 3])).execute(&db).await?, 0);
    assert_eq!(ids!(&db, Tag.filter(.books.any(.id == 4))), [1, 3]);
    Ok(())
}

#[orm::test]
async fn both_sides_see_a_link(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let tag = query!(Tag.filter(.name == "art")).get(&db).await?;
    assert_eq!(query!(tag.related(.books).add([2, 4])).execute(&db).await?, 2);
    let book = book(&db, 2).await?;
    assert_eq!(
        query!(book.related(.tags).objects().order_by(-.name).values_list(.name)).all(&db).await?,
        ["old", "art"]
    );
    assert_eq!(query!(book.related(.tags).remove([tag.id])).execute(&db).await?, 1);
    assert_eq!(query!(tag.related(.books).objects().values_list(.id)).all(&db).await?, [4]);
    Ok(())
}

#[orm::test]
async fn set_replaces_and_keeps_what_stays(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let book = book(&db, 1).await?;
    assert_eq!(query!(book.related(.tags).set([2, 3, 3])).execute(&db).await?, 2, "1 goes, 3 comes, 2 stays");
    assert_eq!(query!(book.related(.tags).set([2, 3])).execute(&db).await?, 0);
    let none: [i64; 0] = [];
    assert_eq!(query!(book.related(.tags).set(none)).execute(&db).await?, 2);
    assert_eq!(query!(BookTag).count(&db).await?, 2, "those of other books stay");
    Ok(())
}

#[orm::test]
async fn set_by_a_query_of_keys(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let book = book(&db, 4).await?;
    let keys = query!(Tag.filter(.books.exists()).values_list(.id)).all(&db).await?;
    assert_eq!(query!(book.related(.tags).set(keys)).execute(&db).await?, 2);
    assert_eq!(ids!(&db, book.related(.tags).objects()), [1, 2]);
    Ok(())
}

#[orm::test]
async fn removing_what_is_not_linked(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let book = book(&db, 2).await?;
    assert_eq!(query!(book.related(.tags).remove([2, 3, 99])).execute(&db).await?, 0);
    assert_eq!(query!(book.related(.tags).remove([1, 2])).execute(&db).await?, 1);
    assert_eq!(query!(book.related(.tags).clear()).execute(&db).await?, 0);
    Ok(())
}

#[orm::test]
async fn a_wrong_key_links_nothing(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let book = book(&db, 4).await?;
    assert!(
        query!(book.related(.tags).add([1, 99])).execute(&db).await.unwrap_err().is_foreign_key_violation()
    );
    assert_eq!(query!(book.related(.tags).objects()).count(&db).await?, 0);
    let first = super::many_to_many::book(&db, 1).await?;
    assert!(
        query!(first.related(.tags).set([3, 99])).execute(&db).await.unwrap_err().is_foreign_key_violation()
    );
    assert_eq!(ids!(&db, first.related(.tags).objects()), [1, 2], "nor is anything unlinked");
    Ok(())
}

#[orm::test]
async fn changes_are_part_of_a_transaction(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let book = book(&db, 1).await?;
    let mut tx = db.begin().await?;
    query!(book.related(.tags).clear()).execute(&tx).await?;
    let refused = tx.transaction(async |tx| query!(book.related(.tags).add([99])).execute(tx).await).await;
    assert!(refused.is_err());
    assert_eq!(query!(book.related(.tags).add([3])).execute(&tx).await?, 1);
    assert_eq!(ids!(&tx, book.related(.tags).objects()), [3]);
    tx.rollback().await?;
    assert_eq!(ids!(&db, book.related(.tags).objects()), [1, 2]);
    Ok(())
}

#[orm::test]
async fn a_linked_row_is_met_once(db: Db) -> orm::Result<()> {
    library(&db).await?;
    // Django returns the author twice.
    assert_eq!(ids!(&db, Author.filter(.books.tags.any(.name == "old"))), [1]);
    assert_eq!(query!(Author.filter(.books.tags.any(.id > 0))).count(&db).await?, 2);
    let query =
        query!(Author.annotate(links = .books.tags.count(), tags = .books.tags.id.count().distinct()));
    let counts = query!(query.order_by(.id).values_list(.links, .tags)).all(&db).await?;
    assert_eq!(counts, [(3, 2), (1, 1), (0, 0)]);
    Ok(())
}

#[orm::test]
async fn rows_of_a_relation_are_filtered_ordered_counted_and_changed(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let tag = query!(Tag.filter(.id == 1)).get(&db).await?;
    let books = query!(tag.related(.books).objects());
    assert_eq!(query!(books.exclude(.rating > 4.0)).count(&db).await?, 1);
    assert_eq!(query!(books.filter(.tags.count() > 1).values_list(.title)).all(&db).await?, ["Notes"]);
    assert_eq!(query!(books.update(year = .year + 1)).execute(&db).await?, 2);
    assert_eq!(sorted(query!(Book.values_list(.year)).all(&db).await?), [1844, 1851, 2001, 2010]);
    let total = query!(books.aggregate(sum = .year.sum(), n = .count())).get(&db).await?;
    assert_eq!((total.sum, total.n), (Some(3695), 2));
    Ok(())
}

#[orm::test]
async fn deleting_an_end_deletes_the_links(db: Db) -> orm::Result<()> {
    library(&db).await?;
    query!(Tag.filter(.id == 1)).get(&db).await?.delete(&db).await?;
    assert_eq!(
        query!(BookTag.order_by(.book_id).values_list(.book_id, .tag_id)).all(&db).await?,
        [(1, 2), (3, 2)]
    );
    let books = query!(Book.prefetch_related(.tags.order_by(.id)).order_by(.id)).all(&db).await?;
    assert_eq!(books.iter().map(|book| book.tags().len()).collect::<Vec<_>>(), [1, 0, 1, 0]);
    Ok(())
}
