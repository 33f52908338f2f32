//! `bulk_create`.

use orm::prelude::*;

use super::{CreateDraft, Draft, NewDraft, draft, titles};

#[orm::test]
async fn ten_thousand_keys_come_in_the_order_of_the_rows(db: Db) -> orm::Result<()> {
    db.create_tables(models![Draft]).await?;
    let (db, log) = db.logged();
    let title = |i: usize| format!("{:05}", (i * 7919) % 10_000);
    let new = (0..10_000).map(|i| NewDraft { title: title(i) });
    let keys = Draft::objects().bulk_create(new).execute(&db).await?;
    assert_eq!((log.count(), log.queries().len()), (1, 1), "one statement");
    let found = Draft::objects().in_bulk(&db, keys.iter().copied()).await?;
    assert_eq!(found.len(), 10_000);
    for (i, key) in keys.iter().enumerate() {
        assert_eq!(found[key].title, title(i));
    }
    assert!(keys.is_sorted(), "keys are made in the order of the rows");
    Ok(())
}

#[orm::test]
async fn columns_set_in_some_rows_are_defaults_in_the_others(db: Db) -> orm::Result<()> {
    db.create_tables(models![Draft]).await?;
    let rows = [
        draft("a"),
        draft("b").subtitle("s"),
        draft("c").stars(1).author(None::<String>),
        draft("d").subtitle(None::<String>).author("me"),
    ];
    Draft::objects().bulk_create(rows).execute(&db).await?;
    let rows = query!(Draft.order_by(.title)).all(&db).await?;
    let columns: Vec<_> = rows
        .iter()
        .map(|r| (r.title.as_str(), r.subtitle.as_deref(), r.stars, r.author.as_deref()))
        .collect();
    assert_eq!(
        columns,
        [
            ("a", None, 7, Some("unknown")),
            ("b", Some("s"), 7, Some("unknown")),
            ("c", None, 1, None),
            ("d", None, 7, Some("me")),
        ]
    );
    Ok(())
}

#[orm::test]
async fn given_keys_stand_beside_made_ones(db: Db) -> orm::Result<()> {
    db.create_tables(models![Draft]).await?;
    let rows = [draft("a"), draft("b").id(500), draft("c"), draft("d").id(-1)];
    let keys = Draft::objects().bulk_create(rows).execute(&db).await?;
    assert_eq!((keys[1], keys[3]), (500, -1));
    let found = Draft::objects().in_bulk(&db, keys.clone()).await?;
    let in_order: Vec<Draft> = keys.iter().map(|key| found[key].clone()).collect();
    assert_eq!(titles(&in_order), ["a", "b", "c", "d"]);
    Ok(())
}

#[orm::test]
async fn no_rows_are_no_statement(db: Db) -> orm::Result<()> {
    let (db, log) = db.logged();
    let keys = Draft::objects().bulk_create(Vec::<NewDraft>::new()).execute(&db).await?;
    assert!(keys.is_empty());
    assert_eq!(log.queries().len(), 0, "{log}");
    Ok(())
}

#[orm::test]
async fn a_violation_inserts_nothing(db: Db) -> orm::Result<()> {
    db.create_tables(models![Draft]).await?;
    let rows = ["a", "b", "a"].map(draft);
    let error = Draft::objects().bulk_create(rows).execute(&db).await.unwrap_err();
    assert!(error.is_unique_violation(), "{error}");
    assert_eq!(error.constraint(), Some("draft_title_key"));
    assert_eq!(Draft::objects().count(&db).await?, 0);
    Draft::objects().bulk_create(["a", "b"].map(draft)).execute(&db).await?;
    assert_eq!(Draft::objects().count(&db).await?, 2);
    Ok(())
}

#[orm::test]
async fn takes_new_rows_whole_rows_and_iterators(db: Db) -> orm::Result<()> {
    db.create_tables(models![Draft]).await?;
    let new: Vec<CreateDraft> = vec![draft("a").stars(2)];
    Draft::objects().bulk_create(new).execute(&db).await?;
    let copies = query!(Draft).all(&db).await?.into_iter().map(|row| Draft {
        id: row.id + 10,
        title: "b".into(),
        ..row
    });
    assert_eq!(Draft::objects().bulk_create(copies).execute(&db).await?, [11]);
    assert_eq!(query!(Draft.filter(.id == 11)).get(&db).await?.stars, 2);
    Ok(())
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "legacy", unique(code))]
struct Legacy {
    id: i64,
    code: String,
}

#[orm::test]
async fn a_sequence_that_is_not_the_columns_own_is_named_as_the_cause(db: Db) -> orm::Result<()> {
    db.batch_execute(
        "CREATE SEQUENCE s; CREATE TABLE legacy (id bigint PRIMARY KEY DEFAULT nextval('s'), code text UNIQUE)",
    )
    .await?;
    let new = || ["a", "b"].map(|code| NewLegacy { code: code.into() });
    let error = Legacy::objects().bulk_create(new()).execute(&db).await.unwrap_err().to_string();
    assert!(error.contains("that of `legacy` has none: `ALTER SEQUENCE .. OWNED BY ..`"), "{error}");
    db.batch_execute("ALTER SEQUENCE s OWNED BY legacy.id").await?;
    assert_eq!(Legacy::objects().bulk_create(new()).execute(&db).await?.len(), 2);
    Ok(())
}

#[orm::test]
async fn keys_that_cannot_be_told_are_said_to_be_written_or_not(db: Db) -> orm::Result<()> {
    db.create_tables(models![Legacy]).await?;
    db.batch_execute(
        "CREATE FUNCTION lower_code() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN new.code := lower(new.code); RETURN new; END $$;
         CREATE TRIGGER lower_code BEFORE INSERT ON legacy FOR EACH ROW EXECUTE FUNCTION lower_code()",
    )
    .await?;
    let new = || ["A", "b"].map(|code| NewLegacy { code: code.into() });
    let upsert = || query!(Legacy.bulk_create(new()).on_conflict(.code).do_update(.code));
    let error = upsert().execute(&db).await.unwrap_err().to_string();
    assert!(error.contains("of `Legacy` cannot be told, and the rows are written"), "{error}");
    assert_eq!(query!(Legacy).count(&db).await?, 2);
    let tx = db.begin().await?;
    let error = upsert().execute(&tx).await.unwrap_err().to_string();
    assert!(error.contains("the transaction has to be rolled back"), "{error}");
    Ok(())
}
