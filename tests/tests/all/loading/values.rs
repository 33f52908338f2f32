//! Query sets as values.

use orm::prelude::*;
use tests::library::{Author, Book, Tag};

use super::seed;

#[orm::test]
async fn a_clone_refined_leaves_the_original_as_it_was(db: Db) -> orm::Result<()> {
    seed::library(&db, 9).await?;
    let all = query!(Book.order_by(.id));
    let before = all.to_sql().text().to_owned();
    let some = query!(all.clone().filter(.year > 2010).exclude(.title.contains("1")).order_by(-.id));
    let loaded = query!(all.clone().select_related(.author).prefetch_related(.tags));
    let sliced = query!(all.clone()[2..4]);
    assert_eq!(all.to_sql().text(), before);
    assert_eq!(all.all(&db).await?.len(), 9);
    assert!(some.all(&db).await?.iter().all(|book| book.year > 2010));
    assert_eq!(loaded.all(&db).await?.len(), 9);
    assert_eq!(sliced.all(&db).await?.iter().map(|book| book.id).collect::<Vec<_>>(), [3, 4]);
    assert_eq!(all.to_sql().text(), before);
    Ok(())
}

#[orm::test]
async fn a_query_set_is_refined_on_conditions(db: Db) -> orm::Result<()> {
    seed::library(&db, 9).await?;
    async fn search(
        db: &Db,
        after: Option<i32>,
        tag: Option<&str>,
        newest_first: bool,
    ) -> orm::Result<Vec<loaded!(Book { author })>> {
        let mut books = query!(Book.select_related(.author));
        if let Some(year) = after {
            books = query!(books.filter(.year > year));
        }
        if let Some(name) = tag {
            books = query!(books.filter(.tags.any(.name == name)));
        }
        if newest_first {
            books = query!(books.order_by(-.year, .id));
        }
        books.all(db).await
    }
    assert_eq!(search(&db, None, None, false).await?.len(), 9);
    let late = search(&db, Some(2010), None, true).await?;
    assert!(!late.is_empty() && late.is_sorted_by(|a, b| a.year >= b.year));
    assert!(late.iter().all(|book| book.year > 2010));
    let green = search(&db, None, Some("green"), false).await?;
    let both = search(&db, Some(2010), Some("green"), false).await?;
    assert!(both.len() < green.len() && both.iter().all(|book| green.contains(book) && late.contains(book)));
    assert!(search(&db, None, Some("none such"), true).await?.is_empty());
    Ok(())
}

#[orm::test]
async fn a_query_set_runs_again_and_sees_what_is_new(db: Db) -> orm::Result<()> {
    seed::library(&db, 3).await?;
    let tags = query!(Tag.filter(.name.starts_with("b")));
    assert_eq!(tags.count(&db).await?, 1);
    query!(Tag.create(name = "brown")).execute(&db).await?;
    assert_eq!(tags.count(&db).await?, 2);
    assert_eq!(tags.all(&db).await?.len(), 2);
    Ok(())
}

#[orm::test]
async fn predicates_are_put_together_at_run_time(db: Db) -> orm::Result<()> {
    seed::library(&db, 9).await?;
    let wanted = ["book 0 of 1", "book 1 of 2", "no such book"];
    let books = Book::objects().filter(|book| {
        let start = Predicate::never();
        wanted.iter().fold(start, |any, &title| any | book.title().eq(title)) & book.year().gt(0)
    });
    let titles = books.order_by(|book| book.id()).all(&db).await?.into_iter().map(|book| book.title);
    assert_eq!(titles.collect::<Vec<_>>(), wanted[..2]);
    let none = Book::objects().filter(|_| Predicate::never());
    assert!(none.all(&db).await?.is_empty());
    assert_eq!(Book::objects().exclude(|_| Predicate::never()).count(&db).await?, 9);
    Ok(())
}

#[orm::test]
async fn query_sets_and_rows_go_to_other_tasks(db: Db) -> orm::Result<()> {
    fn is_value<T: Clone + Send + Sync + 'static>(_: &T) {}
    seed::library(&db, 9).await?;
    let authors = query!(Author.filter(.id > 3).prefetch_related(.books.tags).order_by(.id));
    is_value(&authors);
    is_value(&query!(authors.clone()[..2]));
    let tasks = (0..4).map(|_| {
        let (authors, db) = (authors.clone(), db.clone());
        tokio::spawn(async move { authors.all(&db).await })
    });
    let results = futures_util::future::join_all(tasks).await;
    let expected = authors.all(&db).await?;
    for rows in results {
        assert_eq!(rows.expect("no panic")?, expected);
    }
    Ok(())
}

#[orm::test]
async fn predicates_are_made_apart_from_queries(db: Db) -> orm::Result<()> {
    seed::library(&db, 9).await?;
    fn recent(since: i32) -> Predicate<Book> {
        Predicate::<Book>::new(|book| book.year().gt(since))
    }
    let tagged = Predicate::<Book>::new(|book| book.tags().any(|tag| tag.name().eq("green")));
    let both = query!(Book.filter(recent(2010) && tagged.clone())).all(&db).await?;
    let combined = query!(Book.filter(recent(2010) & tagged.clone())).all(&db).await?;
    let either = query!(Book.filter(recent(2010) || tagged)).count(&db).await?;
    assert!(!both.is_empty() && both == combined);
    assert!(either > i64::try_from(both.len()).unwrap_or(i64::MAX));
    Ok(())
}

#[orm::test]
async fn query_leaves_the_query_set_it_starts_from_to_its_owner(db: Db) -> orm::Result<()> {
    seed::library(&db, 9).await?;
    struct Page {
        books: QuerySet<Book>,
    }
    let page = Page { books: query!(Book.order_by(.id)) };
    let borrowed = &page.books;
    let counts = [
        query!(page.books.filter(.year > 2010)).count(&db).await?,
        query!(page.books.exclude(.year > 2010)).count(&db).await?,
        query!(borrowed.filter(.year > 0)).count(&db).await?,
    ];
    assert_eq!(counts[0] + counts[1], counts[2]);
    assert_eq!(page.books.all(&db).await?.len(), 9);
    Ok(())
}
