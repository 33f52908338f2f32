//! Transactions in tasks of their own.

use orm::prelude::*;
use orm::{Error, QueryLog};

use super::{read, write};
use crate::support::{Note, Place};

#[tokio::test]
async fn spawned_with_borrowed_captures() -> orm::Result<()> {
    let place = Place::with_pool(2).await?;
    let db = place.db.clone();
    let names = [String::from("a"), String::from("b"), String::from("c")];
    let task = tokio::spawn(async move {
        let (first, rest) = names.split_first().expect("three");
        db.transaction(async |tx| {
            write(tx, first).await?;
            tx.transaction(async |tx| {
                for name in rest {
                    write(tx, name).await?;
                }
                tx.transaction(async |tx| query!(Note.filter(.text == first)).get(tx).await).await
            })
            .await?;
            read(tx).await
        })
        .await
    });
    assert_eq!(task.await.expect("no panic")?, ["a", "b", "c"]);
    assert_eq!(place.notes().await, ["a", "b", "c"]);
    Ok(())
}

#[tokio::test]
async fn a_transaction_is_handed_to_another_task() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let tx = place.db.begin().await?;
    write(&tx, "a").await?;
    let task = tokio::spawn(async move {
        write(&tx, "b").await?;
        tx.commit().await
    });
    task.await.expect("no panic")?;
    assert_eq!(place.notes().await, ["a", "b"]);
    Ok(())
}

#[tokio::test]
async fn all_that_is_awaited_is_send() -> orm::Result<()> {
    fn is_send<T: Send>(_: &T) {}
    fn is_shared<T: Send + Sync + 'static>() {}
    is_shared::<Db>();
    is_shared::<Error>();
    is_shared::<Transaction<'static>>();
    is_shared::<QueryLog>();
    let place = Place::with_pool(1).await?;
    let db = &place.db;
    let notes = query!(Note.filter(.id > 0));
    is_send(&notes.all(db));
    is_send(&notes.get(db));
    is_send(&notes.first(db));
    is_send(&notes.count(db));
    is_send(&notes.in_bulk(db, [1]));
    is_send(&db.begin());
    is_send(&db.build_transaction().begin());
    let mut tx = db.begin().await?;
    is_send(&notes.all(&tx));
    is_send(&tx.begin());
    is_send(&tx.batch_execute(""));
    is_send(&tx.commit());
    Ok(())
}
