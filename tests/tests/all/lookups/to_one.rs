//! Columns reached over to-one relations, nullable ones included.

use orm::prelude::*;
use tests::shop::{self, Category, NewUser, Profile, User};

use super::partitions;

/// Categories in a tree with two roots, each with its parent's row.
async fn tree(db: &Db) -> orm::Result<Vec<Category>> {
    shop::create_tables(db).await?;
    let parents = [None, Some(1), Some(1), Some(2), None, Some(5), Some(6)];
    for (i, parent) in parents.into_iter().enumerate() {
        let name = ["tea", "green", "tea", "sencha", "pots", "tea", "lids"][i];
        query!(Category.create(name = name)).parent_id(parent).execute(db).await?;
    }
    query!(Category.order_by(.id)).all(db).await
}

#[orm::test]
async fn columns_over_a_nullable_relation_are_options(db: Db) -> orm::Result<()> {
    let rows = tree(&db).await?;
    let parent = |c: &Category| rows.iter().find(|p| Some(p.id) == c.parent_id);
    let name = |c: &Category| parent(c).map(|p| p.name.as_str());
    let grand = |c: &Category| parent(c).and_then(parent).map(|p| p.name.as_str());
    partitions! { &db, Category, &rows,
        { .parent.name == "tea" } => |c| name(c) == Some("tea");
        { .parent.name != "tea" } => |c| name(c) != Some("tea");
        { .parent.name == None } => |c| name(c).is_none();
        { .parent.name < "q" } => |c| name(c).is_some_and(|n| n < "q");
        { .parent.name == .name } => |c| name(c) == Some(&c.name);
        { .parent.name.contains("e") } => |c| name(c).is_some_and(|n| n.contains('e'));
        { .parent.name.is_in([Some("tea"), None]) } => |c| [Some("tea"), None].contains(&name(c));
        { .parent.parent.name == "tea" } => |c| grand(c) == Some("tea");
        { .parent.parent.name != .parent.name } => |c| grand(c) != name(c);
        { .parent.id == 1 } => |c| c.parent_id == Some(1);
        { .parent.id != 1 } => |c| c.parent_id != Some(1);
        { .parent.id.is_null() } => |c| c.parent_id.is_none();
        { .parent.parent_id == None } => |c| parent(c).and_then(|p| p.parent_id).is_none();
        { .parent.parent.id > 1 } => |c| parent(c).and_then(|p| p.parent_id).is_some_and(|id| id > 1);
        { .id == .parent.id + 1 } => |c| Some(c.id - 1) == c.parent_id;
    }
    Ok(())
}

#[orm::test]
async fn a_has_one_may_lead_to_nothing(db: Db) -> orm::Result<()> {
    shop::create_tables(&db).await?;
    let new = |i: usize| NewUser { email: format!("u{i}@example.com"), active: i.is_multiple_of(2) };
    let ids = User::objects().bulk_create((0..6).map(new)).execute(&db).await?;
    for (&id, city) in ids.iter().zip([Some("Bonn"), None, Some("Ulm")]) {
        query!(Profile.create(user_id = id)).city(city).execute(&db).await?;
    }
    let users = query!(User.order_by(.id)).all(&db).await?;
    let city = |u: &User| match u.id - ids[0] {
        0 => Some("Bonn"),
        2 => Some("Ulm"),
        _ => None,
    };
    let has_profile = |u: &User| u.id - ids[0] < 3;
    partitions! { &db, User, &users,
        { .profile.city == "Bonn" } => |u| city(u) == Some("Bonn");
        { .profile.city != "Bonn" } => |u| city(u) != Some("Bonn");
        { .profile.city.is_null() } => |u| city(u).is_none();
        { .profile.user_id.is_null() } => |u| !has_profile(u);
        { .profile.user_id == .id } => |u| has_profile(u);
        { .profile.user.active } => |u| has_profile(u) && u.active;
        { .profile.user.email == .email } => |u| has_profile(u);
    }
    Ok(())
}
