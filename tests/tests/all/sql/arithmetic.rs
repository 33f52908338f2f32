//! Arithmetic, boolean columns and enums in `WHERE` and `ORDER BY`.

use orm::prelude::*;
use tests::library::{Author, Book};

use super::{AUTHORS, BOOKS, assert_after};

#[test]
fn every_operator_keeps_its_operands_in_parentheses() {
    assert_after! { BOOKS,
        query!(Book.filter(.year + 1 > 2)) => r#"WHERE (t0."year" + $1) > $2 -- $1 = 1, $2 = 2"#;
        query!(Book.filter(.year - 1 > 2)) => r#"WHERE (t0."year" - $1) > $2 -- $1 = 1, $2 = 2"#;
        query!(Book.filter(.year * 2 + 1 > 2)) =>
            r#"WHERE ((t0."year" * $1) + $2) > $3 -- $1 = 2, $2 = 1, $3 = 2"#;
        query!(Book.filter(.year * (.year + 1) > 2)) =>
            r#"WHERE (t0."year" * (t0."year" + $1)) > $2 -- $1 = 1, $2 = 2"#;
        query!(Book.filter(.year / 2 == 1)) => r#"WHERE (t0."year" / $1) = $2 -- $1 = 2, $2 = 1"#;
        query!(Book.filter(.year % 2 == 1)) => r#"WHERE (t0."year" % $1) = $2 -- $1 = 2, $2 = 1"#;
        query!(Book.filter(-.year < 0)) => r#"WHERE (- t0."year") < $1 -- $1 = 0"#;
        query!(Book.filter(1 - .year < 0)) => r#"WHERE ($1 - t0."year") < $2 -- $1 = 1, $2 = 0"#;
        query!(Book.order_by(-(.year % 100))) => r#"ORDER BY (t0."year" % $1) DESC -- $1 = 100"#;
    }
}

#[test]
fn arithmetic_is_nullable_where_an_operand_is() {
    assert_after! { BOOKS,
        query!(Book.exclude(.year + 1 > 2)) => r#"WHERE (t0."year" + $1) <= $2 -- $1 = 1, $2 = 2"#;
        query!(Book.filter(.rating * 2.0 != 1.0)) =>
            r#"WHERE (t0."rating" * $1) IS DISTINCT FROM $2 -- $1 = 2.0, $2 = 1.0"#;
        query!(Book.filter((.rating * 2.0).is_null())) => r#"WHERE (t0."rating" * $1) IS NULL -- $1 = 2.0"#;
    }
    assert_after! { AUTHORS,
        query!(Author.exclude(-.born > 2)) =>
            r#"WHERE ((- t0."born") <= $1 OR (- t0."born") IS NULL) -- $1 = 2"#;
    }
}

#[derive(Enum, Debug, Clone, PartialEq)]
#[model(name = "Mood")]
enum Mood {
    Good,
    #[model(name = "so so")]
    SoSo,
}

#[derive(Model, Debug, Clone)]
#[model(table = "days")]
struct Day {
    id: i64,
    sunny: bool,
    holiday: Option<bool>,
    mood: Mood,
    moods: Vec<Mood>,
}

const DAYS: &str =
    r#"SELECT t0."id", t0."sunny", t0."holiday", t0."mood"::text, t0."moods"::text[] FROM "days" t0"#;

#[test]
fn boolean_columns_are_conditions() {
    assert_after! { DAYS,
        query!(Day.filter(.sunny)) => r#"WHERE t0."sunny""#;
        query!(Day.filter(!.sunny)) => r#"WHERE NOT t0."sunny""#;
        query!(Day.filter(.holiday)) => r#"WHERE t0."holiday""#;
        query!(Day.filter(!.holiday)) => r#"WHERE (NOT t0."holiday" OR t0."holiday" IS NULL)"#;
        query!(Day.exclude(.sunny || .holiday)) =>
            r#"WHERE NOT t0."sunny" AND (NOT t0."holiday" OR t0."holiday" IS NULL)"#;
    }
}

#[test]
fn enums_travel_as_text_under_a_cast() {
    assert_after! { DAYS,
        query!(Day.filter(.mood == Mood::SoSo)) => r#"WHERE t0."mood" = $1::"Mood" -- $1 = SoSo"#;
        query!(Day.filter(.mood.is_in([Mood::Good]))) =>
            r#"WHERE t0."mood" = ANY($1::"Mood"[]) -- $1 = [Good]"#;
        query!(Day.filter(.moods == [Mood::Good])) => r#"WHERE t0."moods" = $1::"Mood"[] -- $1 = [Good]"#;
        query!(Day.order_by(.mood)) => r#"ORDER BY t0."mood""#;
    }
}
