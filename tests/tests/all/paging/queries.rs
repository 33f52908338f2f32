//! What can be paged, and what cannot.

use orm::functions::{rank, row_number};
use orm::prelude::*;
use tests::library::*;

use super::{fill, walked};

#[orm::test]
async fn rows_with_relations_and_annotations(db: Db) -> orm::Result<()> {
    fill(&db).await?;
    let books = query!(Book
        .select_related(.author)
        .prefetch_related(.tags.order_by(.name), twins = .author.books.filter(.rating > 1.0).order_by(.id)[..2])
        .annotate(n = .tags.count(), age = 2020 - .year)
        .order_by(-.n, .age, .author.name));
    let all = query!(books.order_by(-.n, .age, .author.name, .id)).all(&db).await?;
    let (db, log) = db.logged();
    let pages = walked!(&db, books, 25);
    // The books, their tags (two), and the twins, three times; the books of the last page have no tags.
    assert_eq!(log.count(), 11, "{log}");
    assert_eq!(pages.len(), all.len());
    for (page, all) in pages.iter().zip(&all) {
        assert_eq!((page.id, page.n, page.age), (all.id, all.n, all.age));
        assert_eq!((page.author(), page.tags(), &page.twins), (all.author(), all.tags(), &all.twins));
        assert_eq!(page.n as usize, page.tags().len());
    }
    Ok(())
}

#[orm::test]
async fn values_and_groups(db: Db) -> orm::Result<()> {
    fill(&db).await?;
    let titles = query!(Book.order_by(-.rating, .title).values_list(.title, .year));
    let all = query!(Book.order_by(-.rating, .title, .id).values_list(.title, .year)).all(&db).await?;
    assert_eq!(walked!(&db, titles, 7), all);

    let years = query!(Book
        .filter(.title != "title 1")
        .group_by(.year, .rating)
        .annotate(n = .count(), last = .id.max())
        .filter(.n > 1)
        .order_by(-.n));
    let all = query!(years.order_by(-.n, .year, .rating)).all(&db).await?;
    let all: Vec<_> = all.iter().map(|group| (group.year, group.rating, group.n, group.last)).collect();
    let (db, log) = db.logged();
    let pages = walked!(&db, years, 2);
    let pages: Vec<_> = pages.iter().map(|group| (group.year, group.rating, group.n, group.last)).collect();
    assert_eq!(pages, all);
    assert_eq!(log.count(), all.len().div_ceil(2), "{log}");

    let placed = query!(Book
        .annotate(century = .year / 100)
        .group_by(.title, .year)
        .annotate(n = .count(), place = rank().order_by(-.title))
        .order_by(-.place));
    let all = query!(placed.order_by(-.place, .title, .year)).all(&db).await?;
    let pages = walked!(&db, placed, 3);
    assert_eq!(pages.len(), all.len());
    for (page, all) in pages.iter().zip(&all) {
        assert_eq!((&page.title, page.year, page.n, page.place), (&all.title, all.year, all.n, all.place));
    }
    Ok(())
}

#[orm::test]
async fn windows_are_over_all_rows(db: Db) -> orm::Result<()> {
    fill(&db).await?;
    let ranked = query!(Book
        .annotate(place = row_number().order_by(.id), best = rank().order_by(-.year))
        .filter(.place > 2)
        .order_by(.best));
    let all = query!(ranked.order_by(.best, .id)).all(&db).await?;
    assert_eq!(all.len(), 58);
    let pages = walked!(&db, ranked, 9);
    assert_eq!(pages.len(), 58);
    for (page, all) in pages.iter().zip(&all) {
        assert_eq!((page.id, page.place, page.best), (all.id, all.place, all.best));
    }
    // A window beside rows in another order, and one in the order alone.
    let placed = query!(Book.annotate(place = row_number().order_by(-.id)).order_by(.title));
    assert!(walked!(&db, placed, 9).iter().all(|book| book.place == 61 - book.id));
    let ordered = query!(Book.select_related(.author).order_by(-rank().order_by(.year), .title));
    let all = query!(Book.select_related(.author).order_by(-.year, .title, .id)).all(&db).await?;
    assert_eq!(walked!(&db, ordered, 9), all);
    Ok(())
}

#[orm::test]
async fn combined_locked_and_declared(db: Db) -> orm::Result<()> {
    fill(&db).await?;
    let either =
        Book::objects().filter(|b| b.year().gt(2001)).union(Book::objects().filter(|b| b.id().lt(9)));
    let either = query!(either.order_by(-.year));
    assert_eq!(walked!(&db, either, 7), query!(either.order_by(-.year, .id)).all(&db).await?);

    let locked = query!(Book.filter(.year == 2001).select_for_update().order_by(.rating));
    let tx = db.begin().await?;
    let first = locked.page_after(&tx, None, 10).await?;
    assert_eq!(locked.page_after(&tx, first.next.as_ref(), 10).await?.rows.len(), 5);
    tx.rollback().await
}

#[orm::test]
async fn the_last_page_and_none_at_all(db: Db) -> orm::Result<()> {
    fill(&db).await?;
    let page = query!(Tag).page_after(&db, None, 2).await?;
    assert_eq!((page.rows.len(), &page.next), (2, &None));
    assert_eq!(page.clone(), page);
    let first = query!(Tag).page_after(&db, None, 1).await?.next.expect("another page");
    query!(Tag.filter(.id > 1).delete()).execute(&db).await?;
    let page = query!(Tag).page_after(&db, Some(&first), 1).await?;
    assert_eq!((page.rows, page.next), (vec![], None));

    let (db, log) = db.logged();
    let page = query!(Tag.filter(.id.is_in(Vec::<i64>::new()))).page_after(&db, Some(&first), 3).await?;
    assert_eq!((page.rows, page.next, log.count()), (vec![], None, 0));
    let page = query!(Tag).page_after(&db, None, usize::MAX).await?;
    assert_eq!((page.rows.len(), page.next), (1, None));
    Ok(())
}

#[orm::test]
async fn rows_that_cannot_be_told_apart_are_refused(db: Db) -> orm::Result<()> {
    fill(&db).await?;
    let (db, log) = db.logged();
    let refused = [
        query!(Book).page_after(&db, None, 0).await.map(drop),
        query!(Book.distinct_on(.year)).page_after(&db, None, 3).await.map(drop),
        query!(Book.values_list(.year).distinct()).page_after(&db, None, 3).await.map(drop),
        Book::objects().union_all(Book::objects()).page_after(&db, None, 3).await.map(drop),
    ];
    let messages = refused.map(|refused| refused.expect_err("a mistake").to_string());
    assert_eq!(
        messages,
        [
            "a page has one row at least: its size is 0",
            "a query with `distinct_on` has no pages: its order is that of the distinct columns",
            "distinct values have no pages: `group_by` them instead",
            "a `union_all` has no pages, since it can have a row twice: use `union`",
        ]
    );
    assert_eq!(log.count(), 0);
    // Whole rows are distinct anyhow.
    assert_eq!(walked!(&db, query!(Book.distinct()), 50).len(), 60);
    Ok(())
}
