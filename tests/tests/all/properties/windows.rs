use orm::prelude::*;

use super::{Place, ids};

#[orm::test]
async fn pages_of_an_ordered_query_make_the_whole(db: Db) -> orm::Result<()> {
    let mut place = Place::new(db, 5).await?;
    let check = async |db: &Db, world: &super::World, query: &super::Query| {
        let size = query.slice.clone().map_or(17, |range| range.len() + 7);
        let (mut pages, whole) = (Vec::new(), query.whole());
        for page in 0..48_usize.div_ceil(size) {
            pages.extend(ids(&query!(whole[page * size..(page + 1) * size]).all(db).await?));
        }
        Ok(pages == ids(query.whole_in(world)))
    };
    place.check(50, check).await;
    Ok(())
}

#[orm::test]
async fn a_slice_of_a_slice_is_one_of_the_list(db: Db) -> orm::Result<()> {
    let mut place = Place::new(db, 6).await?;
    let check = async |db: &Db, world: &super::World, query: &super::Query| {
        let outer = query.set_in(world);
        for (start, end) in [(0, 3), (2, 5), (4, 4), (9, 40)] {
            let inner = query.set().offset(start).limit(end - start);
            let expected = outer.iter().skip(start).take(end - start).copied();
            let expected = ids(expected);
            let right = ids(&inner.all(db).await?) == expected
                && inner.count(db).await? as usize == expected.len()
                && inner.exists(db).await? != expected.is_empty();
            if !right {
                return Ok(false);
            }
        }
        Ok(true)
    };
    place.check(40, check).await;
    Ok(())
}
