//! Dropped after each number of polls, up to the end.

use std::future::Future;

use orm::prelude::*;
use tests::library::Author;

use super::{assert_clean, write};
use crate::loading::seed;
use crate::support::{Note, Place, nap, poll_and_drop, session};

/// Runs a future again and again, one poll longer each time, until it is done; checks after each.
async fn each_number_of_polls<F: Future<Output = orm::Result<()>>>(
    place: &Place,
    work: impl Fn(usize) -> F,
    mut check: impl AsyncFnMut(usize, bool),
) -> orm::Result<usize> {
    let pid = session(&place.db).await?.pid;
    let mut done_in_a_row = 0;
    for polls in 0.. {
        let done = poll_and_drop(work(polls), polls).await.transpose()?.is_some();
        assert_clean(place, pid).await?;
        check(polls, done).await;
        // How many polls it takes varies a little.
        done_in_a_row = if done { done_in_a_row + 1 } else { 0 };
        if done_in_a_row == 3 {
            return Ok(polls);
        }
    }
    Ok(0)
}

#[tokio::test]
async fn a_transaction_with_savepoints_is_all_or_nothing() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let texts = |n: usize| ["a", "b", "c"].map(|letter| format!("{letter}{n}"));
    let polls = each_number_of_polls(
        &place,
        |n| {
            let (db, [a, b, c]) = (place.db.clone(), texts(n));
            async move {
                db.transaction(async |tx| {
                    write(tx, &a).await?;
                    nap(tx, 1_000).await?;
                    tx.transaction(async |tx| write(tx, &b).await).await?;
                    let dropped = tx.begin().await?;
                    write(&dropped, &c).await?;
                    drop(dropped);
                    write(tx, &c).await.map(drop)
                })
                .await
            }
        },
        async |n, done| {
            let written = place.notes().await;
            let found = texts(n).iter().filter(|text| written.contains(text)).count();
            // The drop of a commit that was sent comes too late.
            assert!(found == 3 || (found == 0 && !done), "{found} of 3 after {n} polls");
        },
    )
    .await?;
    assert!(polls > 10, "{polls}");
    let complete = place.notes().await.len();
    assert!(complete.is_multiple_of(3) && complete >= 9 && complete < 3 * polls, "{complete} after {polls}");
    Ok(())
}

#[tokio::test]
async fn a_load_of_several_levels_leaves_nothing() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    seed::library(&place.db, 300).await?;
    let query = query!(Author.prefetch_related(.books.tags.books).order_by(.id));
    let expected = query.all(&place.db).await?;
    let work = |_| {
        let (query, db, expected) = (&query, &place.db, &expected);
        async move {
            assert!(query.all(db).await? == *expected);
            Ok(())
        }
    };
    let mut others = 0;
    let polls = each_number_of_polls(&place, work, async |_, _| {
        let author = query!(Author.filter(.id == 7).prefetch_related(.books)).get(&place.db).await;
        assert_eq!(author.expect("an author").books().len(), 1);
        others += 1;
    })
    .await?;
    assert!(polls > 5 && others == polls + 1, "{polls} {others}");
    Ok(())
}

#[tokio::test]
async fn a_first_connection() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    for polls in 0..30 {
        let db = Db::builder(place.url()).max_size(1).connect().await?;
        let pid = session(&db).await?.pid;
        place.outside.kill(pid).await;
        // The connection is made anew, within the future that is dropped.
        drop(poll_and_drop(query!(Note).count(&db), polls).await);
        let mut count = query!(Note).count(&db).await;
        if count.as_ref().is_err_and(orm::Error::is_connection) {
            count = query!(Note).count(&db).await;
        }
        assert_eq!(count?, 0);
        assert_eq!(db.status().size, 1);
    }
    Ok(())
}
