//! One row under several parents.

use orm::prelude::*;
use tests::library::{Author, Book, BookTag};
use tests::shop::{Item, Product};

use super::seed;

#[orm::test]
async fn to_many_below_a_to_one_target_that_several_rows_share(db: Db) -> orm::Result<()> {
    seed::library(&db, 8).await?;
    let (db, log) = db.logged();
    let books =
        query!(Book.select_related(.author).prefetch_related(.author.books.order_by(.id)).order_by(.id))
            .all(&db)
            .await?;
    assert_eq!((books.len(), log.count()), (9, 2), "{log}");
    assert_eq!(log.queries()[1].rows, 9, "each author's books are fetched once: {log}");
    for book in &books {
        let id = book.author_id;
        assert_eq!(
            book.author().books(),
            query!(Book.filter(.author_id == id).order_by(.id)).all(&db).await?
        );
    }
    assert!(books.iter().any(|book| book.author().books().len() == 2));
    Ok(())
}

#[orm::test]
async fn to_many_below_a_to_one_that_is_absent(db: Db) -> orm::Result<()> {
    seed::shop(&db, 0).await?;
    let (db, log) = db.logged();
    let products =
        query!(Product.prefetch_related(.category.children, .category.products.items, .items).order_by(.id))
            .all(&db)
            .await?;
    let counts = products.iter().map(|product| {
        let children = product.category().map(|category| category.children().len());
        (children, product.category().map(|category| category.products().len()))
    });
    let kind = (Some(0), Some(1));
    assert_eq!(counts.collect::<Vec<_>>(), [kind, kind, kind, kind, (Some(2), Some(1)), (None, None)]);
    assert_eq!(log.count(), 5, "{log}");
    Ok(())
}

#[orm::test]
async fn slots_behind_an_absent_to_one_are_not_shifted(db: Db) -> orm::Result<()> {
    seed::shop(&db, 7).await?;
    let products = query!(Product.prefetch_related(.category.children, .category.parent.children, .items)
        .order_by(.id))
    .all(&db)
    .await?;
    let [.., last] = &products[..] else { panic!("no products") };
    assert!(last.category().is_none());
    let id = last.id;
    assert!(!last.items().is_empty());
    assert_eq!(last.items().len() as i64, query!(Item.filter(.product_id == id)).count(&db).await?);
    let parents =
        products.iter().filter_map(|product| product.category().and_then(|category| category.parent()));
    assert!(parents.clone().count() == 4 && parents.into_iter().all(|parent| parent.children().len() == 2));
    Ok(())
}

#[orm::test]
async fn a_many_to_many_child_of_several_parents_is_fetched_once(db: Db) -> orm::Result<()> {
    seed::library(&db, 30).await?;
    let (db, log) = db.logged();
    let books = query!(Book.prefetch_related(.tags)).all(&db).await?;
    let links: usize = books.iter().map(|book| book.tags().len()).sum();
    let rows = log.queries().iter().map(|query| query.rows).collect::<Vec<_>>();
    assert_eq!(rows, [30, 1, 5], "books, all links in one row, each tag once: {log}");
    assert_eq!(links as i64, query!(BookTag).count(&db).await?);
    assert!(links > 5);
    Ok(())
}

#[orm::test]
async fn children_of_a_shared_many_to_many_child_reach_each_parent(db: Db) -> orm::Result<()> {
    seed::library(&db, 9).await?;
    let (db, log) = db.logged();
    let authors = query!(Author.prefetch_related(.books.tags.books.order_by(.id))).all(&db).await?;
    assert_eq!(log.count(), 6, "{log}");
    let mut seen = std::collections::HashMap::new();
    for tag in authors.iter().flat_map(|author| author.books()).flat_map(|book| book.tags()) {
        let books = seen.entry(tag.id).or_insert_with(|| tag.books().to_vec());
        assert_eq!(tag.books(), &books[..], "the same under every parent");
        assert!(!books.is_empty());
    }
    assert_eq!(seen.len(), 5);
    Ok(())
}
