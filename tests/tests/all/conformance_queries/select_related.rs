//! Facts of Django's test folder `select_related`.

use orm::prelude::*;
use tests::shop::{Category, Item, Order, Product};

use super::shop;

#[orm::test]
async fn a_chain_is_loaded_in_one_statement(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let (db, log) = db.logged();
    let items = query!(Item.select_related(.product.category.parent, .order.user.profile, .order.recipient).order_by(.id));
    let items = items.all(&db).await?;
    assert_eq!(items[0].product().category().and_then(|c| c.parent()).map(|c| &*c.name), Some("tea"));
    assert_eq!(items[0].order().user().profile().and_then(|p| p.city.as_deref()), Some("Rome"));
    assert_eq!(items[2].order().recipient(), None);
    assert_eq!(log.count(), 1, "{log}");
    Ok(())
}

#[test]
fn a_path_named_twice_or_as_part_of_another_is_one_join() {
    let once = query!(Item.select_related(.order.user)).to_sql();
    assert_eq!(query!(Item.select_related(.order.user, .order)).to_sql().text(), once.text());
    assert_eq!(query!(Item.select_related(.order).select_related(.order.user)).to_sql().text(), once.text());
    assert_eq!(
        query!(Item.prefetch_related(.order.user).select_related(.order.user)).to_sql().text(),
        once.text()
    );
}

#[orm::test]
async fn it_changes_neither_count_nor_rows(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let products = query!(Product.filter(.price > 0.0).order_by(.id));
    let loaded = query!(products.select_related(.category));
    assert_eq!(products.count(&db).await?, loaded.count(&db).await?);
    let rows: Vec<Product> = loaded.all(&db).await?.into_iter().map(Product::from).collect();
    assert_eq!(rows, products.all(&db).await?);
    Ok(())
}

#[orm::test]
async fn it_goes_with_slices_last_get_in_bulk_and_annotations(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let orders = query!(Order.select_related(.user, .recipient).order_by(.id));
    assert_eq!(orders.last(&db).await?.map(|order| order.user().id), Some(3));
    assert_eq!(query!(orders[1..2]).get(&db).await?.recipient(), None);
    assert_eq!(orders.in_bulk(&db, [3]).await?[&3].recipient().map(|user| user.id), Some(1));
    let counted =
        query!(orders.annotate(n = .items.count()).filter(.n > 1).order_by(-.id)[..1]).all(&db).await?;
    assert_eq!((counted[0].n, counted[0].user().id), (2, 2));
    let of_distinct = query!(orders.distinct_on(.user_id).order_by(.user_id, -.id));
    assert_eq!(of_distinct.last(&db).await?.map(|order| (order.id, order.user().id)), Some((4, 3)));
    Ok(())
}

loaded!(type Deep = Category { parent { parent { parent } } });

#[orm::test]
async fn a_self_relation_is_as_deep_as_it_is_written(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let categories = query!(Category.select_related(.parent.parent.parent).order_by(.id)).all(&db).await?;
    let depth = |category: &Deep| -> usize {
        let parent = category.parent();
        let second = parent.and_then(|parent| parent.parent());
        let third = second.and_then(|second| second.parent());
        [parent.is_some(), second.is_some(), third.is_some()].iter().filter(|there| **there).count()
    };
    assert_eq!(categories.iter().map(depth).collect::<Vec<_>>(), [0, 1, 2, 0]);
    Ok(())
}
