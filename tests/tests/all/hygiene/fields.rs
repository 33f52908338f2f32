//! Fields and relations with names of methods, types and keywords.

use orm::prelude::*;

#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "odd", has_many(r#loop: Odd.r#match, odds: Odd.odd), has_one(record: Record.key))]
struct Odd {
    id: i64,
    model: String,
    r#type: Option<String>,
    #[model(belongs_to = Odd, as = r#match)]
    match_id: Option<i64>,
    #[model(belongs_to = Odd, as = odd)]
    r#fn: Option<i64>,
    any: Option<bool>,
    filter: Option<i32>,
    all: Option<i32>,
    clone: Option<i32>,
    into: Option<i32>,
    default: Option<i32>,
    value: Option<i32>,
    f: Option<i32>,
    db: Option<i32>,
    path: Option<i32>,
    key: Option<i32>,
    table: Option<i32>,
    row: Option<i32>,
    values: Option<i32>,
}

#[derive(Model, Debug, Clone, PartialEq)]
struct Record {
    #[model(primary_key, belongs_to = Odd, as = key)]
    id: i64,
    #[model(belongs_to = Odd, as = model)]
    decode: i64,
    #[model(belongs_to = Odd)]
    fill_id: Option<i64>,
}

fn odd(model: &str) -> CreateOdd {
    NewOdd { model: model.into() }.into()
}

#[orm::test]
async fn columns_are_set_filtered_and_ordered_by(db: Db) -> orm::Result<()> {
    db.create_tables(models![Odd, Record]).await?;
    let a = odd("a").r#type("t").any(true).filter(1).all(2).clone(3).into(4).execute(&db).await?;
    odd("b").default(5).value(6).f(7).db(8).path(9).key(10).table(11).row(12).values(13).execute(&db).await?;
    let first = query!(Odd
        .filter(.model == "a", .r#type == "t", .any, .filter == 1, .all == 2, .clone == 3, .into == 4)
        .filter(.default == None && .value.is_null())
        .order_by(.r#type, .model));
    assert_eq!(first.get(&db).await?, a);
    let second = query!(Odd
        .filter(.default == 5, .value == 6, .f == 7, .db == 8, .path == 9, .key == 10, .table == 11)
        .filter(.row == 12, .values == 13, .any != true));
    assert_eq!(second.get(&db).await?.model, "b");
    let found = Odd::objects().filter(|o| o.r#type().eq("t").and(o.any())).order_by(|o| o.r#type().desc());
    assert_eq!(found.get(&db).await?, a);
    assert_eq!(a.key, None);
    assert_eq!(Model::key(&a), a.id);
    Ok(())
}

#[orm::test]
async fn relations_are_loaded_and_read(db: Db) -> orm::Result<()> {
    db.create_tables(models![Odd, Record]).await?;
    let a = odd("a").execute(&db).await?;
    let b = odd("b").match_id(a.id).r#fn(a.id).execute(&db).await?;
    query!(Record.create(id = b.id, decode = a.id)).fill_id(b.id).execute(&db).await?;

    let row: loaded!(Odd { r#match { r#loop }, odd { odds }, record }) =
        query!(Odd.filter(.r#match.model == "a").prefetch_related(.r#match.r#loop, .odd.odds, .record))
            .get(&db)
            .await?;
    assert_eq!(row.r#match().unwrap().r#loop()[0], b);
    assert_eq!(row.odd().unwrap().odds()[0].id, b.id);
    assert_eq!(row.record().map(|r| r.decode), Some(a.id));
    assert_eq!(row.into_match().map(|m| m.model.clone()), Some("a".into()));

    let record = query!(Record.select_related(.model, .key, .fill)).get(&db).await?;
    assert_eq!((record.model().id, record.key().id, record.fill().map(|f| f.id)), (a.id, b.id, Some(b.id)));
    assert_eq!(query!(Odd.filter(.r#loop.any(.odd.id == a.id))).get(&db).await?, a);
    Ok(())
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(has_many(nodes: Node.node))]
struct Node {
    id: i64,
    #[model(belongs_to = Node)]
    node_id: Option<i64>,
}

#[orm::test]
async fn a_relation_may_have_the_name_of_its_model(db: Db) -> orm::Result<()> {
    db.create_tables(models![Node]).await?;
    let root = query!(Node.create()).execute(&db).await?;
    let leaf = query!(Node.create()).node_id(root.id).execute(&db).await?;
    let nodes =
        query!(Node.select_related(.node.node).prefetch_related(.nodes.nodes).order_by(.id)).all(&db).await?;
    assert_eq!((nodes[0].node(), nodes[0].nodes().len()), (None, 1));
    assert_eq!(nodes[1].node().map(|n| (n.id, n.node().is_none())), Some((root.id, true)));
    assert_eq!(nodes[0].nodes()[0].id, leaf.id);
    Ok(())
}
