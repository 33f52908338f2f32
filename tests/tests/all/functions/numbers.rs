//! Functions of numbers.

use orm::functions::{pi, random};
use orm::prelude::*;
use rust_decimal::Decimal;

use super::{Sample, partitions, samples};

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9
}

#[orm::test]
async fn of_one_number(db: Db) -> orm::Result<()> {
    let rows = samples(&db).await?;
    let half: Decimal = "3".parse().unwrap();
    partitions! { &db, Sample, &rows,
        { .n.abs() == 7 } => |s| s.n.abs() == 7;
        { .m.abs() > 2 } => |s| s.m.is_some_and(|m| m.abs() > 2);
        { .m.sign() == -1 } => |s| s.m.is_some_and(|m| m < 0);
        { .real.sign() == 0.0 } => |s| s.real == 0.0;
        { .real.round() == 2.0 } => |s| s.real == 2.5;
        { .exact.round() == half } => |s| s.exact.to_string() == "2.5";
        { .exact.round() == -half } => |s| s.exact.to_string() == "-2.5";
        { .single.round() == 3.0 } => |s| s.single == 3.0;
        { .real.round_to(1) == 0.3 } => |s| s.real == 0.25;
        { .real.ceil() == -1.0 } => |s| s.real == -1.5;
        { .maybe.floor() == -1.0 } => |s| s.maybe == Some(-0.5);
        { .maybe.floor() != -1.0 } => |s| s.maybe != Some(-0.5);
        { .maybe.exp() < 1.0 } => |s| s.maybe.is_some_and(|m| m < 0.0);
        { .real.abs().sqrt() > 30.0 } => |s| s.real.abs().sqrt() > 30.0;
        { .exact.abs().sqrt() == Decimal::TEN } => |s| s.exact == Decimal::ONE_HUNDRED;
        { .single.abs().sqrt().is_in([1.5f32]) } => |s| s.single == -2.25;
        { .real.power(2.0) == 6.25 } => |s| s.real == 2.5;
        { .real.abs().power(.maybe.abs()) == 6.25 } => |s| s.real == 2.5 && s.maybe == Some(2.0);
        { (.real.abs() + 1.0).log(1001.0) == 1.0 } => |s| s.real == 1000.0;
        { (.real.abs() + 1.0).ln() == 0.0 } => |s| s.real == 0.0;
        { .n.abs().cast::<f64>().sqrt() > 2.6 } => |s| s.n.abs() == 7;
    }
    Ok(())
}

#[orm::test]
async fn of_angles(db: Db) -> orm::Result<()> {
    let rows = samples(&db).await?;
    partitions! { &db, Sample, &rows,
        { (.real.sin() - 2.5f64.sin()).abs() < 1e-9 } => |s| close(s.real.sin(), 2.5f64.sin());
        { .real.cos() == 1.0 } => |s| s.real.cos() == 1.0;
        { .real.tan() > 0.2 } => |s| s.real.tan() > 0.2;
        { .real.atan() < 0.0 } => |s| s.real < 0.0;
        { .maybe.atan2(.real).is_null() } => |s| s.maybe.is_none();
        { .maybe.atan2(1.0) < 0.0 } => |s| s.maybe.is_some_and(|m| m < 0.0);
        { (.real + pi()).degrees() == 180.0 } => |s| s.real == 0.0;
        { .real.radians() > 17.0 } => |s| s.real == 1000.0;
        { (.real * 0.0).acos() > 1.5 } => |_| true;
        { (.real * 0.0).asin() == 0.0 } => |_| true;
        { (.single + 1.0).cot() > 100.0 } => |_| false;
    }
    Ok(())
}

#[orm::test]
async fn by_chance(db: Db) -> orm::Result<()> {
    let rows = samples(&db).await?;
    assert_eq!(query!(Sample.filter(.real * 0.0 <= random())).count(&db).await?, 120);
    assert_eq!(query!(Sample.filter(.real * 0.0 + 1.0 <= random())).count(&db).await?, 0);
    let mut found = query!(Sample.order_by(random())).all(&db).await?;
    assert_ne!(found, rows);
    found.sort_by_key(|s| s.id);
    assert_eq!(found, rows);
    Ok(())
}
