//! Cursors: what they are of, and what is done about those that are not.

use orm::prelude::*;
use orm::{Error, PageCursor};
use tests::library::*;

use super::{fill, walked};

#[orm::test]
async fn a_cursor_is_short_and_can_stand_in_a_url(db: Db) -> orm::Result<()> {
    fill(&db).await?;
    let next = query!(Book.order_by(-.year)).page_after(&db, None, 20).await?.next.expect("another page");
    let text = next.to_string();
    assert!(
        text.len() == 24 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b)),
        "{text}"
    );
    assert_eq!(text.parse::<PageCursor>()?, next);
    assert_eq!(format!("{next:?}"), format!("PageCursor({text})"));
    Ok(())
}

fn refused<T>(result: orm::Result<T>) {
    let error = result.map(drop).expect_err("a refusal");
    assert!(error.is_invalid_cursor(), "{error}");
    assert_eq!(error.to_string(), "the cursor is of a page of another query, or in another order");
}

#[orm::test]
async fn a_cursor_of_another_order_is_refused(db: Db) -> orm::Result<()> {
    fill(&db).await?;
    let add = 1;
    let next = query!(Book.order_by(.year + add)).page_after(&db, None, 5).await?.next;
    let (db, log) = db.logged();
    let next = next.as_ref();
    refused(query!(Book.order_by(-(.year + add))).page_after(&db, next, 5).await);
    refused(query!(Book.order_by(.year + 2)).page_after(&db, next, 5).await);
    refused(query!(Book.order_by(.year - add)).page_after(&db, next, 5).await);
    refused(query!(Book.order_by((.year + add).asc().nulls_first())).page_after(&db, next, 5).await);
    refused(query!(Book.order_by(.year + add, -.id)).page_after(&db, next, 5).await);
    refused(query!(Book.order_by(.year + add, .title)).page_after(&db, next, 5).await);
    refused(query!(Book).page_after(&db, next, 5).await);
    refused(query!(Author).page_after(&db, next, 5).await);
    assert_eq!(log.count(), 0);
    // Of the same order in another size, with more loaded, or with other filters, it is one.
    let page =
        query!(Book.filter(.id > 50).select_related(.author).order_by(.year + add)).page_after(&db, next, 50);
    assert!(page.await?.rows.iter().all(|book| book.id > 50));
    Ok(())
}

#[orm::test]
async fn garbage_and_forged_cursors_are_refused(db: Db) -> orm::Result<()> {
    fill(&db).await?;
    let books = query!(Book.order_by(.title, .rating));
    let next = books.page_after(&db, None, 5).await?.next.expect("another page").to_string();
    let (db, log) = db.logged();
    for text in ["", "x", "next", "'; DROP TABLE books; --", &next[1..], &format!("{next}=="), "ÄÖÜ", "\0\0"]
    {
        let error = match text.parse::<PageCursor>() {
            Err(error) => error,
            Ok(cursor) => books.page_after(&db, Some(&cursor), 5).await.expect_err("garbage"),
        };
        assert!(error.is_invalid_cursor(), "{text} {error}");
    }
    assert_eq!(
        "next page".parse::<PageCursor>().map_err(|error| error.to_string()),
        Err("this is not the cursor of a page".to_owned())
    );
    // Every single changed digit: refused, or a position like another.
    for position in 0..next.len() {
        for digit in "AZaz09-_".chars() {
            let mut forged = next.clone();
            forged.replace_range(position..=position, &digit.to_string());
            let page = match forged.parse::<PageCursor>() {
                Ok(cursor) => books.page_after(&db, Some(&cursor), 5).await,
                Err(error) => Err(error),
            };
            assert!(page.as_ref().err().is_none_or(Error::is_invalid_cursor), "{forged} {page:?}");
        }
    }
    assert!(log.queries().iter().all(|query| query.sql.starts_with("SELECT t0.\"id\"")));
    assert_eq!(query!(Book).count(&db).await?, 60);
    Ok(())
}

#[orm::test]
async fn values_are_bound_whatever_they_hold(db: Db) -> orm::Result<()> {
    fill(&db).await?;
    let names = ["'; DROP TABLE tags; --", "$1", "\\", "Ünïcode 🦀", "", "x\ny"];
    for name in names {
        query!(Tag.create(name = name)).execute(&db).await?;
    }
    let tags = query!(Tag.order_by(-.name));
    assert_eq!(walked!(&db, tags, 1), tags.all(&db).await?);
    assert_eq!(query!(Tag).count(&db).await?, 8);
    Ok(())
}
