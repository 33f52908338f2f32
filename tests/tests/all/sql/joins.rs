//! Joins: which, of what kind, and when none.

use orm::prelude::*;
use tests::library::{Book, BookTag};
use tests::shop::{Category, Item, Profile, User};

use super::{BOOKS, CATEGORIES, assert_after};

#[test]
fn a_required_relation_is_an_inner_join_made_once() {
    assert_after! { BOOKS,
        query!(Book.filter(.author.name == "x" || .author.born > 1).order_by(.author.name)) =>
            r#"JOIN "authors" t1 ON t1."id" = t0."author_id" WHERE (t1."name" = $1 OR t1."born" > $2) ORDER BY t1."name" -- $1 = "x", $2 = 1"#;
    }
}

#[test]
fn a_nullable_relation_is_a_left_join_and_its_columns_are_nullable() {
    assert_after! { CATEGORIES,
        query!(Category.filter(.parent.name == "x")) =>
            r#"LEFT JOIN "categories" t1 ON t1."id" = t0."parent_id" WHERE t1."name" = $1 -- $1 = "x""#;
        query!(Category.exclude(.parent.name == "x")) =>
            r#"LEFT JOIN "categories" t1 ON t1."id" = t0."parent_id" WHERE t1."name" IS DISTINCT FROM $1 -- $1 = "x""#;
        query!(Category.filter(.parent.parent.name == "x")) =>
            r#"LEFT JOIN "categories" t1 ON t1."id" = t0."parent_id" LEFT JOIN "categories" t2 ON t2."id" = t1."parent_id" WHERE t2."name" = $1 -- $1 = "x""#;
    }
}

#[test]
fn a_required_relation_behind_a_nullable_one_is_a_left_join_too() {
    let sql = query!(User.filter(.profile.user.active)).to_sql().to_string();
    let (_, from) = sql.split_once(" FROM ").unwrap();
    assert_eq!(
        from,
        r#""users" t0 LEFT JOIN "profiles" t1 ON t1."user_id" = t0."id" LEFT JOIN "users" t2 ON t2."id" = t1."user_id" WHERE t2."active""#
    );
}

#[test]
fn the_key_of_a_relation_is_the_foreign_key_with_no_join() {
    assert_after! { BOOKS,
        query!(Book.filter(.author.id == 1)) => r#"WHERE t0."author_id" = $1 -- $1 = 1"#;
        query!(Book.order_by(.author.id)) => r#"ORDER BY t0."author_id""#;
    }
    assert_after! { CATEGORIES,
        query!(Category.filter(.parent.id == None)) => r#"WHERE t0."parent_id" IS NULL"#;
        query!(Category.filter(.parent.parent.id == 1)) =>
            r#"LEFT JOIN "categories" t1 ON t1."id" = t0."parent_id" WHERE t1."parent_id" = $1 -- $1 = 1"#;
    }
    let sql = query!(Item.filter(.order.user.id == 1)).to_sql().to_string();
    assert!(sql.ends_with(
        r#" FROM "items" t0 JOIN "orders" t1 ON t1."id" = t0."order_id" WHERE t1."user_id" = $1 -- $1 = 1"#
    ), "{sql}");
}

#[test]
fn a_filter_shares_the_join_of_what_is_loaded() {
    let sql = query!(BookTag.select_related(.book.author).filter(.book.author.name == "x", .tag.name == "y"));
    assert_eq!(
        sql.to_sql().to_string(),
        r#"SELECT t0."book_id", t0."tag_id", t1."id", t1."author_id", t1."title", t1."year", t1."rating", t2."id", t2."name", t2."born" FROM "book_tags" t0 JOIN "books" t1 ON t1."id" = t0."book_id" JOIN "authors" t2 ON t2."id" = t1."author_id" JOIN "tags" t3 ON t3."id" = t0."tag_id" WHERE t2."name" = $1 AND t3."name" = $2 -- $1 = "x", $2 = "y""#
    );
}

#[test]
fn what_is_loaded_is_selected_after_the_row_in_the_order_declared() {
    let one = query!(Item.select_related(.product, .order)).to_sql().to_string();
    let other = query!(Item.select_related(.order).select_related(.product)).to_sql().to_string();
    assert_eq!(one, other);
    let (columns, _) = one.split_once(" FROM ").unwrap();
    assert!(
        columns.starts_with(
            r#"SELECT t0."id", t0."order_id", t0."product_id", t0."quantity", t1."id", t1."user_id","#
        ),
        "{columns}"
    );
    assert!(columns.ends_with(r#"t2."id", t2."name", t2."price", t2."category_id""#), "{columns}");
}

#[test]
fn a_has_one_is_joined_by_the_other_sides_key() {
    assert_eq!(
        query!(Profile.filter(.user.profile.city == "x")).to_sql().to_string(),
        r#"SELECT t0."user_id", t0."city" FROM "profiles" t0 JOIN "users" t1 ON t1."id" = t0."user_id" LEFT JOIN "profiles" t2 ON t2."user_id" = t1."id" WHERE t2."city" = $1 -- $1 = "x""#
    );
}
