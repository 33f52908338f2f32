//! Many at the same time.

use futures_util::future::join_all;
use orm::IsolationLevel;
use orm::prelude::*;
use tests::shop::{self, User};

const TASKS: usize = 24;

/// What each of many tasks got, all of which ran `task` on the same key.
async fn together<F>(db: &Db, task: impl Fn(Db, usize) -> F) -> orm::Result<Vec<(User, bool)>>
where
    F: Future<Output = orm::Result<(User, bool)>> + Send + 'static,
{
    let tasks = (0..TASKS).map(|number| tokio::spawn(task(db.clone(), number)));
    join_all(tasks).await.into_iter().map(|joined| joined.expect("the task ended")).collect()
}

#[orm::test]
async fn exactly_one_task_creates(db: Db) -> orm::Result<()> {
    shop::create_tables(&db).await?;
    for round in 0..5 {
        let email = format!("get {round}");
        let got = together(&db, |db, _| {
            let email = email.clone();
            async move { query!(User.get_or_create(email = email).defaults(active = true)).execute(&db).await }
        })
        .await?;
        assert_eq!(got.iter().filter(|(_, created)| *created).count(), 1);
        assert!(got.iter().all(|(user, _)| *user == got[0].0));

        let email = format!("update {round}");
        let got = together(&db, |db, number| {
            let (email, nick) = (email.clone(), number.to_string());
            async move {
                query!(User.update_or_create(email = email).defaults(active = true, nick = nick))
                    .execute(&db)
                    .await
            }
        })
        .await?;
        assert_eq!(got.iter().filter(|(_, created)| *created).count(), 1);
        assert!(got.iter().all(|(user, _)| user.id == got[0].0.id));
        assert!(got.iter().enumerate().all(|(i, (user, _))| user.nick == Some(i.to_string())));
    }
    assert_eq!(User::objects().count(&db).await?, 10);
    Ok(())
}

#[orm::test]
async fn the_row_of_a_transaction_that_was_faster(db: Db) -> orm::Result<()> {
    shop::create_tables(&db).await?;
    let get = || query!(User.get_or_create(email = "a").defaults(active = true));
    let (logged, log) = db.logged();
    let tx = db.begin().await?;
    let (first, created) = get().execute(&tx).await?;
    assert!(created);
    let waiting = tokio::spawn(async move { get().execute(&logged).await });
    while query!(User).count(&db).await? != 0 || !is_waiting(&db).await? {}
    tx.commit().await?;
    assert_eq!(waiting.await.expect("the task ended")?, (first, false));
    assert_eq!(log.queries().len(), 3, "{log}");
    Ok(())
}

/// A row of `pg_stat_activity`: what a session of this database does.
#[derive(Model)]
#[model(schema = "pg_catalog", table = "pg_stat_activity")]
struct Session {
    #[model(primary_key)]
    pid: i32,
    wait_event_type: Option<String>,
}

/// Whether a session waits for a lock.
async fn is_waiting(db: &Db) -> orm::Result<bool> {
    query!(Session.filter(.wait_event_type == "Lock")).exists(db).await
}

#[orm::test]
async fn a_snapshot_from_before_is_a_serialization_failure(db: Db) -> orm::Result<()> {
    shop::create_tables(&db).await?;
    let tx = db.build_transaction().isolation_level(IsolationLevel::RepeatableRead).begin().await?;
    assert_eq!(User::objects().count(&tx).await?, 0);
    let get = || query!(User.get_or_create(email = "a").defaults(active = true));
    assert!(get().execute(&db).await?.1);
    let error = get().execute(&tx).await.unwrap_err();
    assert!(error.is_serialization_failure(), "{error}");
    tx.rollback().await
}
