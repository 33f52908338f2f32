//! Relations to one row, loaded by a JOIN.

use orm::prelude::*;
use tests::shop::{Category, Item, Order, Product, Profile, User};

use super::seed;

#[orm::test]
async fn belongs_to_holds_the_row_that_the_key_names(db: Db) -> orm::Result<()> {
    seed::shop(&db, 7).await?;
    let orders = query!(Order.select_related(.user).order_by(.id)).all(&db).await?;
    assert_eq!(orders.len(), 7);
    for order in &orders {
        let user_id = order.user_id;
        assert_eq!(order.user(), &query!(User.filter(.id == user_id)).get(&db).await?);
    }
    let plain = query!(Order.order_by(.id)).all(&db).await?;
    assert!(orders.iter().map(|order| &**order).eq(&plain), "a join neither adds nor loses rows");
    Ok(())
}

#[orm::test]
async fn nullable_belongs_to_holds_a_row_or_none(db: Db) -> orm::Result<()> {
    seed::shop(&db, 7).await?;
    let orders = query!(Order.select_related(.recipient).order_by(.id)).all(&db).await?;
    for order in &orders {
        let recipient = match order.recipient_id {
            Some(id) => Some(query!(User.filter(.id == id)).get(&db).await?),
            None => None,
        };
        assert_eq!(order.recipient(), recipient.as_ref());
    }
    let with = orders.iter().filter(|order| order.recipient().is_some()).count();
    assert_eq!((with, orders.len()), (3, 7));
    Ok(())
}

#[orm::test]
async fn two_relations_to_one_table_are_told_apart(db: Db) -> orm::Result<()> {
    seed::shop(&db, 7).await?;
    let orders = query!(Order.select_related(.recipient, .user)).all(&db).await?;
    for order in &orders {
        assert_eq!(order.user().id, order.user_id);
        assert_eq!(order.recipient().map(|user| user.id), order.recipient_id);
    }
    assert!(orders.iter().any(|order| order.recipient().is_some_and(|to| to != order.user())));
    Ok(())
}

#[orm::test]
async fn has_one_is_present_or_absent(db: Db) -> orm::Result<()> {
    seed::shop(&db, 4).await?;
    let users = query!(User.select_related(.profile).order_by(.id)).all(&db).await?;
    let profiles = users.iter().map(|user| user.profile().map(|profile| profile.user_id));
    assert_eq!(profiles.collect::<Vec<_>>(), [Some(1), None, Some(3), None]);
    Ok(())
}

#[orm::test]
async fn has_one_is_reached_from_both_sides(db: Db) -> orm::Result<()> {
    seed::shop(&db, 3).await?;
    let profiles = query!(Profile.select_related(.user.profile).order_by(.user_id)).all(&db).await?;
    assert_eq!(profiles.len(), 2);
    for profile in &profiles {
        assert_eq!(profile.user().profile(), Some(&**profile));
    }
    Ok(())
}

#[orm::test]
async fn self_relation_upwards(db: Db) -> orm::Result<()> {
    seed::shop(&db, 0).await?;
    let categories = query!(Category.select_related(.parent.parent).order_by(.id)).all(&db).await?;
    for category in &categories {
        assert_eq!(category.parent().map(|parent| parent.id), category.parent_id);
        assert!(category.parent().is_none_or(|parent| parent.parent().is_none()), "two levels in all");
    }
    assert_eq!(categories.iter().filter(|category| category.parent().is_some()).count(), 4);
    Ok(())
}

#[orm::test]
async fn a_nullable_relation_on_the_way_makes_all_behind_it_optional(db: Db) -> orm::Result<()> {
    seed::shop(&db, 0).await?;
    let products = query!(Product.select_related(.category.parent).order_by(.id)).all(&db).await?;
    let found = products.iter().map(|product| {
        let category = product.category();
        (category.is_some(), category.and_then(|category| category.parent()).is_some())
    });
    let nested = (true, true);
    assert_eq!(
        found.collect::<Vec<_>>(),
        [nested, nested, nested, nested, (true, false), (false, false)],
        "a category with a parent, one without, and none"
    );
    Ok(())
}

#[orm::test]
async fn several_paths_of_different_depth_in_one_statement(db: Db) -> orm::Result<()> {
    seed::shop(&db, 7).await?;
    let (db, log) = db.logged();
    let items =
        query!(Item.select_related(.product.category.parent, .order.user, .order.recipient)).all(&db).await?;
    assert_eq!((items.len(), log.count()), (12, 1), "{log}");
    for item in &items {
        let (order_id, product_id) = (item.order_id, item.product_id);
        let order = query!(Order.filter(.id == order_id)).get(&db).await?;
        let product = query!(Product.filter(.id == product_id)).get(&db).await?;
        assert_eq!(**item.order(), order);
        assert_eq!(item.order().user().id, order.user_id);
        assert_eq!(item.order().recipient().map(|user| user.id), order.recipient_id);
        assert_eq!(**item.product(), product);
        assert_eq!(item.product().category().map(|category| category.id), product.category_id);
    }
    Ok(())
}

#[orm::test]
async fn a_loaded_relation_can_be_filtered_and_ordered_by(db: Db) -> orm::Result<()> {
    seed::shop(&db, 7).await?;
    let query = query!(Order.select_related(.user).filter(.user.active).order_by(-.user.id, .id));
    let orders = query.all(&db).await?;
    let users = orders.iter().map(|order| order.user().id);
    assert_eq!(users.collect::<Vec<_>>(), [4, 2, 2]);
    assert_eq!(
        query.to_sql().text().matches("\"users\"").count(),
        1,
        "joined once: {}",
        query.to_sql().text()
    );
    Ok(())
}
