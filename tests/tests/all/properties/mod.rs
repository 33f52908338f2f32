//! What holds of every query: random ones, against an interpreter of conditions over the same rows in memory.
//!
//! The queries are the same in every run; `ORM_SEED=7 cargo test -p tests -- properties::` makes others. One that fails is
//! made as small as it still fails, and printed with its SQL.
//!
//! The generator is the module's own. `proptest` would bring its shrinking, and with it about 15 crates to build and a
//! runner that waits for no future; what is needed of it is `Condition::smaller` and the loop in `Place::check`.

mod aggregates;
mod condition;
mod distinct;
mod filters;
mod generate;
mod leaves;
mod loading;
mod query;
mod random;
mod schema;
mod sets;
mod subqueries;
mod windows;
mod world;

use orm::prelude::*;

use query::Query;
use random::Random;
use schema::Node;
use world::World;

/// A database, what is in it, and the source of queries.
struct Place {
    db: Db,
    world: World,
    random: Random,
}

impl Place {
    async fn new(db: Db, seed: u64) -> orm::Result<Place> {
        let mut random = Random::new(seed);
        let world = World::new(&mut random);
        world.store(&db).await?;
        Ok(Place { db, world, random })
    }

    /// Asserts that a property holds of so many random queries.
    async fn check(&mut self, cases: usize, holds: impl AsyncFn(&Db, &World, &Query) -> orm::Result<bool>) {
        for case in 0..cases {
            let query = Query::new(&mut self.random);
            let mut found = None;
            let mut candidates = vec![query];
            while let Some(query) = candidates.pop() {
                let outcome = holds(&self.db, &self.world, &query).await;
                if !matches!(outcome, Ok(true)) {
                    candidates = query.smaller();
                    found = Some((query, outcome));
                }
            }
            if let Some((query, outcome)) = found {
                let (seed, (db, log)) = (self.random.seed(), self.db.logged());
                drop(holds(&db, &self.world, &query).await);
                panic!("seed {seed}, case {case}: {outcome:?} of\n{}\nby\n{log}", query.text());
            }
        }
    }
}

/// The keys of rows.
fn ids<'a>(nodes: impl IntoIterator<Item = &'a Node>) -> Vec<i64> {
    nodes.into_iter().map(|node| node.id).collect()
}
