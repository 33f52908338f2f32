//! A table as a queue: several workers, no job done twice.

use std::collections::HashMap;

use futures_util::future::try_join_all;
use orm::prelude::*;

use crate::support::Place;

#[derive(Model, Debug, Clone)]
#[model(table = "jobs")]
struct Job {
    id: i64,
    #[model(default = "false")]
    done: bool,
}

/// Takes jobs until none is left, a few in each transaction, and says which.
async fn work(db: Db) -> orm::Result<Vec<i64>> {
    let mut mine = Vec::new();
    loop {
        let taken = db
            .transaction(async |tx| {
                let open = query!(Job.filter(!.done).order_by(.id).select_for_update().skip_locked()[..3]);
                let ids: Vec<i64> = open.all(tx).await?.into_iter().map(|job| job.id).collect();
                for id in &ids {
                    tokio::task::yield_now().await;
                    tx.batch_execute(&format!("UPDATE jobs SET done = true WHERE id = {id}")).await?;
                }
                Ok::<_, orm::Error>(ids)
            })
            .await?;
        if taken.is_empty() {
            return Ok(mine);
        }
        mine.extend(taken);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_job_is_taken_twice() -> orm::Result<()> {
    let place = Place::with_pool(6).await?;
    place.db.create_tables(models![Job]).await?;
    Job::objects().bulk_create((0..100).map(|_| NewJob {})).execute(&place.db).await?;
    let workers = (0..6).map(|_| tokio::spawn(work(place.db.clone())));
    let mut taken = HashMap::<i64, usize>::new();
    let mut busy = 0;
    for jobs in try_join_all(workers).await.expect("no panic") {
        let jobs = jobs?;
        busy += usize::from(!jobs.is_empty());
        for job in jobs {
            *taken.entry(job).or_default() += 1;
        }
    }
    assert!(taken.len() == 100 && taken.values().all(|&times| times == 1), "{taken:?}");
    assert!(busy > 1, "they worked side by side");
    assert_eq!(query!(Job.filter(!.done)).count(&place.db).await?, 0);
    Ok(())
}

#[tokio::test]
async fn two_open_transactions_have_different_jobs() -> orm::Result<()> {
    let place = Place::with_pool(3).await?;
    place.db.create_tables(models![Job]).await?;
    Job::objects().bulk_create((0..5).map(|_| NewJob {})).execute(&place.db).await?;
    let next = query!(Job.order_by(.id).select_for_update().skip_locked()[..2]);
    let mut taken = Vec::new();
    let (one, two, three) = (place.db.begin().await?, place.db.begin().await?, place.db.begin().await?);
    for tx in [&one, &two, &three] {
        taken.push(next.all(tx).await?.into_iter().map(|job| job.id).collect::<Vec<_>>());
    }
    assert_eq!(taken, [vec![1, 2], vec![3, 4], vec![5]]);
    Ok(())
}
