//! `coalesce` and its like, `CASE`, casts.

use orm::functions::{coalesce, greatest, least, nullif, when};
use orm::prelude::*;

use super::{Sample, condition, partitions, samples};

#[orm::test]
async fn one_of_several(db: Db) -> orm::Result<()> {
    let rows = samples(&db).await?;
    let nobody = String::from("nobody");
    partitions! { &db, Sample, &rows,
        { coalesce(.nick, .name) == "Ada" } => |s| s.nick.as_deref().unwrap_or(&s.name) == "Ada";
        { coalesce(.nick, &nobody) == "nobody" } => |s| s.nick.is_none();
        { coalesce(.m, coalesce(.m, 5)) == 5 } => |s| s.m.is_none();
        { coalesce(.m, .m).is_null() } => |s| s.m.is_none();
        { greatest(.n, .m) == .n } => |s| s.m.is_none_or(|m| m <= s.n);
        { greatest(.m, 0) == 0 } => |s| s.m.is_none_or(|m| m <= 0);
        { least(.n, 0) < 0 } => |s| s.n < 0;
        { least(.m, .m) == 2 } => |s| s.m == Some(2);
        { nullif(.n, 7) == None } => |s| s.n == 7;
        { nullif(.m, 2) != -3 } => |s| s.m != Some(-3);
        { 14 / nullif(.n, 0) == 2 } => |s| s.n == 7;
    }
    Ok(())
}

#[orm::test]
async fn case(db: Db) -> orm::Result<()> {
    let rows = samples(&db).await?;
    let (medium, none) = ("medium", None::<i32>);
    let size = |s: &Sample| {
        if s.real > 100.0 {
            "big"
        } else if s.real > 1.0 {
            "medium"
        } else {
            "small"
        }
    };
    partitions! { &db, Sample, &rows,
        { (if .real > 100.0 { "big" } else if .real > 1.0 { medium } else { "small" }) == "medium" } =>
            |s| size(s) == "medium";
        { when(.real > 100.0, "big").when(.real > 1.0, medium).otherwise("small") != "small" } =>
            |s| size(s) != "small";
        { (if .n > 0 && .m > 0 { .n } else { 0 - .n }) > 0 } =>
            |s| if s.n > 0 && s.m.is_some_and(|m| m > 0) { s.n > 0 } else { -s.n > 0 };
        { (if .m > 0 { .m }) == 2 } => |s| s.m == Some(2);
        { (if .m > 0 { .m }) != 2 } => |s| s.m != Some(2);
        { when(.m > 0, 1).end() == None } => |s| s.m.is_none_or(|m| m <= 0);
        { (if .m == None { .nick } else { "x" }).length() == 1 } =>
            |s| if s.m.is_none() { s.nick.as_deref().is_some_and(|n| n.len() == 1) } else { true };
        { (if .n == 7 { None::<i32> } else { Some(1) }) != 1 } => |s| s.n == 7;
        { coalesce(.m, none) == None } => |s| s.m.is_none();
        { (if .n == 7 { true } else { false }) } => |s| s.n == 7;
        { (if .n == 7 { .m == None } else { .m > 0 }) == true } =>
            |s| if s.n == 7 { s.m.is_none() } else { s.m.is_some_and(|m| m > 0) };
    }
    let wanted = true;
    let ordinary = query!(Sample.filter(if wanted { .n == 7 } else { .n == 0 }));
    assert_eq!(condition(&ordinary), r#"t0."n" = $1 -- $1 = 7"#);
    let mixed = query!(Sample.filter((if .n == 7 { 1 } else if wanted { 3 } else { 2 }) == 1));
    assert_eq!(
        condition(&mixed),
        r#"CASE WHEN t0."n" = $1 THEN $2 ELSE $3 END = $4 -- $1 = 7, $2 = 1, $3 = 3, $4 = 1"#
    );
    Ok(())
}

#[orm::test]
async fn case_in_an_order(db: Db) -> orm::Result<()> {
    let mut rows = samples(&db).await?;
    let found = query!(Sample.order_by(if .nick == None { 1 } else { 0 }, -.id)).all(&db).await?;
    rows.sort_by_key(|s| (s.nick.is_none(), std::cmp::Reverse(s.id)));
    assert_eq!(found, rows);
    Ok(())
}

#[orm::test]
async fn casts(db: Db) -> orm::Result<()> {
    let rows = samples(&db).await?;
    partitions! { &db, Sample, &rows,
        { .n.cast::<String>() == "-7" } => |s| s.n == -7;
        { .n.cast::<i64>() == .id } => |s| i64::from(s.n) == s.id;
        { .m.cast::<String>().contains("-") } => |s| s.m.is_some_and(|m| m < 0);
        { .m.cast::<f64>() / 2.0 == 1.0 } => |s| s.m == Some(2);
        { .single.cast::<i32>() == 0 } => |s| s.single == 0.5;
        { .day.cast::<String>().starts_with("2024-") } => |s| s.day.to_string().starts_with("2024-");
        { .tags.cast::<String>() == "{a}" } => |s| s.tags == ["a"];
    }
    let error = query!(Sample.filter(.name.cast::<i32>() == 1)).all(&db).await.unwrap_err();
    assert!(error.to_string().contains("invalid input syntax"), "{error}");
    Ok(())
}
