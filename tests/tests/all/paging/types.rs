//! Orders by columns of every kind: the values of a cursor travel as the columns do.

use chrono::{DateTime, NaiveDate, Utc};
use orm::prelude::*;
use orm::{rust_decimal::Decimal, uuid::Uuid};

use super::walked;

#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
enum Size {
    Small,
    Large,
    Huge,
}

#[derive(Model, Debug, Clone)]
#[model(table = "things")]
struct Thing {
    id: Uuid,
    size: Size,
    other: Option<Size>,
    at: DateTime<Utc>,
    day: Option<NaiveDate>,
    price: Decimal,
    weight: f64,
    light: f32,
    good: bool,
    small: i16,
    bytes: Vec<u8>,
    names: Vec<String>,
    sizes: Vec<Size>,
    ip: std::net::IpAddr,
}

#[orm::test]
async fn every_type_can_be_paged_by(db: Db) -> orm::Result<()> {
    db.create_tables(models![Thing]).await?;
    db.batch_execute(
        "INSERT INTO things SELECT md5(n::text)::uuid, (enum_range(NULL::size))[n % 3 + 1], (enum_range(NULL::size))[n % 4 + 1],
            '2024-01-01Z'::timestamptz + n % 7 * '1.000001 s'::interval, nullif('2024-01-01'::date + n % 3, '2024-01-02'),
            n % 5 / 3.0, CASE n % 4 WHEN 0 THEN 'NaN'::float8 WHEN 1 THEN '-infinity' ELSE n % 4 / 3.0 END, n % 3 / 3.0::float4,
            n % 2 = 0, n % 5 - 2, decode(md5((n % 4)::text), 'hex'), ARRAY[repeat('x', n % 3), 'y'],
            (enum_range(NULL::size))[1:n % 3], ('10.0.0.' || n % 3)::inet FROM generate_series(1, 30) n",
    )
    .await?;
    macro_rules! agree { ($({ $($order:tt)+ })+) => { $(
        let all = query!(Thing.order_by($($order)+, .id).values_list(.id)).all(&db).await?;
        let rows = walked!(&db, query!(Thing.order_by($($order)+)), 7);
        assert_eq!(rows.iter().map(|thing| thing.id).collect::<Vec<_>>(), all, "{}", stringify!($($order)+));
        let values = walked!(&db, query!(Thing.order_by($($order)+).values_list(.id)), 4);
        assert_eq!(values, all, "{}", stringify!($($order)+));
    )+ } }
    agree! {
        { .size } { -.other } { .other, -.size } { if .good { .size } else { Size::Huge } }
        { .at } { -.at, .day } { -.day } { .price } { -.price, .good } { .weight } { -.weight } { .light, .small }
        { -.good } { -.small } { .bytes } { -.names } { .sizes } { -.ip }
    }
    Ok(())
}
