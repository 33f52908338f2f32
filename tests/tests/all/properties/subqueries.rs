use orm::prelude::*;

use super::schema::Node;
use super::{Place, ids};

#[orm::test]
async fn a_query_in_a_condition_is_the_list_of_its_values(db: Db) -> orm::Result<()> {
    let mut place = Place::new(db, 12).await?;
    let check = async |db: &Db, world: &super::World, query: &super::Query| {
        let (set, whole) = (query.set(), query.whole());
        let parents: Vec<Option<i64>> = query.set_in(world).iter().map(|node| node.parent_id).collect();
        let listed = query!(Node.filter(.id.is_in(query!(set.values_list(.parent_id)))).order_by(.id));
        let unlisted =
            query!(Node.exclude(.parent_id.is_in(query!(set.values_list(.parent_id)))).order_by(.id));
        let leading = query!(Node.filter(exists(whole.filter(.parent_id == outer(.id)))).order_by(.id));
        let childless = query!(Node.exclude(exists(whole.filter(.parent_id == outer(.id)))).order_by(.id));
        let leads = |node: &&Node| query.whole_in(world).iter().any(|n| n.parent_id == Some(node.id));
        let nodes = world.nodes.iter();
        Ok(ids(&listed.all(db).await?) == ids(nodes.clone().filter(|n| parents.contains(&Some(n.id))))
            // NULL is in no list of a query, so those without a parent are kept.
            && ids(&unlisted.all(db).await?)
                == ids(nodes.clone().filter(|n| n.parent_id.is_none() || !parents.contains(&n.parent_id)))
            && ids(&leading.all(db).await?) == ids(nodes.clone().filter(leads))
            && ids(&childless.all(db).await?) == ids(nodes.filter(|n| !leads(n))))
    };
    place.check(60, check).await;
    Ok(())
}
