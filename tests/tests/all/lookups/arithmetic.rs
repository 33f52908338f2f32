//! `+ - * / %` and unary minus, with the value on either side.

use orm::prelude::*;

use super::{Sample, partitions, samples};

#[orm::test]
async fn of_a_column_and_a_value(db: Db) -> orm::Result<()> {
    let rows = samples(&db).await?;
    let n = 3;
    partitions! { &db, Sample, &rows,
        { .a + 1 > 1 } => |s| s.a + 1 > 1;
        { .a - n == -2 } => |s| s.a - n == -2;
        { .a * 2 != 14 } => |s| s.a * 2 != 14;
        { .a / 2 == -3 } => |s| s.a / 2 == -3;
        { .a % n == -1 } => |s| s.a % n == -1;
        { 1 + .a > 1 } => |s| 1 + s.a > 1;
        { n - .a == 4 } => |s| n - s.a == 4;
        { 2 * .a < 0 } => |s| 2 * s.a < 0;
        { 14 / .b == 2 } => |s| 14 / s.b == 2;
        { 14 % .b == 0 } => |s| 14 % s.b == 0;
        { -.a == 7 } => |s| -s.a == 7;
        { -.c < 1 } => |s| s.c.is_some_and(|c| -c < 1);
        { 5 < .a + n * 2 } => |s| 5 < s.a + n * 2;
        { .c + 1 == 1 } => |s| s.c == Some(0);
        { .c * 2 != 0 } => |s| s.c != Some(0);
        { (.c + 1).is_null() } => |s| s.c.is_none();
        { .real * 2.0 >= 5.0 } => |s| s.real * 2.0 >= 5.0;
        { 1.0 - .real > 0.0 } => |s| 1.0 - s.real > 0.0;
    }
    Ok(())
}

#[orm::test]
async fn of_two_columns(db: Db) -> orm::Result<()> {
    let rows = samples(&db).await?;
    partitions! { &db, Sample, &rows,
        { .a + .b == 8 } => |s| s.a + s.b == 8;
        { .a - .b < 0 } => |s| s.a - s.b < 0;
        { .a * .b > 0 } => |s| s.a * s.b > 0;
        { .a / .b == 1 } => |s| s.a / s.b == 1;
        { .a % .b == 0 } => |s| s.a % s.b == 0;
        { .a + .c > 0 } => |s| s.c.is_some_and(|c| s.a + c > 0);
        { .c + .a > 0 } => |s| s.c.is_some_and(|c| s.a + c > 0);
        { .c - .d != 0 } => |s| s.c.zip(s.d).is_none_or(|(c, d)| c != d);
        { .c + .d == .a } => |s| s.c.zip(s.d).map(|(c, d)| c + d) == Some(s.a);
        { .c + .d == .d } => |s| s.c.zip(s.d).map(|(c, d)| c + d) == s.d;
    }
    Ok(())
}

#[orm::test]
async fn parentheses_and_precedence_are_those_of_rust(db: Db) -> orm::Result<()> {
    let rows = samples(&db).await?;
    partitions! { &db, Sample, &rows,
        { .a + .b * 2 > 3 } => |s| s.a + s.b * 2 > 3;
        { (.a + .b) * 2 > 3 } => |s| (s.a + s.b) * 2 > 3;
        { .a - (.b - 1) == 1 } => |s| s.a - (s.b - 1) == 1;
        { .a - .b - 1 == 1 } => |s| s.a - s.b - 1 == 1;
        { -(.a + .b) * 2 == -16 } => |s| -(s.a + s.b) * 2 == -16;
        { .a % (.b + 10) == 1 } => |s| s.a % (s.b + 10) == 1;
        { -(-.a) == 7 } => |s| s.a == 7;
    }
    Ok(())
}

#[orm::test]
async fn is_an_order_too(db: Db) -> orm::Result<()> {
    let mut rows = samples(&db).await?;
    rows.sort_by_key(|s| (-(s.a * s.b), s.id));
    assert_eq!(query!(Sample.order_by(-(.a * .b), .id)).all(&db).await?, rows);
    rows.sort_by_key(|s| (s.a % 2, s.id));
    assert_eq!(query!(Sample.order_by(.a % 2, .id)).all(&db).await?, rows);
    Ok(())
}

#[orm::test]
async fn dividing_by_zero_is_the_servers_error(db: Db) -> orm::Result<()> {
    samples(&db).await?;
    let error = query!(Sample.filter(1 / .a == 1)).all(&db).await.unwrap_err();
    assert_eq!(error.code(), Some("22012"), "{error}");
    Ok(())
}
