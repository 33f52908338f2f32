//! Facts of Django's test folder `model_fields`, of JSON.

use orm::functions::coalesce;
use orm::prelude::*;
use serde_json::{Value, json};

use super::{ids, sorted};

#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "documents", has_many(parts: Part.document))]
struct Document {
    id: i64,
    body: Value,
    extra: Option<Value>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "parts")]
struct Part {
    id: i64,
    #[model(belongs_to = Document)]
    document_id: Option<i64>,
    name: String,
}

async fn filled(db: &Db) -> orm::Result<()> {
    db.create_tables(models![Document, Part]).await?;
    let rows = [
        query!(
            Document.create(body = json!({"name": "a", "n": 1, "tags": ["x", "y"], "deep": {"on": true}}))
        ),
        query!(Document.create(body = json!({"name": "b", "n": 2.5, "tags": [], "none": null})))
            .extra(json!({"k": [1, 2]})),
        query!(Document.create(body = json!([1, "two", {"three": 3}]))).extra(Value::Null),
        query!(Document.create(body = json!("text"))).extra(json!({"name": "a"})),
    ];
    Document::objects().bulk_create(rows).execute(db).await?;
    let parts = [(Some(1), "name"), (Some(2), "n"), (None, "name")];
    let parts = parts.map(|(document, name)| query!(Part.create(name = name)).document_id(document));
    Part::objects().bulk_create(parts).execute(db).await?;
    Ok(())
}

#[orm::test]
async fn sql_null_and_json_null(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    assert_eq!(ids!(&db, Document.filter(.extra == None)), [1]);
    assert_eq!(ids!(&db, Document.filter(.extra == Value::Null)), [3]);
    assert_eq!(ids!(&db, Document.exclude(.extra == Value::Null)), [1, 2, 4]);
    assert_eq!(ids!(&db, Document.filter(.body.key("none") == Value::Null)), [2]);
    assert_eq!(ids!(&db, Document.filter(.body.key("none") == None)), [1, 3, 4]);
    query!(Document.filter(.id == 1).update(extra = Some(Value::Null))).execute(&db).await?;
    query!(Document.filter(.id == 3).update(extra = None)).execute(&db).await?;
    assert_eq!(ids!(&db, Document.filter(.extra == Value::Null)), [1]);
    Ok(())
}

#[orm::test]
async fn values_round_trip(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let text = "\u{1F980} \"quoted\" \\ 'single' $1 ?";
    for value in [
        json!(null),
        json!(1e300),
        json!(-1),
        json!(true),
        json!(text),
        json!({"": [[], {}]}),
        json!({text: text}),
    ] {
        let new = query!(Document.create(body = value.clone())).execute(&db).await?;
        assert_eq!(new.body, value);
        assert!(query!(Document.filter(.id == new.id, .body == value)).exists(&db).await?);
    }
    let error = query!(Document.create(body = json!("a\0b"))).execute(&db).await.unwrap_err();
    assert!(!error.is_connection(), "{error}");
    Ok(())
}

#[orm::test]
async fn a_key_named_by_another_column(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let (name, quote) = (String::from("name"), "it's \"$1\"");
    assert_eq!(ids!(&db, Document.filter(.body.key(&name) == json!("a"))), [1]);
    query!(Document.filter(.id == 4).update(body = json!({quote: 1}))).execute(&db).await?;
    assert_eq!(ids!(&db, Document.filter(.body.key(quote) == json!(1))), [4]);
    assert_eq!(ids!(&db, Document.filter(.body.has_key(quote))), [4]);
    Ok(())
}

#[orm::test]
async fn parts_are_ordered_selected_grouped_and_aggregated(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let query = query!(Document.order_by(.body.key("n").as_text().cast::<f64>().desc().nulls_last(), .id));
    let rows = query!(query.values_list(.id, .body.key("name").as_text(), .body.path(["tags", "0"])))
        .all(&db)
        .await?;
    assert_eq!(rows[..2], [(2, Some("b".into()), None), (1, Some("a".into()), Some(json!("x")))]);
    let groups = query!(Document.group_by(name = .body.key("name").as_text()).annotate(n = .count()).order_by(-.n, .name));
    let groups: Vec<_> = groups.all(&db).await?.iter().map(|group| (group.name.clone(), group.n)).collect();
    assert_eq!(groups, [(None, 2), (Some("a".into()), 1), (Some("b".into()), 1)]);
    let sum = query!(Document.aggregate(sum = .body.key("n").as_text().cast::<f64>().sum())).get(&db).await?;
    assert_eq!(sum.sum, Some(3.5));
    Ok(())
}

#[orm::test]
async fn over_nullable_relations(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    assert_eq!(ids!(&db, Part.filter(.document.body.has_key("n"))), [1, 2]);
    assert_eq!(ids!(&db, Part.exclude(.document.body.key("name").as_text() == "a")), [2, 3]);
    assert_eq!(ids!(&db, Part.filter(.document.extra == None)), [1, 3]);
    assert_eq!(
        ids!(&db, Document.filter(.parts.any(.name == "n"), .body.contains(json!({"tags": []})))),
        [2]
    );
    Ok(())
}

#[orm::test]
async fn updates_and_deletes_by_json(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let update = query!(Document.filter(.body.key("deep").key("on") == json!(true)).update(
        extra = .body.key("tags"),
        body = coalesce(.body.key("deep"), json!({}))
    ));
    let rows = update.returning(|d| (d.id(), d.body(), d.extra())).execute(&db).await?;
    assert_eq!(rows, [(1, json!({"on": true}), Some(json!(["x", "y"])))]);
    query!(Part.delete()).execute(&db).await?;
    let gone =
        query!(Document.filter(.body.contains(json!([1])) || .extra.has_key("name")).delete().returning(.id));
    assert_eq!(sorted(gone.execute(&db).await?), [3, 4]);
    Ok(())
}

#[orm::test]
async fn contained_keys_and_lists_of_keys(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    assert_eq!(ids!(&db, Document.filter(.body.has_keys(["name", "none"]))), [2]);
    assert_eq!(ids!(&db, Document.exclude(.body.has_any_keys(["name", "text"]))), [3]);
    assert_eq!(ids!(&db, Document.filter(.extra.contained_by(.body))), [4_i64; 0]);
    assert_eq!(ids!(&db, Document.filter(.body.key(2).key("three") == json!(3))), [3]);
    let many: Vec<String> = vec!["deep".into(), "on".into()];
    assert_eq!(ids!(&db, Document.filter(.body.path(many) == json!(true))), [1]);
    Ok(())
}

#[orm::test]
async fn json_in_a_list_in_a_case_and_in_a_subquery(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    assert_eq!(ids!(&db, Document.filter(.body.key("n").is_in([json!(1), json!(2.5)]))), [1, 2]);
    let query = query!(Document.annotate(kind = if .body.has_key("name") { .body.key("name") } else { Some(json!(0)) }));
    assert_eq!(ids!(&db, query.filter(.kind == json!(0))), [3, 4]);
    let same = query!(Part.filter(
        subquery(Document.filter(.id == outer(.document_id)).values_list(.body.key("name"))) == json!("a")
    ));
    assert_eq!(ids!(&db, same), [1]);
    Ok(())
}
