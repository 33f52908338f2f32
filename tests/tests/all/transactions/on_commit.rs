//! `tx.on_commit(|| ..)`.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use orm::Retry;

use super::{read, write};
use crate::support::{Place, nap, session};

/// What was called, in order.
#[derive(Clone, Default)]
struct Calls(Arc<Mutex<Vec<&'static str>>>);

impl Calls {
    /// A callback that is noted by this name.
    fn to(&self, name: &'static str) -> impl FnOnce() + Send + use<> {
        let calls = self.clone();
        move || calls.0.lock().expect("no panic").push(name)
    }

    fn take(&self) -> Vec<&'static str> {
        std::mem::take(&mut self.0.lock().expect("no panic"))
    }
}

#[tokio::test]
async fn called_in_order_after_the_commit() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let calls = Calls::default();
    place
        .db
        .transaction(async |tx| {
            tx.on_commit(calls.to("one"));
            write(tx, "note").await?;
            tx.on_commit(calls.to("two"));
            assert!(calls.take().is_empty(), "not yet");
            Ok::<_, orm::Error>(())
        })
        .await?;
    assert_eq!(calls.take(), ["one", "two"]);
    let tx = place.db.begin().await?;
    tx.on_commit(calls.to("three"));
    write(&tx, "other").await?;
    assert!(calls.take().is_empty());
    tx.commit().await?;
    assert_eq!(calls.take(), ["three"]);
    write(&place.db, "third").await?;
    assert!(calls.take().is_empty(), "once");
    Ok(())
}

#[tokio::test]
async fn what_was_committed_is_there_and_the_connection_free() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let (db, seen) = (place.db.clone(), Arc::new(Mutex::new(None)));
    let (task, sent) = tokio::sync::oneshot::channel();
    place
        .db
        .transaction(async |tx| {
            write(tx, "one").await?;
            let seen = Arc::clone(&seen);
            tx.on_commit(move || {
                *seen.lock().expect("no panic") = Some(db.status().available);
                drop(task.send(tokio::spawn(async move { read(&db).await })));
            });
            Ok::<_, orm::Error>(())
        })
        .await?;
    assert_eq!(*seen.lock().expect("no panic"), Some(1));
    assert_eq!(sent.await.expect("called").await.expect("no panic")?, ["one"]);
    Ok(())
}

#[tokio::test]
async fn dropped_when_the_transaction_is_rolled_back() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let calls = Calls::default();
    let failed = place.db.transaction(async |tx| {
        tx.on_commit(calls.to("err"));
        write(tx, "a\0b").await
    });
    failed.await.expect_err("no NUL in a text");
    let tx = place.db.begin().await?;
    tx.on_commit(calls.to("rollback"));
    tx.rollback().await?;
    let tx = place.db.begin().await?;
    tx.on_commit(calls.to("drop"));
    drop(tx);
    let tx = place.db.begin().await?;
    tx.on_commit(calls.to("aborted"));
    tx.batch_execute("SELECT 1 / 0").await.expect_err("division by zero");
    tx.commit().await.expect_err("aborted");
    place.db.transaction(async |tx| write(tx, "one").await).await?;
    assert!(calls.take().is_empty());
    assert_eq!(Arc::strong_count(&calls.0), 1, "and nothing of them is left");
    Ok(())
}

#[tokio::test]
async fn dropped_when_the_commit_fails() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let script = "ALTER TABLE notes DROP CONSTRAINT notes_text_key;
        ALTER TABLE notes ADD CONSTRAINT late UNIQUE (text) DEFERRABLE INITIALLY DEFERRED";
    place.db.batch_execute(script).await?;
    let calls = Calls::default();
    let run = place.db.transaction(async |tx| {
        tx.on_commit(calls.to("never"));
        write(tx, "one").await?;
        write(tx, "one").await
    });
    assert!(run.await.expect_err("two of one text").is_unique_violation());
    assert!(calls.take().is_empty());
    Ok(())
}

#[tokio::test]
async fn those_of_a_savepoint_share_its_fate() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let calls = Calls::default();
    place
        .db
        .transaction(async |tx| {
            tx.on_commit(calls.to("before"));
            tx.transaction(async |tx| {
                tx.on_commit(calls.to("kept"));
                tx.transaction(async |tx| {
                    tx.on_commit(calls.to("kept inside"));
                    Ok::<_, orm::Error>(())
                })
                .await
            })
            .await?;
            assert!(calls.take().is_empty(), "a savepoint is not a commit");
            let undone = tx.transaction(async |tx| {
                tx.on_commit(calls.to("undone"));
                tx.transaction(async |tx| {
                    tx.on_commit(calls.to("released within what is undone"));
                    Ok::<_, orm::Error>(())
                })
                .await?;
                write(tx, "a\0b").await
            });
            undone.await.expect_err("no NUL in a text");
            tx.on_commit(calls.to("after"));
            Ok::<_, orm::Error>(())
        })
        .await?;
    assert_eq!(calls.take(), ["before", "kept", "kept inside", "after"]);
    Ok(())
}

#[tokio::test]
async fn an_inner_savepoint_undone_leaves_those_of_the_outer_one() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let calls = Calls::default();
    let mut tx = place.db.begin().await?;
    let mut outer = tx.begin().await?;
    outer.on_commit(calls.to("outer"));
    let inner = outer.begin().await?;
    inner.on_commit(calls.to("rolled back"));
    inner.rollback().await?;
    let inner = outer.begin().await?;
    inner.on_commit(calls.to("dropped"));
    drop(inner);
    outer.on_commit(calls.to("outer again"));
    let inner = outer.begin().await?;
    inner.on_commit(calls.to("aborted"));
    inner.batch_execute("SELECT 1 / 0").await.expect_err("division by zero");
    inner.commit().await.expect_err("aborted");
    outer.commit().await?;
    tx.commit().await?;
    assert_eq!(calls.take(), ["outer", "outer again"]);
    Ok(())
}

#[tokio::test]
async fn a_panic_loses_neither_the_others_nor_the_result() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let calls = Calls::default();
    let note = place
        .db
        .transaction(async |tx| {
            tx.on_commit(calls.to("one"));
            tx.on_commit(|| panic!("on purpose"));
            tx.on_commit(calls.to("three"));
            write(tx, "note").await
        })
        .await?;
    assert_eq!(note.text, "note");
    assert_eq!(calls.take(), ["one", "three"]);
    assert_eq!(place.notes().await, ["note"]);
    write(&place.db, "other").await?;
    Ok(())
}

#[tokio::test]
async fn of_several_attempts_those_of_the_last() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let calls = Calls::default();
    let mut names = ["first", "second", "third"].into_iter();
    let policy = Retry::new().base_delay(Duration::ZERO);
    place
        .db
        .build_transaction()
        .retry_with(policy, |tx| {
            let name = names.next().expect("three attempts");
            tx.on_commit(calls.to(name));
            async move {
                if name != "third" {
                    let script = "DO $$ BEGIN RAISE 'on purpose' USING ERRCODE = '40001'; END $$";
                    tx.batch_execute(script).await?;
                }
                Ok::<_, orm::Error>(())
            }
        })
        .await?;
    assert_eq!(calls.take(), ["third"]);
    Ok(())
}

#[tokio::test]
async fn not_called_when_the_commit_is_unknown_or_dropped() -> orm::Result<()> {
    let place = Place::with_pool(2).await?;
    let calls = Calls::default();
    place
        .db
        .batch_execute(
            "CREATE FUNCTION nap() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN PERFORM pg_sleep(20); RETURN NULL; END $$;
             CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON notes DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION nap()",
        )
        .await?;
    let tx = place.db.begin().await?;
    let pid = session(&tx).await?.pid;
    tx.on_commit(calls.to("unknown"));
    write(&tx, "one").await?;
    let (committed, ()) = tokio::join!(tx.commit(), async {
        place.outside.until_napping(pid).await;
        place.outside.kill(pid).await;
    });
    assert!(committed.expect_err("killed").is_commit_unknown());
    let tx = place.db.begin().await?;
    let pid = session(&tx).await?.pid;
    tx.on_commit(calls.to("dropped"));
    write(&tx, "two").await?;
    tokio::select! {
        _ = tx.commit() => panic!("it takes 20 seconds"),
        () = place.outside.until_napping(pid) => {}
    }
    assert!(calls.take().is_empty());
    Ok(())
}

#[tokio::test]
async fn a_savepoint_dropped_while_it_works_takes_its_own_with_it() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let calls = Calls::default();
    let mut tx = place.db.begin().await?;
    let pid = session(&tx).await?.pid;
    tx.on_commit(calls.to("before"));
    let work = tx.transaction(async |tx| {
        tx.on_commit(calls.to("dropped"));
        nap(tx, 20_000_000).await
    });
    tokio::select! {
        _ = work => panic!("it takes 20 seconds"),
        () = place.outside.until_napping(pid) => {}
    }
    tx.on_commit(calls.to("after"));
    tx.commit().await?;
    assert_eq!(calls.take(), ["before", "after"]);
    Ok(())
}
