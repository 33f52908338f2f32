use orm::prelude::*;

use super::schema::Node;
use super::{Place, ids};

#[orm::test]
async fn filter_finds_the_rows_that_the_condition_is_true_of_in_order(db: Db) -> orm::Result<()> {
    let mut place = Place::new(db, 1).await?;
    let check = async |db: &Db, world: &_, query: &super::Query| {
        Ok(ids(&query.set().all(db).await?) == ids(query.set_in(world)))
    };
    place.check(1200, check).await;
    Ok(())
}

#[orm::test]
async fn exclude_finds_all_other_rows_and_so_does_not(db: Db) -> orm::Result<()> {
    let mut place = Place::new(db, 2).await?;
    let check = async |db: &Db, world: &super::World, query: &super::Query| {
        let condition = &query.condition;
        let others: Vec<i64> = ids(world.nodes.iter().filter(|node| !condition.holds(world, node)));
        let nodes = Node::objects().order_by(|n| n.id());
        let excluded = nodes.clone().exclude(|_| condition.predicate()).all(db).await?;
        let negated = nodes.clone().filter(|_| !condition.predicate()).count(db).await?;
        let twice = nodes.exclude(|_| !condition.predicate()).values_list(|n| n.id()).all(db).await?;
        let mut kept = ids(query.whole_in(world));
        kept.sort_unstable();
        Ok(ids(&excluded) == others && negated as usize == others.len() && twice == kept)
    };
    place.check(300, check).await;
    Ok(())
}

#[orm::test]
async fn count_exists_first_and_last_agree_with_the_list(db: Db) -> orm::Result<()> {
    let mut place = Place::new(db, 3).await?;
    let check = async |db: &Db, world: &super::World, query: &super::Query| {
        let (whole, part) = (query.whole_in(world), query.set_in(world));
        let set = query.set();
        let first = query.whole().first(db).await?;
        let last = query.whole().last(db).await?;
        let turned = query.whole().reverse().values_list(|n| n.id()).all(db).await?;
        let mut reversed = ids(whole.iter().copied());
        reversed.reverse();
        Ok(set.count(db).await? as usize == part.len()
            && set.exists(db).await? != part.is_empty()
            && set.first(db).await?.as_ref() == part.first().copied()
            && first.as_ref() == whole.first().copied()
            && last.as_ref() == whole.last().copied()
            && turned == reversed)
    };
    place.check(120, check).await;
    Ok(())
}

#[orm::test]
async fn get_and_in_bulk_find_what_the_condition_is_true_of(db: Db) -> orm::Result<()> {
    let mut place = Place::new(db, 4).await?;
    let check = async |db: &Db, world: &super::World, query: &super::Query| {
        let whole = query.whole_in(world);
        let some = query.whole().in_bulk(db, (1..=20).chain([1000])).await?;
        let got = match query.set().get(db).await {
            Ok(node) => query.set_in(world) == [&node],
            Err(error) if error.is_not_found() => query.set_in(world).is_empty(),
            Err(error) if error.is_multiple_rows() => query.set_in(world).len() > 1,
            Err(error) => return Err(error),
        };
        let found = whole.iter().filter(|node| node.id <= 20);
        Ok(got
            && found.clone().count() == some.len()
            && found.clone().all(|node| some.get(&node.id) == Some(*node)))
    };
    place.check(120, check).await;
    Ok(())
}
