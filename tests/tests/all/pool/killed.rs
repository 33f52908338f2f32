//! Connections that the server ends.

use orm::prelude::*;

use crate::support::{NewNote, Note, Place, nap, session, within_a_second};

#[tokio::test]
async fn while_running_the_query_fails_and_the_next_works() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let pid = session(&place.db).await?.pid;
    let (napped, ()) = tokio::join!(nap(&place.db, 20_000_000), async {
        place.outside.until_napping(pid).await;
        place.outside.kill(pid).await;
    });
    let error = napped.expect_err("killed");
    assert!(error.is_connection() && !error.is_cancelled(), "{error}");
    assert!(error.sql().is_some_and(|sql| sql.contains("naps")), "{error}");
    let next = within_a_second(session(&place.db)).await?;
    assert_ne!(next.pid, pid);
    assert_eq!(place.db.status().size, 1);
    Ok(())
}

#[tokio::test]
async fn while_idle_nobody_notices() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    for _ in 0..3 {
        let pid = session(&place.db).await?.pid;
        place.outside.kill(pid).await;
        let mut failures = 0;
        let next = loop {
            match session(&place.db).await {
                Ok(session) => break session.pid,
                // The news may still be on its way.
                Err(error) if error.is_connection() && failures == 0 => failures += 1,
                Err(error) => return Err(error),
            }
        };
        assert_ne!(next, pid);
    }
    Ok(())
}

#[tokio::test]
async fn in_a_transaction_all_of_it_is_lost() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let mut pid = 0;
    let error = place
        .db
        .transaction(async |tx| {
            Note::objects().create(NewNote { text: "lost".into() }).execute(tx).await?;
            pid = session(tx).await?.pid;
            place.outside.kill(pid).await;
            query!(Note).count(tx).await
        })
        .await
        .expect_err("killed");
    assert!(error.is_connection() && !error.is_commit_unknown(), "{error}");
    assert!(place.notes().await.is_empty());
    assert_ne!(session(&place.db).await?.pid, pid);
    Ok(())
}

#[tokio::test]
async fn a_cancelled_query_leaves_the_connection() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let pid = session(&place.db).await?.pid;
    let (napped, ()) = tokio::join!(nap(&place.db, 20_000_000), async {
        place.outside.until_napping(pid).await;
        place.outside.texts(&format!("SELECT pg_cancel_backend({pid})")).await;
    });
    let error = napped.expect_err("cancelled");
    assert!(error.is_cancelled() && !error.is_connection(), "{error}");
    assert_eq!(session(&place.db).await?.pid, pid);
    Ok(())
}

#[tokio::test]
async fn siblings_of_a_prefetch_all_end() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    crate::loading::seed::shop(&place.db, 4).await?;
    place
        .db
        .batch_execute(
            "ALTER TABLE products RENAME TO stock;
             CREATE VIEW products AS SELECT id, name || pg_sleep(20)::text AS name, price, category_id FROM stock",
        )
        .await?;
    let pid = session(&place.db).await?.pid;
    let query = query!(tests::shop::Category.prefetch_related(.products, .children.products));
    let (loaded, ()) = tokio::join!(query.all(&place.db), async {
        place.outside.until_napping(pid).await;
        place.outside.kill(pid).await;
    });
    assert!(loaded.expect_err("killed").is_connection());
    assert_ne!(session(&place.db).await?.pid, pid);
    Ok(())
}
