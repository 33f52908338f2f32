use std::collections::BTreeSet;

use orm::prelude::*;

use super::schema::Node;
use super::{Place, generate, ids};

#[orm::test]
async fn combined_queries_are_combined_sets(db: Db) -> orm::Result<()> {
    let mut place = Place::new(db, 7).await?;
    for _ in 0..8 {
        let other = generate::node(&mut place.random, 2);
        let check = async |db: &Db, world: &super::World, query: &super::Query| {
            let set = |nodes: &[&Node]| -> BTreeSet<i64> { ids(nodes.iter().copied()).into_iter().collect() };
            let theirs: Vec<&Node> = world.nodes.iter().filter(|node| other.holds(world, node)).collect();
            let (a, b) = (set(&query.set_in(world)), set(&theirs));
            let (left, right) = (query.set(), Node::objects().filter(|_| other.predicate()));
            let union = left.clone().union(right.clone()).order_by(|n| n.id());
            let common = left.clone().intersection(right.clone()).order_by(|n| n.id());
            let rest = left.clone().difference(right.clone()).order_by(|n| n.id());
            let all = left.union_all(right).count(db).await?;
            let flagged = union.clone().exclude(|n| n.parent().flag()).count(db).await?;
            let unflagged = |id: &i64| {
                world.nodes.iter().any(|n| n.id == *id && !world.parent(n).is_some_and(|parent| parent.flag))
            };
            Ok(ids(&union.all(db).await?) == (&a | &b).into_iter().collect::<Vec<_>>()
                && ids(&common.all(db).await?) == (&a & &b).into_iter().collect::<Vec<_>>()
                && ids(&rest.all(db).await?) == (&a - &b).into_iter().collect::<Vec<_>>()
                && all as usize == a.len() + b.len()
                && flagged as usize == (&a | &b).iter().filter(|id| unflagged(id)).count()
                && union.last(db).await?.map(|n| n.id) == (&a | &b).last().copied())
        };
        place.check(8, check).await;
    }
    Ok(())
}
