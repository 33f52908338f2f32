//! `add`, `remove`, `set` and `clear`.

use futures_util::future::join_all;
use orm::prelude::*;
use tests::library::{Book, Tag};

use super::{seed, tags_of};

#[orm::test]
async fn add_counts_the_new_links(db: Db) -> orm::Result<()> {
    let (_, [book, other], tags) = seed(&db, 4).await?;
    let (logged, log) = db.logged();
    assert_eq!(book.related(|b| b.tags()).add([tags[0], tags[1]]).execute(&logged).await?, 2);
    assert_eq!(
        log.queries()[0].sql,
        "INSERT INTO \"book_tags\" (\"book_id\", \"tag_id\") SELECT $1, * FROM unnest($2) ON CONFLICT DO NOTHING"
    );
    let more = [tags[1], tags[2], tags[2]];
    assert_eq!(query!(book.related(.tags).add(more)).execute(&logged).await?, 1);
    assert_eq!(query!(book.related(.tags).add(more).execute(&logged).await?), 0);
    assert_eq!(log.queries().len(), 3, "{log}");
    assert_eq!(tags_of(&db, &book).await?, tags[..3]);
    assert!(tags_of(&db, &other).await?.is_empty());
    Ok(())
}

#[orm::test]
async fn keys_of_rows_and_the_other_direction(db: Db) -> orm::Result<()> {
    let (_, books, tags) = seed(&db, 2).await?;
    let rows = query!(Tag.order_by(.id)).all(&db).await?;
    books[0].related(|b| b.tags()).add(rows.iter().map(Tag::key)).execute(&db).await?;
    rows[1].related(|t| t.books()).add(books.iter().map(Book::key)).execute(&db).await?;
    assert_eq!(tags_of(&db, &books[0]).await?, tags);
    assert_eq!(tags_of(&db, &books[1]).await?, tags[1..]);
    let loaded = query!(Book.prefetch_related(.tags).filter(.id == books[1].id)).get(&db).await?;
    assert_eq!(loaded.related(|b| b.tags()).clear().execute(&db).await?, 1);
    assert!(tags_of(&db, &books[1]).await?.is_empty());
    Ok(())
}

#[orm::test]
async fn remove_and_clear_leave_the_rows(db: Db) -> orm::Result<()> {
    let (_, [book, other], tags) = seed(&db, 3).await?;
    for book in [&book, &other] {
        book.related(|b| b.tags()).add(tags.clone()).execute(&db).await?;
    }
    let (logged, log) = db.logged();
    assert_eq!(book.related(|b| b.tags()).remove([tags[0], 99]).execute(&logged).await?, 1);
    assert_eq!(query!(book.related(.tags).clear()).execute(&logged).await?, 2);
    assert_eq!(query!(book.related(.tags).clear()).execute(&logged).await?, 0);
    assert_eq!(
        log.queries()[0].sql,
        "DELETE FROM \"book_tags\" WHERE \"book_id\" = $1 AND \"tag_id\" = ANY($2)"
    );
    assert_eq!(log.queries()[1].sql, "DELETE FROM \"book_tags\" WHERE \"book_id\" = $1");
    assert_eq!(tags_of(&db, &other).await?, tags);
    assert_eq!(Tag::objects().count(&db).await?, 3);
    Ok(())
}

#[orm::test]
async fn set_makes_the_links_exactly_these(db: Db) -> orm::Result<()> {
    let (_, [book, other], tags) = seed(&db, 5).await?;
    for book in [&book, &other] {
        book.related(|b| b.tags()).add(tags[..3].to_vec()).execute(&db).await?;
    }
    let (logged, log) = db.logged();
    let wanted = [tags[2], tags[3], tags[4], tags[3]];
    assert_eq!(query!(book.related(.tags).set(wanted)).execute(&logged).await?, 4, "two gone and two new");
    assert_eq!(
        log.queries()[0].sql,
        "WITH d AS (DELETE FROM \"book_tags\" WHERE \"book_id\" = $1 AND \"tag_id\" <> ALL($2) RETURNING 1), \
         i AS (INSERT INTO \"book_tags\" (\"book_id\", \"tag_id\") SELECT $3, * FROM unnest($4) \
         ON CONFLICT DO NOTHING RETURNING 1) SELECT (SELECT count(*) FROM d) + (SELECT count(*) FROM i)"
    );
    assert_eq!(tags_of(&db, &book).await?, tags[2..]);
    assert_eq!(query!(book.related(.tags).set(wanted)).execute(&logged).await?, 0);
    assert_eq!(log.queries().len(), 2, "{log}");
    assert_eq!(query!(book.related(.tags).set([])).execute(&db).await?, 3);
    assert!(tags_of(&db, &book).await?.is_empty());
    assert_eq!(tags_of(&db, &other).await?, tags[..3]);
    Ok(())
}

#[orm::test]
async fn no_keys_are_no_statement(db: Db) -> orm::Result<()> {
    let (_, [book, _], _) = seed(&db, 0).await?;
    let (db, log) = db.logged();
    assert_eq!(book.related(|b| b.tags()).add([]).execute(&db).await?, 0);
    assert_eq!(book.related(|b| b.tags()).remove([]).execute(&db).await?, 0);
    assert_eq!(log.queries().len(), 0);
    Ok(())
}

#[orm::test]
async fn a_key_without_a_row(db: Db) -> orm::Result<()> {
    let (_, [book, _], tags) = seed(&db, 1).await?;
    let error = book.related(|b| b.tags()).add([tags[0], 99]).execute(&db).await.unwrap_err();
    assert!(error.is_foreign_key_violation(), "{error}");
    assert!(tags_of(&db, &book).await?.is_empty());
    Ok(())
}

#[orm::test]
async fn many_at_the_same_time(db: Db) -> orm::Result<()> {
    let (_, [book, _], tags) = seed(&db, 10).await?;
    let tasks = (0..20).map(|_| {
        let (db, book, tags) = (db.clone(), book.clone(), tags.clone());
        tokio::spawn(async move { book.related(|b| b.tags()).add(tags).execute(&db).await })
    });
    let mut added = 0;
    for joined in join_all(tasks).await {
        added += joined.expect("the task ended")?;
    }
    assert_eq!(added, 10);
    assert_eq!(tags_of(&db, &book).await?, tags);
    Ok(())
}
