//! `WHERE`: each operator and lookup, with its complement.

use orm::prelude::*;
use tests::library::{Author, Book};

use super::{AUTHORS, BOOKS, assert_after};

#[test]
fn comparisons_of_a_column_that_is_never_null_are_plain() {
    assert_after! { AUTHORS,
        query!(Author.filter(.name == "a")) => r#"WHERE t0."name" = $1 -- $1 = "a""#;
        query!(Author.filter(.name != "a")) => r#"WHERE t0."name" <> $1 -- $1 = "a""#;
        query!(Author.exclude(.name == "a")) => r#"WHERE t0."name" <> $1 -- $1 = "a""#;
        query!(Author.exclude(.name != "a")) => r#"WHERE t0."name" = $1 -- $1 = "a""#;
        query!(Author.filter(.id < 1)) => r#"WHERE t0."id" < $1 -- $1 = 1"#;
        query!(Author.filter(.id <= 1)) => r#"WHERE t0."id" <= $1 -- $1 = 1"#;
        query!(Author.filter(.id > 1)) => r#"WHERE t0."id" > $1 -- $1 = 1"#;
        query!(Author.filter(.id >= 1)) => r#"WHERE t0."id" >= $1 -- $1 = 1"#;
        query!(Author.exclude(.id < 1)) => r#"WHERE t0."id" >= $1 -- $1 = 1"#;
        query!(Author.exclude(.id <= 1)) => r#"WHERE t0."id" > $1 -- $1 = 1"#;
        query!(Author.exclude(.id > 1)) => r#"WHERE t0."id" <= $1 -- $1 = 1"#;
        query!(Author.exclude(.id >= 1)) => r#"WHERE t0."id" < $1 -- $1 = 1"#;
    }
}

#[test]
fn a_value_on_the_left_is_the_same_comparison_mirrored() {
    assert_after! { AUTHORS,
        query!(Author.filter("a" == .name)) => r#"WHERE t0."name" = $1 -- $1 = "a""#;
        query!(Author.filter(1 < .id)) => r#"WHERE t0."id" > $1 -- $1 = 1"#;
        query!(Author.filter(1 <= .id)) => r#"WHERE t0."id" >= $1 -- $1 = 1"#;
        query!(Author.filter(1 > .id)) => r#"WHERE t0."id" < $1 -- $1 = 1"#;
        query!(Author.filter(1 >= .id)) => r#"WHERE t0."id" <= $1 -- $1 = 1"#;
        query!(Author.filter(None != .born)) => r#"WHERE t0."born" IS NOT NULL"#;
    }
}

#[test]
fn complements_of_a_nullable_column_keep_its_nulls() {
    assert_after! { AUTHORS,
        query!(Author.filter(.born == 1815)) => r#"WHERE t0."born" = $1 -- $1 = 1815"#;
        query!(Author.filter(.born != 1815)) => r#"WHERE t0."born" IS DISTINCT FROM $1 -- $1 = 1815"#;
        query!(Author.filter(.born > 1815)) => r#"WHERE t0."born" > $1 -- $1 = 1815"#;
        query!(Author.exclude(.born > 1815)) =>
            r#"WHERE (t0."born" <= $1 OR t0."born" IS NULL) -- $1 = 1815"#;
        query!(Author.exclude(.born.between(1, 2))) =>
            r#"WHERE ((t0."born" < $1 OR t0."born" IS NULL) OR (t0."born" > $2 OR t0."born" IS NULL)) -- $1 = 1, $2 = 2"#;
    }
}

#[test]
fn none_is_null() {
    let (nobody, somebody): (Option<i32>, Option<i32>) = (None, Some(1815));
    assert_after! { AUTHORS,
        query!(Author.filter(.born == None)) => r#"WHERE t0."born" IS NULL"#;
        query!(Author.filter(.born != None)) => r#"WHERE t0."born" IS NOT NULL"#;
        query!(Author.filter(.born.is_null())) => r#"WHERE t0."born" IS NULL"#;
        query!(Author.exclude(.born.is_null())) => r#"WHERE t0."born" IS NOT NULL"#;
        query!(Author.filter(.born == nobody)) => r#"WHERE t0."born" IS NULL"#;
        query!(Author.filter(.born != nobody)) => r#"WHERE t0."born" IS NOT NULL"#;
        query!(Author.filter(.born == somebody)) => r#"WHERE t0."born" = $1 -- $1 = 1815"#;
        query!(Author.filter(.born < nobody)) => "WHERE FALSE";
        query!(Author.exclude(.born < nobody)) => "";
    }
}

#[test]
fn two_columns_are_equal_where_both_are_null() {
    assert_after! { BOOKS,
        query!(Book.filter(.id == .author_id)) => r#"WHERE t0."id" = t0."author_id""#;
        query!(Book.filter(.id != .author_id)) => r#"WHERE t0."id" <> t0."author_id""#;
    }
    assert_after! { AUTHORS,
        query!(Author.filter(.born == .born)) =>
            r#"WHERE (t0."born" = t0."born" OR (t0."born" IS NULL AND t0."born" IS NULL))"#;
        query!(Author.exclude(.born == .born)) => r#"WHERE t0."born" IS DISTINCT FROM t0."born""#;
        query!(Author.exclude(.born < .born)) =>
            r#"WHERE (t0."born" >= t0."born" OR t0."born" IS NULL OR t0."born" IS NULL)"#;
    }
}

#[test]
fn lists_are_one_array_parameter() {
    assert_after! { AUTHORS,
        query!(Author.filter(.id.is_in([1, 2]))) => r#"WHERE t0."id" = ANY($1) -- $1 = [1, 2]"#;
        query!(Author.exclude(.id.is_in([1, 2]))) => r#"WHERE t0."id" <> ALL($1) -- $1 = [1, 2]"#;
        query!(Author.exclude(.born.is_in([1]))) =>
            r#"WHERE (t0."born" <> ALL($1) OR t0."born" IS NULL) -- $1 = [1]"#;
        query!(Author.filter(.born.is_in([Some(1), None]))) =>
            r#"WHERE (t0."born" = ANY($1) OR t0."born" IS NULL) -- $1 = [1]"#;
        query!(Author.exclude(.born.is_in([Some(1), None]))) => r#"WHERE t0."born" <> ALL($1) -- $1 = [1]"#;
        query!(Author.filter(.born.is_in([None::<i32>]))) => r#"WHERE t0."born" IS NULL"#;
        query!(Author.filter(.id.is_in(Vec::<i64>::new()))) => "WHERE FALSE";
        query!(Author.exclude(.id.is_in(Vec::<i64>::new()))) => "";
    }
}

#[test]
fn text_lookups_are_patterns_with_the_text_escaped() {
    assert_after! { AUTHORS,
        query!(Author.filter(.name.contains("5%"))) => r#"WHERE t0."name" LIKE $1 -- $1 = "%5\\%%""#;
        query!(Author.filter(.name.icontains("a_"))) => r#"WHERE t0."name" ILIKE $1 -- $1 = "%a\\_%""#;
        query!(Author.filter(.name.starts_with("a"))) => r#"WHERE t0."name" LIKE $1 -- $1 = "a%""#;
        query!(Author.filter(.name.istarts_with("a"))) => r#"WHERE t0."name" ILIKE $1 -- $1 = "a%""#;
        query!(Author.filter(.name.ends_with("a"))) => r#"WHERE t0."name" LIKE $1 -- $1 = "%a""#;
        query!(Author.filter(.name.iends_with("a"))) => r#"WHERE t0."name" ILIKE $1 -- $1 = "%a""#;
        query!(Author.filter(.name.iexact("a%"))) => r#"WHERE lower(t0."name") = lower($1) -- $1 = "a%""#;
        query!(Author.exclude(.name.contains("a"))) => r#"WHERE NOT (t0."name" LIKE $1) -- $1 = "%a%""#;
    }
}

#[test]
fn conjunctions_are_flat_and_disjunctions_in_parentheses() {
    assert_after! { AUTHORS,
        query!(Author.filter(.id > 1, .id < 9).filter(.name == "a")) =>
            r#"WHERE t0."id" > $1 AND t0."id" < $2 AND t0."name" = $3 -- $1 = 1, $2 = 9, $3 = "a""#;
        query!(Author.filter(.id > 1 && (.id < 9 || .name == "a"))) =>
            r#"WHERE t0."id" > $1 AND (t0."id" < $2 OR t0."name" = $3) -- $1 = 1, $2 = 9, $3 = "a""#;
        query!(Author.exclude(.id > 1 && (.id < 9 || .name == "a"))) =>
            r#"WHERE (t0."id" <= $1 OR t0."id" >= $2 AND t0."name" <> $3) -- $1 = 1, $2 = 9, $3 = "a""#;
        query!(Author.filter(!!(.id > 1))) => r#"WHERE t0."id" > $1 -- $1 = 1"#;
    }
}
