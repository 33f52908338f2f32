//! Functions of texts.

use orm::functions::concat;
use orm::prelude::*;

use super::{Sample, condition, partitions, samples};

fn nick(s: &Sample) -> Option<&str> {
    s.nick.as_deref()
}

#[orm::test]
async fn of_one_text(db: Db) -> orm::Result<()> {
    let rows = samples(&db).await?;
    partitions! { &db, Sample, &rows,
        { .name.lower() == "ada" } => |s| s.name.to_lowercase() == "ada";
        { .nick.lower() == "ada" } => |s| nick(s).is_some_and(|n| n.to_lowercase() == "ada");
        { .nick.upper() != "ADA" } => |s| nick(s).is_none_or(|n| n.to_uppercase() != "ADA");
        { .name.length() > 3 } => |s| s.name.chars().count() > 3;
        { .nick.length() < 3 } => |s| nick(s).is_some_and(|n| n.len() < 3);
        { .nick.length().is_null() } => |s| nick(s).is_none();
        { .name.reverse() == "adA" } => |s| s.name == "Ada";
        { .name.trim() == "ß é" } => |s| s.name.trim() == "ß é";
        { .name.ltrim() == "ß é  " } => |s| s.name.trim_start() == "ß é  ";
        { .name.rtrim() == "  ß é" } => |s| s.name.trim_end() == "  ß é";
        { .name.md5() == "9b8d5c8ef0b9bb4d8a4d0b9e0d3d0ef7" } => |_| false;
        { .nick.md5() == "d41d8cd98f00b204e9800998ecf8427e" } => |s| nick(s) == Some("");
        { .nick.sha256() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" } =>
            |s| nick(s) == Some("");
    }
    Ok(())
}

#[orm::test]
async fn of_a_text_and_values_or_columns(db: Db) -> orm::Result<()> {
    let rows = samples(&db).await?;
    let (two, a) = (2, String::from("a"));
    partitions! { &db, Sample, &rows,
        { .name.left(two) == "Ad" } => |s| s.name.starts_with("Ad");
        { .name.right(&two) == "xy" } => |s| s.name.ends_with("xy");
        { .nick.left(.m) == "Ad" } => |s| nick(s) == Some("Ada") && s.m == Some(2);
        { .nick.left(.m).is_null() } => |s| nick(s).is_none() || s.m.is_none();
        { .name.substr(2, 2) == "da" } => |s| s.name.get(1..3) == Some("da");
        { .name.replace("a", &a) == .name } => |_| true;
        { .name.replace(.nick, "") != "" } =>
            |s| nick(s).is_none_or(|n| if n.is_empty() { !s.name.is_empty() } else { !s.name.replace(n, "").is_empty() });
        { .nick.repeat(2) == "aa" } => |s| nick(s) == Some("a");
        { .nick.lpad(3, "*") == "**a" } => |s| nick(s) == Some("a");
        { .nick.rpad(3, "*") == "a**" } => |s| nick(s) == Some("a");
        { .name.strpos("da") > 1 } => |s| s.name.find("da").is_some_and(|i| i > 0);
        { .name.strpos(.nick) == 1 } => |s| nick(s).is_some_and(|n| s.name.starts_with(n));
    }
    Ok(())
}

#[orm::test]
async fn regular_expressions(db: Db) -> orm::Result<()> {
    let rows = samples(&db).await?;
    partitions! { &db, Sample, &rows,
        { .name.regex("^a.a$") } => |s| s.name == "aaa";
        { .name.iregex("^a.a$") } => |s| s.name == "aaa" || s.name == "Ada";
        { .nick.regex("^A") } => |s| nick(s).is_some_and(|n| n.starts_with('A'));
        { .nick.iregex(.name.left(1)) } =>
            |s| nick(s).is_some_and(|n| {
                let first: String = s.name.chars().take(1).collect();
                n.to_lowercase().contains(first.to_lowercase().trim())
                    && (first != " " || n.contains(' '))
            });
        { .name.regex(None::<&str>) } => |_| false;
    }
    let error = query!(Sample.filter(.name.regex("("))).all(&db).await.unwrap_err();
    assert!(error.to_string().contains("regular expression"), "{error}");
    Ok(())
}

#[orm::test]
async fn concat_leaves_out_what_is_null(db: Db) -> orm::Result<()> {
    let rows = samples(&db).await?;
    partitions! { &db, Sample, &rows,
        { concat((.nick, "/", .m)) == "Ada/2" } => |s| nick(s) == Some("Ada") && s.m == Some(2);
        { concat((.nick, "/", .m)) == "/" } => |s| nick(s).unwrap_or("").is_empty() && s.m.is_none();
        { concat((.n, None::<i32>)) == "7" } => |s| s.n == 7;
    }
    Ok(())
}

#[orm::test]
async fn functions_nest_and_order(db: Db) -> orm::Result<()> {
    let mut rows = samples(&db).await?;
    let found = query!(Sample.order_by(-.name.trim().lower().length(), .id)).all(&db).await?;
    rows.sort_by_key(|s| (std::cmp::Reverse(s.name.trim_matches(' ').chars().count()), s.id));
    assert_eq!(found, rows);
    let found = Sample::objects().order_by(|s| (s.name().collate("C").desc(), s.id())).all(&db).await?;
    rows.sort_by(|a, b| b.name.cmp(&a.name).then(a.id.cmp(&b.id)));
    assert_eq!(found, rows);
    Ok(())
}

#[test]
fn what_is_sent() {
    assert_eq!(
        condition(&query!(Sample.filter(.nick.lower().left(2) == "ad"))),
        r#"left(lower(t0."nick"), $1) = $2 -- $1 = 2, $2 = "ad""#
    );
    assert_eq!(
        condition(&query!(Sample.exclude(.nick.regex("a")))),
        r#"(NOT (t0."nick" ~ $1) OR (t0."nick" ~ $1) IS NULL) -- $1 = "a""#
    );
    assert_eq!(condition(&query!(Sample.exclude(.name.regex("a")))), r#"NOT (t0."name" ~ $1) -- $1 = "a""#);
    assert_eq!(
        condition(&query!(Sample.filter(.name.collate(r#"a"b"#) > "x"))),
        r#"(t0."name" COLLATE "a""b") > $1 -- $1 = "x""#
    );
}
