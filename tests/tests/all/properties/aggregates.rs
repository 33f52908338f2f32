use orm::prelude::*;

use super::Place;
use super::schema::{Item, Node};

fn sum(items: &[&Item]) -> Option<i64> {
    items.iter().filter_map(|item| item.weight).map(i64::from).reduce(|a, b| a + b)
}

#[orm::test]
async fn annotations_over_several_relations_are_what_rust_computes(db: Db) -> orm::Result<()> {
    let mut place = Place::new(db, 8).await?;
    let check = async |db: &Db, world: &super::World, query: &super::Query| {
        let whole = query.whole();
        let annotated = query!(whole.annotate(
            amount = .items.count(),
            weight = .items.weight.sum(),
            large = .items.filter(.size > 1).count(),
            tagged = .tags.count(),
            worth = .tags.worth.max(),
            cousins = .parent.items.count(),
            deep = .children.tags.count()
        ));
        let range = query.slice.clone().unwrap_or(0..1000);
        let (all, page) = (annotated.all(db).await?, query!(annotated[range]).all(db).await?);
        let more = query!(annotated.filter(.amount > 1 && .tagged > 0)).count(db).await? as usize;
        let right = |rows: &[_], expected: &[&Node]| rows.len() == expected.len();
        // The type of the rows has no name: each field is compared where it is.
        macro_rules! agree {
            ($rows:expr, $nodes:expr) => {
                right(&$rows, &$nodes)
                    && $rows.iter().zip(&$nodes).all(|(row, node)| {
                        let (items, tags) = (world.items(node), world.tags(node));
                        let children = world.children(node);
                        row.id == node.id
                            && row.amount as usize == items.len()
                            && row.weight == sum(&items)
                            && row.large as usize == items.iter().filter(|item| item.size > 1).count()
                            && row.tagged as usize == tags.len()
                            && row.worth == tags.iter().filter_map(|tag| tag.worth).max()
                            && row.cousins as usize == world.parent(node).map_or(0, |p| world.items(p).len())
                            && row.deep as usize
                                == children.iter().map(|n| world.tags(n).len()).sum::<usize>()
                    })
            };
        }
        let expected_more = query.whole_in(world).into_iter();
        let expected_more = expected_more.filter(|n| world.items(n).len() > 1 && !world.tags(n).is_empty());
        Ok(agree!(all, query.whole_in(world))
            && agree!(page, query.set_in(world))
            && more == expected_more.count())
    };
    place.check(80, check).await;
    Ok(())
}

#[orm::test]
async fn totals_and_groups_are_what_rust_computes(db: Db) -> orm::Result<()> {
    let mut place = Place::new(db, 9).await?;
    let check = async |db: &Db, world: &super::World, query: &super::Query| {
        let (set, whole) = (query.set(), query.whole());
        let part = query.set_in(world);
        let total =
            query!(set.aggregate(n = .count(), b = .b.sum(), some = .b.count(), least = .parent.a.min()))
                .get(db)
                .await?;
        let b: Vec<i64> = part.iter().filter_map(|n| n.b).map(i64::from).collect();
        let groups =
            query!(whole.group_by(.owner_id).annotate(n = .count(), b = .b.max()).order_by(.owner_id))
                .all(db)
                .await?;
        let expected: Vec<_> = world
            .owners
            .iter()
            .filter_map(|owner| {
                let of = query.whole_in(world).into_iter().filter(|n| n.owner_id == owner.id);
                let of: Vec<&Node> = of.collect();
                let max = of.iter().filter_map(|n| n.b).max();
                (!of.is_empty()).then_some((owner.id, of.len() as i64, max))
            })
            .collect();
        let groups: Vec<_> = groups.iter().map(|group| (group.owner_id, group.n, group.b)).collect();
        let mut distinct: Vec<Option<i32>> = query.whole_in(world).iter().map(|n| n.b).collect();
        distinct.sort_unstable_by_key(|b| (b.is_none(), *b));
        distinct.dedup();
        let values = query!(whole.values_list(.b).distinct().order_by(.b));
        Ok(total.n as usize == part.len()
            && total.some as usize == b.len()
            && total.b == b.into_iter().reduce(|a, b| a + b)
            && total.least == part.iter().filter_map(|n| world.parent(n)).map(|p| p.a).min()
            && groups == expected
            && values.count(db).await? as usize == distinct.len()
            && values.all(db).await? == distinct)
    };
    place.check(80, check).await;
    Ok(())
}
