use orm::functions::*;
use orm::prelude::*;

use super::schema::Node;
use super::{Place, ids};

#[orm::test]
async fn distinct_on_and_a_window_find_the_first_row_of_each_owner(db: Db) -> orm::Result<()> {
    let mut place = Place::new(db, 13).await?;
    let check = async |db: &Db, world: &super::World, query: &super::Query| {
        let whole = query.whole();
        let mut expected: Vec<&Node> = query.whole_in(world);
        // Stable: those of one owner stay in the order of the query.
        expected.sort_by_key(|node| node.owner_id);
        expected.dedup_by_key(|node| node.owner_id);
        let distinct = whole.clone().distinct_on(|n| n.owner_id());
        let smallest = query!(whole
            .annotate(place = row_number().partition_by(.owner_id).order_by(.id))
            .filter(.place == 1)
            .order_by(.owner_id)
            .values_list(.id))
        .all(db)
        .await?;
        let smallest_in = expected.iter().filter_map(|node| {
            let of = query.whole_in(world).into_iter().filter(|other| other.owner_id == node.owner_id);
            of.map(|node| node.id).min()
        });
        let total = distinct.clone().aggregate(|n| n.a().sum()).get(db).await?;
        let sum = expected.iter().map(|node| i64::from(node.a)).reduce(|a, b| a + b);
        Ok(ids(&distinct.all(db).await?) == ids(expected.iter().copied())
            && distinct.count(db).await? as usize == expected.len()
            && distinct.first(db).await?.as_ref() == expected.first().copied()
            && distinct.last(db).await?.as_ref() == expected.last().copied()
            && smallest == smallest_in.collect::<Vec<_>>()
            && total == sum)
    };
    place.check(60, check).await;
    Ok(())
}
