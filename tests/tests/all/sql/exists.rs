//! To-many paths: one `EXISTS` each.

use orm::prelude::*;
use tests::library::{Author, Book};
use tests::shop::{Category, Order};

use super::{AUTHORS, BOOKS, CATEGORIES, assert_after};

#[test]
fn a_to_many_path_is_one_exists() {
    assert_after! { AUTHORS,
        query!(Author.filter(.books.any(.year > 2000 && .title == "x"))) =>
            r#"WHERE EXISTS (SELECT 1 FROM "books" t1 WHERE t1."author_id" = t0."id" AND t1."year" > $1 AND t1."title" = $2) -- $1 = 2000, $2 = "x""#;
        query!(Author.filter(.books.exists())) =>
            r#"WHERE EXISTS (SELECT 1 FROM "books" t1 WHERE t1."author_id" = t0."id")"#;
        query!(Author.filter(.books.is_empty())) =>
            r#"WHERE NOT EXISTS (SELECT 1 FROM "books" t1 WHERE t1."author_id" = t0."id")"#;
    }
}

#[test]
fn all_is_no_row_of_which_the_condition_is_not_true() {
    assert_after! { AUTHORS,
        query!(Author.filter(.books.all(.rating > 3.0))) =>
            r#"WHERE NOT EXISTS (SELECT 1 FROM "books" t1 WHERE t1."author_id" = t0."id" AND (t1."rating" <= $1 OR t1."rating" IS NULL)) -- $1 = 3.0"#;
        query!(Author.exclude(.books.all(.year > 1))) =>
            r#"WHERE EXISTS (SELECT 1 FROM "books" t1 WHERE t1."author_id" = t0."id" AND t1."year" <= $1) -- $1 = 1"#;
        query!(Author.filter(.books.none(.year > 1))) =>
            r#"WHERE NOT EXISTS (SELECT 1 FROM "books" t1 WHERE t1."author_id" = t0."id" AND t1."year" > $1) -- $1 = 1"#;
        query!(Author.exclude(.books.none(.year > 1))) =>
            r#"WHERE EXISTS (SELECT 1 FROM "books" t1 WHERE t1."author_id" = t0."id" AND t1."year" > $1) -- $1 = 1"#;
    }
}

#[test]
fn a_condition_that_is_never_true_needs_no_exists() {
    assert_after! { AUTHORS,
        query!(Author.filter(.books.any(.id.is_in(Vec::<i64>::new())))) => "WHERE FALSE";
        query!(Author.filter(.books.none(.id.is_in(Vec::<i64>::new())))) => "";
        query!(Author.filter(.books.all(!.id.is_in(Vec::<i64>::new())))) => "";
    }
}

#[test]
fn many_to_many_goes_through_its_table() {
    assert_after! { BOOKS,
        query!(Book.filter(.tags.any(.name == "x"))) =>
            r#"WHERE EXISTS (SELECT 1 FROM "tags" t1 JOIN "book_tags" t2 ON t2."tag_id" = t1."id" WHERE t2."book_id" = t0."id" AND t1."name" = $1) -- $1 = "x""#;
    }
}

#[test]
fn a_path_of_two_to_many_steps_joins_them_inside() {
    assert_after! { AUTHORS,
        query!(Author.filter(.books.tags.any(.name == "x"))) =>
            r#"WHERE EXISTS (SELECT 1 FROM "tags" t1 JOIN "book_tags" t3 ON t3."tag_id" = t1."id" JOIN "books" t2 ON t2."id" = t3."book_id" WHERE t2."author_id" = t0."id" AND t1."name" = $1) -- $1 = "x""#;
        query!(Author.filter(.books.any(.tags.any(.name == "x")))) =>
            r#"WHERE EXISTS (SELECT 1 FROM "books" t1 WHERE t1."author_id" = t0."id" AND EXISTS (SELECT 1 FROM "tags" t2 JOIN "book_tags" t3 ON t3."tag_id" = t2."id" WHERE t3."book_id" = t1."id" AND t2."name" = $1)) -- $1 = "x""#;
    }
}

#[test]
fn a_to_one_step_before_is_the_foreign_key_itself() {
    assert_after! { BOOKS,
        query!(Book.filter(.author.books.any(.year > 1))) =>
            r#"WHERE EXISTS (SELECT 1 FROM "books" t1 WHERE t1."author_id" = t0."author_id" AND t1."year" > $1) -- $1 = 1"#;
    }
    assert_after! { CATEGORIES,
        query!(Category.exclude(.parent.products.exists())) =>
            r#"WHERE NOT EXISTS (SELECT 1 FROM "products" t1 WHERE t1."category_id" = t0."parent_id")"#;
    }
}

#[test]
fn the_condition_inside_has_joins_of_its_own() {
    let sql = query!(Order.filter(.items.any(.product.name == "x"))).to_sql().to_string();
    let (_, condition) = sql.split_once(" WHERE ").unwrap();
    assert_eq!(
        condition,
        r#"EXISTS (SELECT 1 FROM "items" t1 JOIN "products" t2 ON t2."id" = t1."product_id" WHERE t1."order_id" = t0."id" AND t2."name" = $1) -- $1 = "x""#
    );
}
