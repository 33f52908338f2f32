//! Addresses, UUIDs and JSON.

use std::net::IpAddr;

use orm::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

use super::come_back;

#[derive(Model, Debug, Clone)]
struct Other {
    id: i64,
    address: IpAddr,
    maybe_address: Option<IpAddr>,
    addresses: Vec<IpAddr>,
    uuid: Uuid,
    maybe_uuid: Option<Uuid>,
    uuids: Vec<Uuid>,
    json: Value,
    maybe_json: Option<Value>,
    jsons: Vec<Value>,
}

fn other(id: i64, address: &str, uuid: u128, json: Value) -> Other {
    let (address, uuid): (IpAddr, _) = (address.parse().unwrap(), Uuid::from_u128(uuid));
    let some = id % 2 == 1;
    Other {
        id,
        address,
        maybe_address: some.then_some(address),
        addresses: vec![address; id as usize % 3],
        uuid,
        maybe_uuid: some.then_some(uuid),
        uuids: vec![uuid; id as usize % 3],
        maybe_json: some.then(|| json.clone()),
        jsons: vec![json.clone(); id as usize % 3],
        json,
    }
}

#[orm::test]
async fn of_every_form(db: Db) -> orm::Result<()> {
    let deep = (0..60).fold(json!(null), |inner, i| json!({ i.to_string(): [inner] }));
    let rows = vec![
        other(1, "0.0.0.0", 0, Value::Null),
        other(2, "255.255.255.255", u128::MAX, json!({})),
        other(3, "::", 1, json!([])),
        other(4, "2001:db8::ffff:1", 0x0123_4567_89ab_cdef, json!("it's \"q\" \\ ß")),
        other(5, "::1", 7, json!({ "a": [1, -2.5, true, null, { "b": "" }], "ü": i64::MAX })),
        other(6, "127.0.0.1", 8, deep),
        other(7, "10.0.0.1", 8, json!(false)),
    ];
    come_back!(
        &db,
        Other { address, maybe_address, addresses, uuid, maybe_uuid, uuids, json, maybe_json, jsons },
        rows
    );
    let wanted = [Uuid::from_u128(7), Uuid::from_u128(8)];
    assert_eq!(query!(Other.filter(.uuid.is_in(wanted))).count(&db).await?, 3);
    assert_eq!(query!(Other.filter(.json.is_in([json!(false), json!([])]))).count(&db).await?, 2);
    Ok(())
}

#[orm::test]
async fn json_null_is_not_sql_null(db: Db) -> orm::Result<()> {
    db.create_tables(models![Other]).await?;
    Other::objects().create(other(1, "::", 1, Value::Null)).execute(&db).await?;
    Other::objects().create(other(2, "::", 1, Value::Null)).execute(&db).await?;
    assert_eq!(query!(Other.filter(.maybe_json == None)).get(&db).await?.id, 2);
    assert_eq!(query!(Other.filter(.maybe_json == Value::Null)).get(&db).await?.id, 1);
    Ok(())
}
