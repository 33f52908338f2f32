//! Facts of Django's test folders `one_to_one` and `select_related_onetoone`.

use orm::prelude::*;
use tests::shop::{Order, Profile, User};

use super::{ids, shop};

#[orm::test]
async fn each_side_is_found_by_the_other(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    assert_eq!(ids(&db, query!(User.filter(.profile.city == "Rome"))).await?, [1]);
    assert_eq!(query!(Profile.filter(.user.email == "b@x")).get(&db).await?.user_id, 2);
    assert_eq!(ids(&db, query!(User.exclude(.profile.city == "Rome"))).await?, [2, 3]);
    assert_eq!(query!(Profile.exclude(.user.nick == "ann")).get(&db).await?.user_id, 2);
    Ok(())
}

#[orm::test]
async fn a_missing_other_side_is_not_one_with_null(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    assert_eq!(ids(&db, query!(User.filter(.profile.user_id != None))).await?, [1, 2]);
    assert_eq!(ids(&db, query!(User.filter(.profile.user_id != None && .profile.city == None))).await?, [2]);
    assert_eq!(ids(&db, query!(User.filter(.profile.user.id == None))).await?, [3]);
    Ok(())
}

#[orm::test]
async fn the_reverse_side_is_loaded_in_one_statement_and_may_be_missing(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let (db, log) = db.logged();
    let users = query!(User.select_related(.profile).order_by(.id)).all(&db).await?;
    let cities: Vec<_> =
        users.iter().map(|user| user.profile().map(|profile| profile.city.as_deref())).collect();
    assert_eq!(cities, [Some(Some("Rome")), Some(None), None]);
    assert_eq!(log.count(), 1, "{log}");
    Ok(())
}

#[orm::test]
async fn there_and_back_leads_to_the_row_itself(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let users = query!(User.select_related(.profile.user).order_by(.id)).all(&db).await?;
    let back: Vec<_> = users.iter().map(|user| user.profile().map(|profile| profile.user().id)).collect();
    assert_eq!(back, [Some(1), Some(2), None]);
    let profile = query!(Profile.filter(.user_id == 2).select_related(.user.profile)).get(&db).await?;
    assert_eq!(profile.user().profile().map(|profile| profile.user_id), Some(2));
    Ok(())
}

#[orm::test]
async fn behind_a_nullable_relation_and_below_a_to_many_one(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let order = query!(Order.filter(.recipient.profile.city == "Rome").select_related(.recipient.profile));
    let order = order.get(&db).await?;
    assert_eq!(order.recipient().and_then(|user| user.profile()).map(|profile| profile.user_id), Some(1));
    let users = query!(User.prefetch_related(.orders.recipient.profile).order_by(.id)).all(&db).await?;
    let profiles = users
        .iter()
        .flat_map(|user| user.orders())
        .filter(|order| order.recipient().is_some_and(|user| user.profile().is_some()));
    assert_eq!(profiles.count(), 2);
    Ok(())
}

#[orm::test]
async fn an_order_and_a_count_over_the_reverse_side(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let users = query!(User.order_by(.profile.city.asc().nulls_first(), .id)).all(&db).await?;
    assert_eq!(users.iter().map(|user| user.id).collect::<Vec<_>>(), [2, 3, 1]);
    let cities = query!(User.aggregate(n = .profile.city.count(), rows = .count())).get(&db).await?;
    assert_eq!((cities.n, cities.rows), (1, 3));
    Ok(())
}
