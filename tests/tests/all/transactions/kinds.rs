//! Isolation levels and access modes.

use orm::IsolationLevel;

use super::{read, write};
use crate::support::{Place, session};

#[tokio::test]
async fn the_server_is_told_the_kind() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    for (level, name) in [
        (IsolationLevel::ReadCommitted, "read committed"),
        (IsolationLevel::RepeatableRead, "repeatable read"),
        (IsolationLevel::Serializable, "serializable"),
    ] {
        for read_only in [true, false] {
            let tx = place.db.build_transaction().isolation_level(level).read_only(read_only).begin().await?;
            let session = session(&tx).await?;
            assert_eq!((session.isolation.as_str(), session.read_only == "on"), (name, read_only));
        }
    }
    let session = session(&place.db).await?;
    assert_eq!((session.isolation.as_str(), session.read_only.as_str()), ("read committed", "off"));
    Ok(())
}

#[tokio::test]
async fn without_a_choice_the_settings_of_the_server_hold() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let set = "SET default_transaction_isolation = serializable; SET default_transaction_read_only = on";
    place.db.batch_execute(set).await?;
    let tx = place.db.begin().await?;
    let kind = session(&tx).await?;
    assert_eq!((kind.isolation.as_str(), kind.read_only.as_str()), ("serializable", "on"));
    tx.rollback().await?;
    let tx = place.db.build_transaction().isolation_level(IsolationLevel::ReadCommitted).read_only(false);
    tx.run(async |tx| write(tx, "one").await).await?;
    assert_eq!(place.notes().await, ["one"]);
    Ok(())
}

#[tokio::test]
async fn a_read_only_transaction_refuses_writes() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let run = place.db.build_transaction().read_only(true).run(async |tx| {
        assert!(read(tx).await?.is_empty());
        write(tx, "one").await
    });
    assert_eq!(run.await.expect_err("read-only").code(), Some("25006"));
    Ok(())
}

#[tokio::test]
async fn repeatable_read_sees_one_state_and_read_committed_the_latest() -> orm::Result<()> {
    let place = Place::with_pool(3).await?;
    let fixed = place.db.build_transaction().isolation_level(IsolationLevel::RepeatableRead).begin().await?;
    let moving = place.db.build_transaction().isolation_level(IsolationLevel::ReadCommitted).begin().await?;
    assert!(read(&fixed).await?.is_empty() && read(&moving).await?.is_empty());
    write(&place.db, "one").await?;
    assert_eq!((read(&fixed).await?.len(), read(&moving).await?.len()), (0, 1));
    Ok(())
}

#[tokio::test]
async fn of_two_serializable_writers_one_is_told_to_run_again() -> orm::Result<()> {
    let place = Place::with_pool(2).await?;
    let begin = || place.db.build_transaction().isolation_level(IsolationLevel::Serializable).begin();
    let (one, two) = (begin().await?, begin().await?);
    assert!(read(&one).await?.is_empty() && read(&two).await?.is_empty());
    write(&one, "one").await?;
    write(&two, "two").await?;
    one.commit().await?;
    let error = two.commit().await.expect_err("it read what the first wrote");
    assert!(error.is_serialization_failure(), "{error}");
    write(&place.db, "three").await?;
    assert_eq!(place.notes().await, ["one", "three"]);
    Ok(())
}

#[tokio::test]
async fn a_deferrable_transaction_can_be_asked_for() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let (db, log) = place.db.logged();
    let kind =
        db.build_transaction().isolation_level(IsolationLevel::Serializable).read_only(true).deferrable(true);
    kind.run(async |tx| read(tx).await).await?;
    assert_eq!(log.queries()[0].sql, "BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY DEFERRABLE");
    Ok(())
}

#[tokio::test]
async fn two_that_wait_for_each_other_end_in_a_deadlock_error() -> orm::Result<()> {
    let place = Place::with_pool(2).await?;
    let (one, two) = (place.db.begin().await?, place.db.begin().await?);
    one.batch_execute("SET LOCAL deadlock_timeout = '10ms'").await?;
    write(&one, "a").await?;
    write(&two, "b").await?;
    let (first, second) = tokio::join!(write(&one, "b"), async {
        let result = write(&two, "a").await;
        two.rollback().await?;
        result
    });
    let failed = [first, second].into_iter().filter_map(Result::err).collect::<Vec<_>>();
    assert!(failed.iter().any(orm::Error::is_deadlock), "{failed:?}");
    assert!(failed.len() == 1, "{failed:?}");
    Ok(())
}
