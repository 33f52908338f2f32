//! More tasks than connections.

use std::collections::HashSet;
use std::time::Duration;

use futures_util::future::{join_all, try_join_all};
use orm::prelude::*;

use crate::support::{NewNote, Note, Place, nap, session, within_a_second};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixty_four_tasks_share_four_connections() -> orm::Result<()> {
    let place = Place::with_pool(4).await?;
    let tasks = (0..64).map(|n| {
        let db = place.db.clone();
        tokio::spawn(async move {
            let text = format!("note {n}");
            let pid = db
                .transaction(async |tx| {
                    Note::objects().create(NewNote { text: text.clone() }).execute(tx).await?;
                    nap(tx, 5_000).await?;
                    let own = query!(Note.filter(.text == text)).get(tx).await?;
                    assert_eq!(own.text, text);
                    Ok::<_, orm::Error>(session(tx).await?.pid)
                })
                .await?;
            assert_eq!(query!(Note.filter(.text == text)).count(&db).await?, 1);
            Ok::<_, orm::Error>(pid)
        })
    });
    let pids = join_all(tasks).await.into_iter().map(|task| task.expect("no panic"));
    let pids = pids.collect::<orm::Result<HashSet<i32>>>()?;
    assert_eq!(pids.len(), 4, "all connections were used, and no others");
    assert_eq!(place.notes().await.len(), 64);
    let status = place.db.status();
    assert_eq!((status.size, status.available, status.waiting), (4, 4, 0));
    Ok(())
}

#[tokio::test]
async fn queries_joined_in_one_task_use_several_connections() -> orm::Result<()> {
    let place = Place::with_pool(3).await?;
    let sessions = try_join_all((0..9).map(|_| async {
        nap(&place.db, 1_000).await?;
        session(&place.db).await
    }));
    let pids = sessions.await?.into_iter().map(|session| session.pid).collect::<HashSet<_>>();
    assert!((2..=3).contains(&pids.len()), "{pids:?}");
    Ok(())
}

#[tokio::test]
async fn the_connection_used_last_is_used_next() -> orm::Result<()> {
    let place = Place::with_pool(4).await?;
    let held = try_join_all((0..4).map(|_| place.db.begin())).await?;
    for tx in held {
        tx.rollback().await?;
    }
    let first = session(&place.db).await?.pid;
    for _ in 0..5 {
        assert_eq!(session(&place.db).await?.pid, first, "its statements are prepared");
    }
    Ok(())
}

#[tokio::test]
async fn whoever_waits_too_long_is_told_so() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let limit = Duration::from_millis(50);
    let db = Db::builder(place.url()).max_size(1).wait_timeout(limit).connect().await?;
    let tx = db.begin().await?;
    let error = within_a_second(query!(Note).count(&db)).await.expect_err("no connection is free");
    assert!(error.is_pool_timeout() && !error.is_connection(), "{error}");
    let text = error.to_string();
    for part in ["50ms", "all 1 of the pool", "inside a transaction"] {
        assert!(text.contains(part), "{text}");
    }
    assert!(db.begin().await.expect_err("no connection is free").is_pool_timeout());
    query!(Note).count(&tx).await?;
    tx.commit().await?;
    query!(Note).count(&db).await?;
    Ok(())
}

#[tokio::test]
async fn a_waiter_is_served_when_a_connection_comes_back() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let tx = place.db.begin().await?;
    let waiter = tokio::spawn({
        let db = place.db.clone();
        async move { query!(Note).count(&db).await }
    });
    while place.db.status().waiting == 0 {
        tokio::task::yield_now().await;
    }
    tx.rollback().await?;
    assert_eq!(within_a_second(waiter).await.expect("no panic")?, 0);
    Ok(())
}

#[tokio::test]
async fn a_closed_pool_finishes_what_runs_and_starts_nothing() -> orm::Result<()> {
    let place = Place::with_pool(2).await?;
    let (db, clone) = (&place.db, place.db.clone());
    let tx = db.begin().await?;
    let pid = session(&tx).await?.pid;
    clone.close();
    for error in
        [query!(Note).count(db).await.err(), db.begin().await.err(), db.batch_execute("").await.err()]
    {
        assert_eq!(error.expect("closed").to_string(), "the pool is closed");
    }
    Note::objects().create(NewNote { text: "last".into() }).execute(&tx).await?;
    tx.commit().await?;
    assert_eq!(place.notes().await, ["last"]);
    place.outside.until(&format!("NOT EXISTS (SELECT FROM pg_stat_activity WHERE pid = {pid})")).await;
    Ok(())
}

#[tokio::test]
async fn the_last_handle_dropped_closes_the_connections() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let db = Db::connect(place.url()).await?;
    let pid = session(&db).await?.pid;
    let clone = db.clone();
    drop(db);
    assert_eq!(session(&clone).await?.pid, pid);
    drop(clone);
    place.outside.until(&format!("NOT EXISTS (SELECT FROM pg_stat_activity WHERE pid = {pid})")).await;
    Ok(())
}

#[test]
fn one_handle_serves_runtimes_one_after_another() -> orm::Result<()> {
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let outer = runtime();
    let place = outer.block_on(Place::with_pool(1))?;
    let url = place.url().to_owned();
    let first = runtime();
    let (db, tx) = first.block_on(async {
        let db = Db::builder(&url).max_size(1).connect().await?;
        let tx = db.begin().await?;
        Note::objects().create(NewNote { text: "lost".into() }).execute(&tx).await?;
        orm::Result::Ok((db, tx))
    })?;
    drop(first);
    drop(tx);
    for _ in 0..2 {
        let count = runtime().block_on(async { within_a_second(query!(Note).count(&db)).await })?;
        assert_eq!(count, 0);
    }
    assert!(outer.block_on(place.notes()).is_empty());
    Ok(())
}
