//! `ORDER BY`, `LIMIT` and `OFFSET`.

use orm::prelude::*;
use tests::library::{Author, Book};

use super::{AUTHORS, BOOKS, assert_after};

#[test]
fn orders() {
    assert_after! { AUTHORS,
        query!(Author.order_by(.name, -.id)) => r#"ORDER BY t0."name", t0."id" DESC"#;
        query!(Author.order_by(.name).order_by(.id)) => r#"ORDER BY t0."id""#;
        query!(Author.order_by(.born.asc().nulls_first())) => r#"ORDER BY t0."born" NULLS FIRST"#;
        query!(Author.order_by(.born.desc().nulls_last())) => r#"ORDER BY t0."born" DESC NULLS LAST"#;
        query!(Author.order_by(-.born.asc().nulls_last())) => r#"ORDER BY t0."born" DESC NULLS LAST"#;
        Author::objects().order_by(|a| (a.born().desc(), a.id())) => r#"ORDER BY t0."born" DESC, t0."id""#;
        Author::objects().order_by(|a| vec![a.born().asc(), a.id().desc()]) =>
            r#"ORDER BY t0."born", t0."id" DESC"#;
    }
    assert_after! { BOOKS,
        query!(Book.order_by(-.author.name)) =>
            r#"JOIN "authors" t1 ON t1."id" = t0."author_id" ORDER BY t1."name" DESC"#;
    }
}

#[test]
fn slices_are_literals() {
    let n = 7;
    assert_after! { AUTHORS,
        query!(Author[..20]) => "LIMIT 20";
        query!(Author[..=20]) => "LIMIT 21";
        query!(Author[20..]) => "OFFSET 20";
        query!(Author[20..50]) => "LIMIT 30 OFFSET 20";
        query!(Author[20..=50]) => "LIMIT 31 OFFSET 20";
        query!(Author[..]) => "";
        query!(Author[n..n + 3]) => "LIMIT 3 OFFSET 7";
        query!(Author[5..5]) => "LIMIT 0 OFFSET 5";
        query!(Author.filter(.id > 1).order_by(.id)[..2]) =>
            r#"WHERE t0."id" > $1 ORDER BY t0."id" LIMIT 2 -- $1 = 1"#;
        Author::objects().limit(3).offset(1) => "LIMIT 2 OFFSET 1";
    }
}

#[test]
fn a_slice_of_a_slice_counts_from_its_start() {
    assert_after! { AUTHORS,
        query!(Author[10..50][5..]) => "LIMIT 35 OFFSET 15";
        query!(Author[10..50][..5]) => "LIMIT 5 OFFSET 10";
        query!(Author[10..50][5..100]) => "LIMIT 35 OFFSET 15";
        query!(Author[10..][5..8]) => "LIMIT 3 OFFSET 15";
        query!(Author[..10][20..]) => "LIMIT 0 OFFSET 20";
    }
}

#[test]
fn a_slice_beyond_all_numbers_is_still_sql() {
    assert_after! { AUTHORS,
        query!(Author[..usize::MAX]) => "LIMIT 9223372036854775807";
        query!(Author[usize::MAX..][usize::MAX..]) => "OFFSET 9223372036854775807";
    }
}

#[test]
#[allow(clippy::reversed_empty_ranges)]
fn a_backward_slice_is_empty() {
    assert_after! { AUTHORS,
        query!(Author[5..2]) => "LIMIT 0 OFFSET 5";
    }
}

#[test]
fn a_refined_clone_leaves_the_original_as_it_was() {
    let all = Author::objects();
    let some = query!(all.clone().filter(.id > 1));
    let page = query!(some.clone()[..2]);
    assert_after! { AUTHORS,
        all => "";
        some => r#"WHERE t0."id" > $1 -- $1 = 1"#;
        page => r#"WHERE t0."id" > $1 LIMIT 2 -- $1 = 1"#;
    }
}
