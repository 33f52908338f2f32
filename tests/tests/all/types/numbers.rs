//! Booleans and numbers at their bounds.

use orm::prelude::*;
use rust_decimal::Decimal;

use super::come_back;

#[derive(Model, Debug, Clone)]
struct Number {
    id: i64,
    flag: bool,
    small: i16,
    medium: i32,
    large: i64,
    single: f32,
    double: f64,
    exact: Decimal,
    maybe_flag: Option<bool>,
    maybe_small: Option<i16>,
    maybe_medium: Option<i32>,
    maybe_large: Option<i64>,
    maybe_single: Option<f32>,
    maybe_double: Option<f64>,
    maybe_exact: Option<Decimal>,
}

fn number(id: i64, large: i64, double: f64, exact: &str) -> Number {
    let exact: Decimal = exact.parse().unwrap();
    let (small, medium) =
        (large.clamp(-32768, 32767) as i16, large.clamp(i32::MIN.into(), i32::MAX.into()) as i32);
    let single = if double.is_subnormal() { f32::from_bits(1) } else { double as f32 };
    let none = id % 2 == 0;
    Number {
        id,
        flag: large > 0,
        small,
        medium,
        large,
        single,
        double,
        exact,
        maybe_flag: (!none).then_some(large > 0),
        maybe_small: (!none).then_some(small),
        maybe_medium: (!none).then_some(medium),
        maybe_large: (!none).then_some(large),
        maybe_single: (!none).then_some(single),
        maybe_double: (!none).then_some(double),
        maybe_exact: (!none).then_some(exact),
    }
}

#[orm::test]
async fn bounds_and_special_values(db: Db) -> orm::Result<()> {
    let max = Decimal::MAX.to_string();
    let rows = vec![
        number(1, 0, 0.0, "0"),
        number(2, 0, -0.0, "0.0000000000000000000000000001"),
        number(3, i64::MAX, f64::MAX, &max),
        number(4, i64::MIN, f64::MIN, &format!("-{max}")),
        number(5, i64::MIN, f64::NAN, "-1.50"),
        number(6, 1, f64::INFINITY, "1.5"),
        number(7, -1, f64::NEG_INFINITY, "-1"),
        number(8, 7, f64::from_bits(1), "123456789.987654321"),
        number(9, 7, f64::MIN_POSITIVE, "10000"),
        number(10, 7, -0.1, "0.1"),
        number(11, 7, -0.0, "0.10"),
    ];
    come_back!(
        &db,
        Number {
            flag,
            small,
            medium,
            large,
            single,
            double,
            maybe_flag,
            maybe_small,
            maybe_medium,
            maybe_large,
            maybe_single,
            maybe_double
        },
        rows
    );
    let tenth: Decimal = "0.100".parse().unwrap();
    assert_eq!(query!(Number.filter(.exact == tenth)).count(&db).await?, 2);
    assert_eq!(query!(Number.filter(.maybe_exact == tenth)).count(&db).await?, 1);
    Ok(())
}

#[orm::test]
async fn nan_is_itself_and_the_largest_as_postgres_has_it(db: Db) -> orm::Result<()> {
    db.create_tables(models![Number]).await?;
    let rows = [f64::NAN, f64::INFINITY, 1.0].into_iter().zip(1..).map(|(x, id)| number(id, 0, x, "0"));
    Number::objects().bulk_create(rows).execute(&db).await?;
    let ids = |rows: Vec<Number>| rows.into_iter().map(|row| row.id).collect::<Vec<_>>();
    assert_eq!(ids(query!(Number.filter(.double == f64::NAN)).all(&db).await?), [1]);
    assert_eq!(ids(query!(Number.filter(.double > f64::INFINITY)).all(&db).await?), [1]);
    assert_eq!(
        ids(query!(Number.filter(.double.is_in([f64::NAN, 1.0])).order_by(.id)).all(&db).await?),
        [1, 3]
    );
    assert_eq!(ids(query!(Number.order_by(-.double)).all(&db).await?), [1, 2, 3]);
    Ok(())
}
