//! `== != < <= > >=`, `between`, `is_in` and `is_null`.

use orm::prelude::*;

use super::{Sample, partitions, samples};

#[orm::test]
async fn with_a_value(db: Db) -> orm::Result<()> {
    let rows = samples(&db).await?;
    partitions! { &db, Sample, &rows,
        { .a == 1 } => |s| s.a == 1;
        { .a != 1 } => |s| s.a != 1;
        { .a < 1 } => |s| s.a < 1;
        { .a <= 1 } => |s| s.a <= 1;
        { .a > 1 } => |s| s.a > 1;
        { .a >= 1 } => |s| s.a >= 1;
        { .c == 0 } => |s| s.c == Some(0);
        { .c != 0 } => |s| s.c != Some(0);
        { .c < 0 } => |s| s.c.is_some_and(|c| c < 0);
        { .c <= 0 } => |s| s.c.is_some_and(|c| c <= 0);
        { .c > 0 } => |s| s.c.is_some_and(|c| c > 0);
        { .c >= 0 } => |s| s.c.is_some_and(|c| c >= 0);
        { 0 < .c } => |s| s.c.is_some_and(|c| 0 < c);
        { 0 >= .c } => |s| s.c.is_some_and(|c| 0 >= c);
        { 0 != .c } => |s| s.c != Some(0);
        { .text == "50%" } => |s| s.text == "50%";
        { .nick != "ada" } => |s| s.nick.as_deref() != Some("ada");
        { .real == 2.5 } => |s| s.real == 2.5;
        { .real < 0.0 } => |s| s.real < 0.0;
        { .flag == true } => |s| s.flag;
        { .maybe != true } => |s| s.maybe != Some(true);
    }
    Ok(())
}

#[orm::test]
async fn with_an_option(db: Db) -> orm::Result<()> {
    let rows = samples(&db).await?;
    let nick = Some(String::from("ada"));
    for c in [None, Some(0), Some(99)] {
        partitions! { &db, Sample, &rows,
            { .c == c } => |s| s.c == c;
            { .c != c } => |s| s.c != c;
            { c == .c } => |s| s.c == c;
            { .a == c } => |s| Some(s.a) == c;
            { .a != c } => |s| Some(s.a) != c;
            { .c < c } => |s| s.c.zip(c).is_some_and(|(x, y)| x < y);
            { .c >= c } => |s| s.c.zip(c).is_some_and(|(x, y)| x >= y);
            { c > .a } => |s| c.is_some_and(|c| c > s.a);
        }
    }
    partitions! { &db, Sample, &rows,
        { .c == None } => |s| s.c.is_none();
        { .c != None } => |s| s.c.is_some();
        { None == .c } => |s| s.c.is_none();
        { .c == Some(7) } => |s| s.c == Some(7);
        { .c != Some(7) } => |s| s.c != Some(7);
        { .a == Some(7) } => |s| s.a == 7;
        { .c.is_null() } => |s| s.c.is_none();
        { .maybe == None } => |s| s.maybe.is_none();
        { .nick == nick } => |s| s.nick == nick;
        { .nick != nick.as_deref() } => |s| s.nick != nick;
        { .nick == nick.as_ref() } => |s| s.nick == nick;
    }
    Ok(())
}

#[orm::test]
async fn column_with_column(db: Db) -> orm::Result<()> {
    let rows = samples(&db).await?;
    let both =
        |x: Option<i32>, y: Option<i32>, f: fn(i32, i32) -> bool| x.zip(y).is_some_and(|(x, y)| f(x, y));
    partitions! { &db, Sample, &rows,
        { .a == .b } => |s| s.a == s.b;
        { .a != .b } => |s| s.a != s.b;
        { .a < .b } => |s| s.a < s.b;
        { .a >= .b } => |s| s.a >= s.b;
        { .a == .c } => |s| Some(s.a) == s.c;
        { .a != .c } => |s| Some(s.a) != s.c;
        { .a <= .c } => |s| both(Some(s.a), s.c, |x, y| x <= y);
        { .c == .a } => |s| s.c == Some(s.a);
        { .c != .a } => |s| s.c != Some(s.a);
        { .c > .a } => |s| both(s.c, Some(s.a), |x, y| x > y);
        { .c == .d } => |s| s.c == s.d;
        { .c != .d } => |s| s.c != s.d;
        { .c < .d } => |s| both(s.c, s.d, |x, y| x < y);
        { .c >= .d } => |s| both(s.c, s.d, |x, y| x >= y);
        { .text == .nick } => |s| Some(&s.text) == s.nick.as_ref();
        { .nick == .part } => |s| s.nick == s.part;
    }
    Ok(())
}

#[orm::test]
async fn between_two_operands(db: Db) -> orm::Result<()> {
    let rows = samples(&db).await?;
    let nothing: Option<i32> = None;
    partitions! { &db, Sample, &rows,
        { .a.between(-1, 1) } => |s| (-1..=1).contains(&s.a);
        { .c.between(-1, 0) } => |s| s.c.is_some_and(|c| (-1..=0).contains(&c));
        { .a.between(1, -1) } => |_| false;
        { .a.between(.c, .b) } => |s| s.c.is_some_and(|c| c <= s.a) && s.a <= s.b;
        { .c.between(-1, nothing) } => |_| false;
        { .real.between(0.0, 3.0) } => |s| (0.0..=3.0).contains(&s.real);
    }
    Ok(())
}

#[orm::test]
async fn lists(db: Db) -> orm::Result<()> {
    let rows = samples(&db).await?;
    let some = vec![-1, 7];
    let with_null = [Some(0), None];
    partitions! { &db, Sample, &rows,
        { .a.is_in([-1, 7]) } => |s| some.contains(&s.a);
        { .a.is_in(&some) } => |s| some.contains(&s.a);
        { .a.is_in(some.iter().map(|x| x + 1)) } => |s| some.contains(&(s.a - 1));
        { .a.is_in(with_null) } => |s| with_null.contains(&Some(s.a));
        { .c.is_in(&some) } => |s| s.c.is_some_and(|c| some.contains(&c));
        { .c.is_in(with_null) } => |s| with_null.contains(&s.c);
        { .c.is_in([None::<i32>]) } => |s| s.c.is_none();
        { .a.is_in([None::<i32>]) } => |_| false;
        { .c.is_in(Vec::<i32>::new()) } => |_| false;
        { .text.is_in(["50%", "5_0"]) } => |s| ["50%", "5_0"].contains(&s.text.as_str());
        { .nick.is_in([Some("ada"), None]) } => |s| [Some("ada"), None].contains(&s.nick.as_deref());
        { .maybe.is_in([false]) } => |s| s.maybe == Some(false);
    }
    Ok(())
}

#[orm::test]
async fn an_empty_list_is_no_row_and_no_statement(db: Db) -> orm::Result<()> {
    let rows = samples(&db).await?;
    let (db, log) = db.logged();
    let none = query!(Sample.filter(.a.is_in(Vec::<i32>::new())));
    assert_eq!(none.all(&db).await?, []);
    assert_eq!(none.count(&db).await?, 0);
    assert!(!none.exists(&db).await?);
    assert_eq!(none.first(&db).await?, None);
    assert_eq!(none.last(&db).await?, None);
    assert!(none.get(&db).await.unwrap_err().is_not_found());
    assert_eq!(log.count(), 0, "{log}");
    let all = query!(Sample.exclude(.a.is_in(Vec::<i32>::new())));
    assert_eq!(all.count(&db).await?, rows.len() as i64);
    assert_eq!(log.count(), 1, "{log}");
    Ok(())
}
