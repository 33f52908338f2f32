//! Facts of Django's test folders `null_fk`, `null_fk_ordering` and `nested_foreign_keys`.

use orm::prelude::*;
use tests::shop::{Item, Order, Product};

use super::{ids, listed, shop};

#[orm::test]
async fn a_row_with_a_null_key_is_loaded_without_the_relation(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let products = query!(Product.select_related(.category.parent.parent).order_by(.id)).all(&db).await?;
    let depths = products.iter().map(|product| {
        let category = product.category();
        let parent = category.and_then(|category| category.parent());
        (category.is_some(), parent.is_some(), parent.and_then(|parent| parent.parent()).is_some())
    });
    let expected = [(true, true, false), (true, true, true), (true, false, false), (false, false, false)];
    assert_eq!(depths.collect::<Vec<_>>(), expected);
    Ok(())
}

#[orm::test]
async fn an_order_behind_a_null_key_leaves_out_no_row(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    assert_eq!(listed(&db, query!(Product.order_by(.category.parent.name, .id))).await?, [2, 1, 3, 4]);
    assert_eq!(listed(&db, query!(Product.order_by(-.category.parent.name, .id))).await?, [3, 4, 1, 2]);
    let first = query!(Product.order_by(.category.name.asc().nulls_first()));
    assert_eq!(first.first(&db).await?.map(|product| product.id), Some(4));
    assert_eq!(query!(Order.order_by(.recipient.profile.city, .id)).count(&db).await?, 4);
    assert_eq!(listed(&db, query!(Order.order_by(.recipient.profile.city, .id))).await?, [3, 1, 2, 4]);
    Ok(())
}

#[orm::test]
async fn a_filter_behind_two_null_keys(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    assert_eq!(ids(&db, query!(Item.filter(.product.category.parent.parent.name == "tea"))).await?, [3]);
    assert_eq!(
        ids(&db, query!(Item.filter(.product.category.parent.parent.id == None))).await?,
        [1, 2, 4, 5]
    );
    assert_eq!(ids(&db, query!(Item.filter(.product.category.parent.id == 1))).await?, [1, 4]);
    assert_eq!(ids(&db, query!(Item.filter(.order.recipient.email == "b@x"))).await?, [1, 2]);
    Ok(())
}

#[orm::test]
async fn loading_behind_a_null_key_does_not_change_what_is_found(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let found = query!(Order.filter(.recipient.active || .total == 0.0).order_by(.id));
    let loaded = query!(found.select_related(.recipient.profile, .user.profile)).all(&db).await?;
    assert_eq!(loaded.iter().map(|order| order.id).collect::<Vec<_>>(), listed(&db, found).await?);
    let cities =
        loaded.iter().map(|o| o.recipient().and_then(|r| r.profile()).and_then(|p| p.city.as_deref()));
    assert_eq!(cities.collect::<Vec<_>>(), [None, Some("Rome"), None]);
    Ok(())
}

#[orm::test]
async fn values_behind_a_null_key_are_null(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let names = query!(Product.order_by(.id).values_list(.name, .category.parent.name)).all(&db).await?;
    let name = |product: &str, parent: Option<&str>| (product.to_owned(), parent.map(str::to_owned));
    let expected =
        [name("sencha", Some("tea")), name("pearl", Some("green")), name("mug", None), name("misc", None)];
    assert_eq!(names, expected);
    Ok(())
}
