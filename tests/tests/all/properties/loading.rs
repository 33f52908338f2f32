use orm::prelude::*;

use super::Place;
use super::schema::{Item, Node, Owner, Tag, Tagging};

fn sorted<T>(mut keys: Vec<T>) -> Vec<T>
where
    T: Ord,
{
    keys.sort_unstable();
    keys
}

#[orm::test]
async fn what_is_loaded_is_the_graph_in_memory(db: Db) -> orm::Result<()> {
    let mut place = Place::new(db, 10).await?;
    let check = async |db: &Db, world: &super::World, query: &super::Query| {
        let (set, expected) = (query.set(), query.set_in(world));
        let rows = query!(set
            .prefetch_related(.children.items, .tags.led, .items)
            .select_related(.owner.chief.card, .owner.card, .parent.first, .first)
            .prefetch_related(.owner.deputies, .parent.tags))
        .all(db)
        .await?;
        let keys = |tags: &[&Tag]| sorted(tags.iter().map(|tag| (tag.scope.clone(), tag.number)).collect());
        Ok(rows.len() == expected.len()
            && rows.iter().zip(expected).all(|(row, node)| {
                let (owner, parent) = (world.owner(node), world.parent(node));
                let chief = world.chief(owner);
                let children = sorted(row.children().iter().map(|c| (c.id, c.items().len())).collect());
                let tags: Vec<&Tag> = row.tags().iter().map(|tag| &**tag).collect();
                let of_parent: Option<Vec<&Tag>> = row.parent().map(|parent| parent.tags().iter().collect());
                **row == *node
                    && **row.owner() == *owner
                    && row.owner().card() == world.card(owner)
                    && row.owner().chief().map(|chief| &**chief) == chief
                    && row.owner().chief().and_then(|chief| chief.card()) == chief.and_then(|c| world.card(c))
                    && row.parent().map(|parent| &**parent) == parent
                    && row.parent().and_then(|parent| parent.first()) == parent.and_then(|p| world.first(p))
                    && row.first() == world.first(node)
                    && children
                        == world
                            .children(node)
                            .iter()
                            .map(|c| (c.id, world.items(c).len()))
                            .collect::<Vec<_>>()
                    && sorted(row.items().iter().map(|item| item.id).collect())
                        == world.items(node).iter().map(|item| item.id).collect::<Vec<_>>()
                    && keys(&tags) == keys(&world.tags(node))
                    && row.tags().iter().all(|tag| tag.led().len() == world.led(tag).len())
                    && row.owner().deputies().len()
                        == world.owners.iter().filter(|o| o.chief_id == Some(owner.id)).count()
                    && of_parent.map(|tags| keys(&tags)) == parent.map(|p| keys(&world.tags(p)))
            }))
    };
    place.check(60, check).await;
    Ok(())
}

#[orm::test]
async fn a_query_for_each_row_finds_what_is_prefetched(db: Db) -> orm::Result<()> {
    let mut place = Place::new(db, 11).await?;
    let check = async |db: &Db, _: &super::World, query: &super::Query| {
        let set = query.set().limit(3);
        let rows = query!(set
        .select_related(.owner)
        .prefetch_related(
            .children.order_by(.id),
            .tags.order_by(.scope, .number),
            heavy = .items.filter(.weight > 0).order_by(-.size, .id)[..2]
        ))
        .all(db)
        .await?;
        for row in &rows {
            let id = row.id;
            let children = query!(Node.filter(.parent_id == id).order_by(.id)).all(db).await?;
            let tagged = query!(Tag.filter(.nodes.any(.id == id)).order_by(.scope, .number)).all(db).await?;
            let heavy = query!(Item.filter(.node_id == id, .weight > 0).order_by(-.size, .id)[..2]);
            let owner = query!(Owner.filter(.nodes.any(.id == id))).get(db).await?;
            let links = query!(Tagging.filter(.node_id == id)).count(db).await?;
            let right = row.children() == children
                && row.tags() == tagged
                && row.heavy == heavy.all(db).await?
                && *row.owner() == owner
                && links as usize == tagged.len();
            if !right {
                return Ok(false);
            }
        }
        Ok(true)
    };
    place.check(20, check).await;
    Ok(())
}
