//! SQL text and parameters against literal strings, without a server.

use orm::functions::coalesce;
use orm::prelude::*;
use tests::library::{Author, Book, BookTag};
use tests::shop::{Category, Order, User};

macro_rules! assert_sql {
    ($($write:expr => $expected:literal;)*) => {$(
        assert_eq!($write.to_sql().unwrap().to_string(), $expected, "{}", stringify!($write));
    )*};
}

#[test]
fn an_update_without_joins_is_plain() {
    let note: Option<&str> = None;
    assert_sql! {
        query!(Order.update(total = 9.5)) => r#"UPDATE "orders" t0 SET "total" = $1 -- $1 = 9.5"#;
        query!(Order.filter(.user_id == 3, .total > 1.0).update(total = .total * 1.1, note = None)) =>
            r#"UPDATE "orders" t0 SET "total" = (t0."total" * $1), "note" = $2 WHERE t0."user_id" = $3 AND t0."total" > $4 -- $1 = 1.1, $2 = None, $3 = 3, $4 = 1.0"#;
        query!(Order.filter(.id == 1 || .id == 2).update(note = note, recipient_id = .user_id)) =>
            r#"UPDATE "orders" t0 SET "note" = $1, "recipient_id" = t0."user_id" WHERE (t0."id" = $2 OR t0."id" = $3) -- $1 = None, $2 = 1, $3 = 2"#;
        query!(Order.filter(.items.any(.quantity > 1)).update(total = 0.0)) =>
            r#"UPDATE "orders" t0 SET "total" = $1 WHERE EXISTS (SELECT 1 FROM "items" t1 WHERE t1."order_id" = t0."id" AND t1."quantity" > $2) -- $1 = 0.0, $2 = 1"#;
    }
}

#[test]
fn the_key_of_a_to_one_relation_takes_no_join() {
    assert_sql! {
        query!(Order.filter(.user.id == 3).update(recipient_id = .user.id)) =>
            r#"UPDATE "orders" t0 SET "recipient_id" = t0."user_id" WHERE t0."user_id" = $1 -- $1 = 3"#;
        query!(Order.filter(.user.orders.exists()).delete()) =>
            r#"DELETE FROM "orders" t0 WHERE EXISTS (SELECT 1 FROM "orders" t1 WHERE t1."user_id" = t0."user_id")"#;
    }
}

#[test]
fn a_filter_over_relations_is_a_subquery_beside_the_rest() {
    assert_sql! {
        query!(Order.filter(.user.active, .total > 1.0).update(total = .total + 1.0)) =>
            r#"UPDATE "orders" t0 SET "total" = (t0."total" + $1) WHERE t0."total" > $2 AND t0."id" IN (SELECT t1."id" FROM "orders" t1 JOIN "users" t2 ON t2."id" = t1."user_id" WHERE t2."active") -- $1 = 1.0, $2 = 1.0"#;
        query!(Order.filter(.recipient.nick == None).delete()) =>
            r#"DELETE FROM "orders" t0 WHERE t0."id" IN (SELECT t1."id" FROM "orders" t1 LEFT JOIN "users" t2 ON t2."id" = t1."recipient_id" WHERE t2."nick" IS NULL)"#;
        query!(BookTag.filter(.book.year < 1900, .tag_id == 2).delete()) =>
            r#"DELETE FROM "book_tags" t0 WHERE t0."tag_id" = $1 AND (t0."book_id", t0."tag_id") IN (SELECT t1."book_id", t1."tag_id" FROM "book_tags" t1 JOIN "books" t2 ON t2."id" = t1."book_id" WHERE t2."year" < $2) -- $1 = 2, $2 = 1900"#;
    }
}

#[test]
fn values_over_relations_come_from_a_subquery() {
    assert_sql! {
        query!(Order.filter(.user.active, .total > 1.0).update(note = .user.nick, total = .total * 2.0)) =>
            r#"UPDATE "orders" t0 SET "note" = s.v0, "total" = (t0."total" * $1) FROM (SELECT t1."id" AS k0, t2."nick" AS v0 FROM "orders" t1 JOIN "users" t2 ON t2."id" = t1."user_id" WHERE t2."active") s WHERE t0."id" = s.k0 AND t0."total" > $2 -- $1 = 2.0, $2 = 1.0"#;
        query!(BookTag.update(tag_id = .book.author_id)) =>
            r#"UPDATE "book_tags" t0 SET "tag_id" = s.v0 FROM (SELECT t1."book_id" AS k0, t1."tag_id" AS k1, t2."author_id" AS v0 FROM "book_tags" t1 JOIN "books" t2 ON t2."id" = t1."book_id") s WHERE t0."book_id" = s.k0 AND t0."tag_id" = s.k1"#;
        query!(Category.filter(.id > 1).update(parent_id = .parent.parent.id)) =>
            r#"UPDATE "categories" t0 SET "parent_id" = s.v0 FROM (SELECT t1."id" AS k0, t2."parent_id" AS v0 FROM "categories" t1 LEFT JOIN "categories" t2 ON t2."id" = t1."parent_id") s WHERE t0."id" = s.k0 AND t0."id" > $1 -- $1 = 1"#;
    }
}

/// What a subquery read of a row stays as it was when the row turns out to be changed.
#[test]
fn own_columns_are_read_outside_of_the_subquery() {
    assert_sql! {
        query!(Order.filter(.user.active).update(note = coalesce(.note, .user.nick))) =>
            r#"UPDATE "orders" t0 SET "note" = coalesce(t0."note", s.v0) FROM (SELECT t1."id" AS k0, t2."nick" AS v0 FROM "orders" t1 JOIN "users" t2 ON t2."id" = t1."user_id" WHERE t2."active") s WHERE t0."id" = s.k0"#;
        query!(User.filter(.nick == None || .active).update(active = false)) =>
            r#"UPDATE "users" t0 SET "active" = $1 WHERE (t0."nick" IS NULL OR t0."active") -- $1 = false"#;
        query!(Order.filter(.note == None || .user.active).update(note = "x")) =>
            r#"UPDATE "orders" t0 SET "note" = $1 FROM (SELECT t1."id" AS k0, t2."active" AS v0 FROM "orders" t1 JOIN "users" t2 ON t2."id" = t1."user_id" WHERE (t1."note" IS NULL OR t2."active")) s WHERE t0."id" = s.k0 AND (t0."note" IS NULL OR s.v0) -- $1 = Some("x")"#;
        query!(Order.filter(.note == .user.nick, .total > 1.0).delete()) =>
            r#"DELETE FROM "orders" t0 USING (SELECT t1."id" AS k0, t2."nick" AS v0 FROM "orders" t1 JOIN "users" t2 ON t2."id" = t1."user_id" WHERE (t1."note" = t2."nick" OR (t1."note" IS NULL AND t2."nick" IS NULL))) s WHERE t0."id" = s.k0 AND t0."total" > $1 AND (t0."note" = s.v0 OR (t0."note" IS NULL AND s.v0 IS NULL)) -- $1 = 1.0"#;
    }
}

#[test]
fn a_condition_is_a_value() {
    assert_sql! {
        query!(User.update(active = !.active)) =>
            r#"UPDATE "users" t0 SET "active" = ((NOT t0."active") IS TRUE)"#;
        query!(User.update(active = .nick != None && .orders.exists())) =>
            r#"UPDATE "users" t0 SET "active" = ((t0."nick" IS NOT NULL AND EXISTS (SELECT 1 FROM "orders" t1 WHERE t1."user_id" = t0."id")) IS TRUE)"#;
    }
}

#[test]
fn what_is_returned_stands_at_the_end() {
    assert_sql! {
        query!(Order.filter(.user.active).update(note = .user.nick).returning(.id, .total * 2.0)) =>
            r#"UPDATE "orders" t0 SET "note" = s.v0 FROM (SELECT t1."id" AS k0, t2."nick" AS v0 FROM "orders" t1 JOIN "users" t2 ON t2."id" = t1."user_id" WHERE t2."active") s WHERE t0."id" = s.k0 RETURNING t0."id", (t0."total" * $1) -- $1 = 2.0"#;
        query!(Author.delete().returning(.born)) => r#"DELETE FROM "authors" t0 RETURNING t0."born""#;
        query!(Author.delete().returning()) =>
            r#"DELETE FROM "authors" t0 RETURNING t0."id", t0."name", t0."born""#;
    }
}

#[test]
fn the_method_api_writes_the_same() {
    let rating = Some(4.5);
    let pairs = [
        (
            query!(Book.filter(.year < 1900).update(rating = rating, title = "old", author_id = .author_id + 1)),
            Book::objects().filter(|b| b.year().lt(1900)).update(|b| {
                (b.rating().set(rating), b.title().set("old"), b.author_id().set(b.author_id() + 1))
            }),
        ),
        (query!(Book.update(rating = None)), Book::objects().update(|b| b.rating().set_null())),
        (
            query!(Book.update(year = 1, rating = None::<f64>)),
            Book::objects().update(|b| [b.year().set(1), b.rating().set(None::<f64>)]),
        ),
    ];
    for (by_macro, by_methods) in pairs {
        assert_eq!(by_macro.to_sql().unwrap().to_string(), by_methods.to_sql().unwrap().to_string());
    }
    let by_macro = query!(Book.filter(.author.born == None).delete().returning(.id, .rating));
    let by_methods =
        Book::objects().filter(|b| b.author().born().is_null()).delete().returning(|b| (b.id(), b.rating()));
    assert_eq!(by_macro.to_sql().unwrap().to_string(), by_methods.to_sql().unwrap().to_string());
}

#[test]
fn orders_and_loaded_relations_do_not_matter() {
    assert_sql! {
        query!(Order.select_related(.user).prefetch_related(.items).order_by(-.total).update(total = 1.0)) =>
            r#"UPDATE "orders" t0 SET "total" = $1 -- $1 = 1.0"#;
        query!(Order.select_related(.user).order_by(.user.email).delete()) => r#"DELETE FROM "orders" t0"#;
    }
}

#[test]
fn what_only_running_shows_to_be_wrong_is_an_error() {
    let computed = Book::objects().update(|b| (b.year() + 1).set(2));
    assert!(computed.to_sql().unwrap_err().to_string().contains("only a column can be set"));
    let nothing = Book::objects().update(|_| Vec::new());
    assert!(nothing.to_sql().unwrap_err().to_string().contains("at least one column"));
    let related = query!(Book.delete().returning(.author.id + 1, .author.born + 1));
    assert!(related.to_sql().unwrap_err().to_string().contains("over a relation"));
}
