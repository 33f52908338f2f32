//! Facts of Django's test folders `transactions` and `transaction_hooks`.

use std::sync::{Arc, Mutex};

use orm::prelude::*;
use tests::library::{Author, BookTag, Tag};
use tests::shop::{Order, User};

use super::{library, shop};

/// What is to be done after a commit.
type Callback = Box<dyn FnOnce() + Send + 'static>;

/// What callbacks wrote down, and what makes them.
fn notes() -> (Arc<Mutex<Vec<i32>>>, impl Fn(i32) -> Callback) {
    let notes = Arc::new(Mutex::new(Vec::new()));
    let written = Arc::clone(&notes);
    let note = move |number| {
        let notes = Arc::clone(&written);
        Box::new(move || notes.lock().expect("no panic").push(number)) as Callback
    };
    (notes, note)
}

#[orm::test]
async fn an_error_rolls_every_kind_of_write_back(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let result: orm::Result<()> = db
        .transaction(async |tx| {
            query!(Author.create(name = "New")).execute(tx).await?;
            query!(Author.filter(.id == 1).update(name = "Other")).execute(tx).await?;
            let tag = query!(Tag.filter(.id == 1)).get(tx).await?;
            query!(tag.related(.books).set([3, 4])).execute(tx).await?;
            query!(Tag.get_or_create(name = "new")).execute(tx).await?;
            query!(BookTag.filter(.tag_id == 2).delete()).execute(tx).await?;
            query!(Author.filter(.id == 99)).get(tx).await.map(drop)
        })
        .await;
    assert!(result.unwrap_err().is_not_found());
    assert_eq!(query!(Author.order_by(.id).values_list(.name)).all(&db).await?, ["Ada", "Bo", "Cy"]);
    assert_eq!((query!(Tag).count(&db).await?, query!(BookTag).count(&db).await?), (3, 4));
    Ok(())
}

#[orm::test]
async fn an_inner_rollback_leaves_the_outer_and_the_next_inner(db: Db) -> orm::Result<()> {
    library(&db).await?;
    db.transaction(async |tx| {
        query!(Tag.create(name = "outer")).execute(tx).await?;
        for (name, keep) in [("one", true), ("two", false), ("three", true)] {
            let inner: orm::Result<()> = tx
                .transaction(async |tx| {
                    query!(Tag.create(name = name)).execute(tx).await?;
                    // Refused where it is not to be kept.
                    query!(Tag.create(name = if keep { "-" } else { "old" })).execute(tx).await?;
                    query!(Tag.filter(.name == "-").delete()).execute(tx).await.map(drop)
                })
                .await;
            assert_eq!(inner.is_ok(), keep);
        }
        Ok::<_, orm::Error>(())
    })
    .await?;
    let names = query!(Tag.filter(.id > 3).order_by(.id).values_list(.name)).all(&db).await?;
    assert_eq!(names, ["outer", "one", "three"]);
    Ok(())
}

#[orm::test]
async fn an_inner_commit_is_undone_by_the_outer_rollback(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let mut tx = db.begin().await?;
    let inner = tx.begin().await?;
    query!(Tag.create(name = "inner")).execute(&inner).await?;
    inner.commit().await?;
    assert_eq!(query!(Tag).count(&tx).await?, 4);
    tx.rollback().await?;
    assert_eq!(query!(Tag).count(&db).await?, 3);
    Ok(())
}

#[orm::test]
async fn a_query_after_an_error_that_was_caught_is_refused(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let result: orm::Result<i64> = db
        .transaction(async |tx| {
            let refused = query!(Tag.create(name = "old")).execute(tx).await;
            assert!(refused.unwrap_err().is_unique_violation());
            query!(Tag).count(tx).await
        })
        .await;
    assert!(result.unwrap_err().is_transaction_aborted());
    // The connection is usable again.
    assert_eq!(query!(Tag).count(&db).await?, 3);
    Ok(())
}

#[orm::test]
async fn others_see_nothing_before_the_commit(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let tx = db.begin().await?;
    query!(Order.update(total = .total * 2.0)).execute(&tx).await?;
    query!(User.filter(.orders.is_empty()).delete()).execute(&tx).await?;
    assert_eq!(query!(Order.aggregate(sum = .total.sum())).get(&db).await?.sum, Some(150.0));
    assert_eq!(query!(User).count(&db).await?, 4);
    assert_eq!(query!(Order.aggregate(sum = .total.sum())).get(&tx).await?.sum, Some(300.0));
    tx.commit().await?;
    assert_eq!(query!(User).count(&db).await?, 3);
    Ok(())
}

#[orm::test]
async fn callbacks_run_in_their_order_after_the_outermost_commit(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let (notes, note) = notes();
    db.transaction(async |tx| {
        tx.on_commit(note(1));
        tx.transaction(async |tx| {
            tx.on_commit(note(2));
            query!(Tag.create(name = "x")).execute(tx).await
        })
        .await?;
        assert!(notes.lock().expect("no panic").is_empty());
        tx.on_commit(note(3));
        Ok::<_, orm::Error>(())
    })
    .await?;
    assert_eq!(*notes.lock().expect("no panic"), [1, 2, 3]);
    Ok(())
}

#[orm::test]
async fn callbacks_of_what_was_rolled_back_do_not_run(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let (notes, note) = notes();
    db.transaction(async |tx| {
        tx.on_commit(note(1));
        let inner: orm::Result<Tag> = tx
            .transaction(async |tx| {
                tx.on_commit(note(2));
                let innermost: orm::Result<()> = tx
                    .transaction(async |tx| {
                        tx.on_commit(note(3));
                        Ok(())
                    })
                    .await;
                innermost?;
                query!(Tag.create(name = "old")).execute(tx).await
            })
            .await;
        assert!(inner.is_err());
        tx.on_commit(note(4));
        Ok::<_, orm::Error>(())
    })
    .await?;
    assert_eq!(*notes.lock().expect("no panic"), [1, 4]);

    let tx = db.begin().await?;
    tx.on_commit(note(5));
    tx.rollback().await?;
    drop(db.begin().await?);
    assert_eq!(*notes.lock().expect("no panic"), [1, 4]);
    Ok(())
}

#[orm::test]
async fn a_callback_sees_what_was_committed(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let (sent, received) = tokio::sync::oneshot::channel();
    let other = db.clone();
    db.transaction(async |tx| {
        let tag = query!(Tag.create(name = "x")).execute(tx).await?;
        tx.on_commit(move || {
            drop(tokio::spawn(async move {
                drop(sent.send(query!(Tag.filter(.id == tag.id)).exists(&other).await));
            }));
        });
        Ok::<_, orm::Error>(())
    })
    .await?;
    assert!(received.await.expect("it was called")?);
    Ok(())
}

#[orm::test]
async fn an_empty_transaction_and_one_that_only_reads(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let (notes, note) = notes();
    db.transaction(async |tx| {
        tx.on_commit(note(1));
        Ok::<_, orm::Error>(())
    })
    .await?;
    db.transaction(async |tx| {
        tx.on_commit(note(2));
        query!(Tag).count(tx).await
    })
    .await?;
    assert_eq!(*notes.lock().expect("no panic"), [1, 2]);
    Ok(())
}
