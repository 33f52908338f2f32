//! Drops at random moments, from many tasks at once.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use orm::prelude::*;
use tokio::time::timeout;

use super::write;
use crate::support::{Place, nap, session};

#[tokio::test]
async fn no_late_cancel_request_hits_the_next_query() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    for n in 0..150 {
        // Ends by itself at about the time at which the request to cancel it is sent.
        let work = nap(&place.db, 500 + 40 * n);
        drop(timeout(Duration::from_millis(1), work).await);
        nap(&place.db, 2_000).await?;
    }
    Ok(())
}

/// A xorshift generator: the same numbers each time.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }
}

/// One transaction that writes two notes, and in savepoints others that it does not keep.
async fn work(db: &Db, name: &str, choices: [u64; 3], microseconds: i64) -> orm::Result<()> {
    db.transaction(async |tx| {
        write(tx, &format!("{name} first")).await?;
        if choices[0] == 0 {
            nap(tx, microseconds).await?;
        }
        if choices[1] == 0 {
            let savepoint = tx.begin().await?;
            write(&savepoint, &format!("{name} dropped")).await?;
            drop(timeout(Duration::from_micros(500), nap(&savepoint, microseconds)).await);
        }
        if choices[2] == 0 {
            let failed = tx.transaction(async |tx| {
                write(tx, &format!("{name} failed")).await?;
                write(tx, &format!("{name} first")).await
            });
            assert!(failed.await.expect_err("written already").is_unique_violation());
        }
        write(tx, &format!("{name} last")).await.map(drop)
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_is_dropped_the_rest_succeeds() -> orm::Result<()> {
    let place = Place::with_pool(3).await?;
    let end = Instant::now() + Duration::from_secs(2);
    let tasks = (1..=12u64).map(|id| {
        let db = place.db.clone();
        tokio::spawn(async move {
            let mut random = Random(id * 7919);
            let (mut finished, mut dropped) = (0, 0);
            while Instant::now() < end {
                let name = format!("{id}.{}", finished + dropped);
                let choices = [4, 3, 3].map(|end| random.below(end));
                let work = work(&db, &name, choices, 10 * random.below(300) as i64);
                if random.below(3) > 0 {
                    work.await?;
                    finished += 1;
                } else if let Ok(result) = timeout(Duration::from_micros(random.below(6_000)), work).await {
                    result?;
                    finished += 1;
                } else {
                    dropped += 1;
                }
                session(&db).await?;
            }
            Ok::<_, orm::Error>((finished, dropped))
        })
    });
    let (mut finished, mut dropped) = (0, 0);
    for task in join_all(tasks).await {
        let counts = task.expect("no panic")?;
        finished += counts.0;
        dropped += counts.1;
    }
    assert!(finished > 0 && dropped > 0, "{finished} {dropped}");
    let others = "state LIKE 'idle in%' AND datname = current_database()";
    place.outside.until(&format!("NOT EXISTS (SELECT FROM pg_stat_activity WHERE {others})")).await;
    let odd = "SELECT count(*) FROM (SELECT FROM notes GROUP BY split_part(text, ' ', 1)
        HAVING string_agg(split_part(text, ' ', 2), ' ' ORDER BY id) <> 'first last') odd";
    assert_eq!(place.outside.number(odd).await, 0, "each is all or nothing");
    let whole = place.outside.number("SELECT count(*) / 2 FROM notes").await;
    assert!((finished..=finished + dropped).contains(&whole), "{finished} {whole} {dropped}");
    assert_eq!((place.db.status().size, place.db.status().available), (3, 3));
    Ok(())
}
