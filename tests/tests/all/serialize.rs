//! The feature `serde`: what queries return, as JSON.

use orm::prelude::*;
use serde::Serialize;
use serde_json::{Value, json, to_value};

#[derive(Model, Debug, Clone, PartialEq, Serialize)]
#[model(table = "writers", has_many(works: Work.writer), has_one(desk: Desk.writer))]
struct Writer {
    id: i64,
    name: String,
    born: Option<i32>,
}

#[derive(Model, Debug, Clone, PartialEq, Serialize)]
#[model(table = "desks")]
struct Desk {
    #[model(primary_key, belongs_to = Writer)]
    writer_id: i64,
    city: String,
}

#[derive(Model, Debug, Clone, PartialEq, Serialize)]
#[model(table = "works", many_to_many(words: Word, through = WorkWord(work, word)))]
#[serde(rename_all = "camelCase")]
struct Work {
    id: i64,
    #[model(belongs_to = Writer)]
    writer_id: i64,
    #[model(belongs_to = Writer, as = editor)]
    editor_id: Option<i64>,
    title: String,
    #[serde(skip)]
    secret: String,
}

#[derive(Model, Debug, Clone, PartialEq, Serialize)]
#[model(table = "words")]
struct Word {
    id: i64,
    r#type: String,
}

#[derive(Model, Debug, Clone, PartialEq, Serialize)]
#[model(table = "work_words")]
struct WorkWord {
    #[model(primary_key, belongs_to = Work)]
    work_id: i64,
    #[model(primary_key, belongs_to = Word)]
    word_id: i64,
}

/// A model that is not serializable, with relations.
#[derive(Model, Debug)]
#[model(table = "reviews")]
struct Review {
    id: i64,
    #[model(belongs_to = Work)]
    work_id: i64,
}

async fn fill(db: &Db) -> orm::Result<()> {
    db.create_tables(models![Writer, Desk, Work, Word, WorkWord, Review]).await?;
    db.batch_execute(
        "INSERT INTO writers (name, born) VALUES ('Ada', 1815), ('Bo', NULL);
         INSERT INTO desks VALUES (1, 'London');
         INSERT INTO works (writer_id, editor_id, title, secret) VALUES (1, 2, 'Notes', 'x'), (1, NULL, 'Letters', 'y');
         INSERT INTO words (type) VALUES ('old');
         INSERT INTO work_words VALUES (1, 1);
         INSERT INTO reviews (work_id) VALUES (1)",
    )
    .await
}

fn json(value: impl Serialize) -> Value {
    to_value(value).expect("a value")
}

#[orm::test]
async fn relations_are_nested_under_their_names(db: Db) -> orm::Result<()> {
    fill(&db).await?;
    let works = query!(Work.order_by(.id)).all(&db).await?;
    let notes = json!({ "id": 1, "writerId": 1, "editorId": 2, "title": "Notes" });
    assert_eq!(json(&works[0]), notes);

    let works = query!(Work.select_related(.writer.desk, .editor).prefetch_related(.words).order_by(.id));
    let works = works.all(&db).await?;
    assert_eq!(
        json(&works),
        json!([
            {
                "id": 1, "writerId": 1, "editorId": 2, "title": "Notes",
                "writer": { "id": 1, "name": "Ada", "born": 1815, "desk": { "writer_id": 1, "city": "London" } },
                "editor": { "id": 2, "name": "Bo", "born": null },
                "words": [{ "id": 1, "type": "old" }],
            },
            {
                "id": 2, "writerId": 1, "editorId": null, "title": "Letters",
                "writer": { "id": 1, "name": "Ada", "born": 1815, "desk": { "writer_id": 1, "city": "London" } },
                "editor": null,
                "words": [],
            },
        ])
    );
    let writers = query!(Writer.prefetch_related(.works.words).order_by(-.id)).all(&db).await?;
    assert_eq!(json(&writers[0]), json!({ "id": 2, "name": "Bo", "born": null, "works": [] }));
    assert_eq!(json(&writers[1])["works"][0]["words"], json!([{ "id": 1, "type": "old" }]));
    assert_eq!(json(&writers[1])["works"][0].get("writer"), None);
    Ok(())
}

#[orm::test]
async fn annotations_and_named_relations_stand_beside_the_columns(db: Db) -> orm::Result<()> {
    fill(&db).await?;
    let writers = query!(Writer
        .annotate(n = .works.count(), r#type = .name.upper())
        .select_related(.desk)
        .prefetch_related(latest = .works.order_by(-.id)[..1])
        .order_by(.id))
    .all(&db)
    .await?;
    assert_eq!(
        json(&writers),
        json!([
            {
                "id": 1, "name": "Ada", "born": 1815, "desk": { "writer_id": 1, "city": "London" },
                "n": 2, "type": "ADA",
                "latest": [{ "id": 2, "writerId": 1, "editorId": null, "title": "Letters" }],
            },
            { "id": 2, "name": "Bo", "born": null, "desk": null, "n": 0, "type": "BO", "latest": [] },
        ])
    );
    Ok(())
}

#[orm::test]
async fn values_groups_and_pages(db: Db) -> orm::Result<()> {
    fill(&db).await?;
    let values = query!(Work.values(.title, by = .writer.name).order_by(.id)).all(&db).await?;
    assert_eq!(json(&values[1]), json!({ "title": "Letters", "by": "Ada" }));
    let list = query!(Work.values_list(.id, .editor_id).order_by(.id)).all(&db).await?;
    assert_eq!(json(list), json!([[1, 2], [2, null]]));
    let groups = query!(Work.group_by(.writer_id).annotate(n = .count())).all(&db).await?;
    assert_eq!(json(groups), json!([{ "writer_id": 1, "n": 2 }]));
    let totals = query!(Work.aggregate(n = .count(), last = .id.max())).get(&db).await?;
    assert_eq!(json(totals), json!({ "n": 2, "last": 2 }));

    let page = query!(Word).page_after(&db, None, 1).await?;
    assert_eq!(json(page), json!({ "rows": [{ "id": 1, "type": "old" }], "next": null }));
    let page = query!(Work).page_after(&db, None, 1).await?;
    assert_eq!(json(&page)["next"], json!(page.next.expect("another page").to_string()));
    Ok(())
}

#[derive(Annotated, Debug, Serialize)]
struct WithWords<R> {
    #[serde(flatten)]
    row: R,
    labels: i64,
}

#[derive(Projection, Debug, Serialize)]
#[projection(model = Writer)]
#[serde(rename_all = "UPPERCASE")]
struct Named {
    name: String,
    #[projection(.works.count())]
    count: i64,
    #[projection(nested)]
    works: Vec<Titled>,
}

#[derive(Projection, Debug, Serialize)]
#[projection(model = Work)]
struct Titled {
    title: String,
}

#[orm::test]
async fn structs_of_yours_derive_it(db: Db) -> orm::Result<()> {
    fill(&db).await?;
    let query =
        query!(Work.annotate(WithWords { labels: .words.count() }).select_related(.editor).order_by(.id));
    let works = query.all(&db).await?;
    assert_eq!(
        json(&works[0]),
        json!({
            "id": 1, "writerId": 1, "editorId": 2, "title": "Notes",
            "editor": { "id": 2, "name": "Bo", "born": null }, "labels": 1,
        })
    );
    let named = query!(Writer.filter(.id == 1)).project::<Named>().get(&db).await?;
    let titles = json(&named)["WORKS"].as_array().map(Vec::len);
    assert_eq!(
        (json(&named)["NAME"].clone(), json(&named)["COUNT"].clone(), titles),
        (json!("Ada"), json!(2), Some(2))
    );
    Ok(())
}

#[orm::test]
async fn a_model_that_is_not_serializable_is_one_as_before(db: Db) -> orm::Result<()> {
    fill(&db).await?;
    let review = query!(Review.select_related(.work.writer).annotate(n = .work.id + 1)).get(&db).await?;
    assert_eq!((review.id, review.work_id, review.n), (1, 1, 2));
    assert_eq!(json(review.work())["writer"]["name"], "Ada");
    let values = query!(Review.values(.id)).get(&db).await?;
    assert_eq!(json(values), json!({ "id": 1 }));
    Ok(())
}
