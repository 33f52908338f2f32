//! `bulk_create` with conflicts.

use orm::prelude::*;

use super::{CreateWord, Language, NewWord, Word, word, words};

fn row(slug: &str, uses: i32, note: Option<&str>) -> (String, i32, Option<String>) {
    (slug.into(), uses, note.map(Into::into))
}

#[orm::test]
async fn do_nothing_says_which_rows_were_left_out(db: Db) -> orm::Result<()> {
    db.create_tables(models![Word]).await?;
    Word::objects().bulk_create(["b"].map(word)).execute(&db).await?;
    let (db, log) = db.logged();
    let rows = ["a", "b", "c", "a"].map(|slug| word(slug).uses(5));
    let keys: Vec<Option<i64>> =
        query!(Word.bulk_create(rows).on_conflict(.slug).do_nothing()).execute(&db).await?;
    assert_eq!((log.count(), log.queries().len()), (1, 1), "{log}");
    assert_eq!(keys.iter().map(Option::is_some).collect::<Vec<_>>(), [true, false, true, false]);
    let found = Word::objects().in_bulk(&db, keys.iter().flatten().copied()).await?;
    assert_eq!((found[&keys[0].unwrap()].slug.as_str(), found[&keys[2].unwrap()].slug.as_str()), ("a", "c"));
    assert_eq!(words(&db).await?, [row("a", 5, None), row("b", 1, None), row("c", 5, None)]);
    Ok(())
}

#[orm::test]
async fn do_nothing_in_sql(db: Db) -> orm::Result<()> {
    db.create_tables(models![Word]).await?;
    let (db, log) = db.logged();
    let rows = ["a"].map(|slug| NewWord { slug: slug.into(), language: Language::German, text: slug.into() });
    Word::objects()
        .bulk_create(rows)
        .on_conflict(|w| (w.text(), w.language()))
        .do_nothing()
        .execute(&db)
        .await?;
    assert_eq!(
        log.queries()[0].sql,
        "WITH n AS MATERIALIZED (SELECT u.o, \
         nextval((SELECT pg_get_serial_sequence('\"words\"', 'id')::regclass))::bigint AS c0, u.c1, u.c2, u.c3 \
         FROM unnest($1, $2::\"language\"[], $3) WITH ORDINALITY AS u(c1, c2, c3, o)), \
         i AS (INSERT INTO \"words\" (\"id\", \"slug\", \"language\", \"text\") SELECT c0, c1, c2, c3 FROM n ORDER BY o \
         ON CONFLICT (\"language\", \"text\") DO NOTHING RETURNING \"id\" AS c0) \
         SELECT i.c0 FROM n LEFT JOIN i ON i.c0 = n.c0 ORDER BY n.o"
    );
    Ok(())
}

#[orm::test]
async fn ignore_conflicts_is_about_every_key(db: Db) -> orm::Result<()> {
    db.create_tables(models![Word]).await?;
    Word::objects().bulk_create([word("a").code(7)]).execute(&db).await?;
    let rows = [word("a"), word("b").code(7), word("c").text_of("A"), word("d").id(1), word("e")];
    let keys = Word::objects().bulk_create(rows).ignore_conflicts().execute(&db).await?;
    assert_eq!(keys.iter().map(Option::is_some).collect::<Vec<_>>(), [false, false, false, false, true]);
    Ok(())
}

trait TextOf {
    fn text_of(self, text: &str) -> Self;
}

impl TextOf for CreateWord {
    fn text_of(mut self, text: &str) -> Self {
        self.text = text.into();
        self
    }
}

#[orm::test]
async fn a_conflict_on_another_key_stays_an_error(db: Db) -> orm::Result<()> {
    db.create_tables(models![Word]).await?;
    Word::objects().bulk_create([word("a").code(7)]).execute(&db).await?;
    let rows = || [word("b").code(7), word("c")];
    let create = || Word::objects().bulk_create(rows());
    let error = create().on_conflict(|w| w.slug()).do_nothing().execute(&db).await.unwrap_err();
    assert_eq!(error.constraint(), Some("words_code_key"), "{error}");
    let error = create().on_conflict(|w| w.slug()).do_update(|w| w.note()).execute(&db).await.unwrap_err();
    assert_eq!(error.constraint(), Some("words_code_key"), "{error}");
    assert_eq!(Word::objects().count(&db).await?, 1);
    Ok(())
}

#[orm::test]
async fn do_update_returns_the_keys_that_rows_have(db: Db) -> orm::Result<()> {
    db.create_tables(models![Word]).await?;
    let old = Word::objects().bulk_create(["a", "b", "c"].map(word)).execute(&db).await?;
    let (db, log) = db.logged();
    let rows = [word("c").uses(2).note("C"), word("x"), word("a").uses(3).note("A")];
    let keys: Vec<i64> =
        query!(Word.bulk_create(rows).on_conflict(.slug).do_update(.uses, .note)).execute(&db).await?;
    assert_eq!(log.count(), 1, "{log}");
    assert_eq!((keys[0], keys[2]), (old[2], old[0]));
    assert_eq!(query!(Word.filter(.id == keys[1])).get(&db).await?.slug, "x");
    assert_eq!(
        words(&db).await?,
        [row("a", 3, Some("A")), row("b", 1, None), row("c", 2, Some("C")), row("x", 1, None)]
    );
    Ok(())
}

#[orm::test]
async fn do_update_in_sql(db: Db) -> orm::Result<()> {
    db.create_tables(models![Word]).await?;
    let (db, log) = db.logged();
    Word::objects()
        .bulk_create([word("a")])
        .on_conflict(|w| w.slug())
        .do_update(|w| w.text())
        .execute(&db)
        .await?;
    let sql = log.queries()[0].sql.clone();
    let (_, end) = sql.split_once("ORDER BY o ").unwrap();
    assert_eq!(
        end,
        "ON CONFLICT (\"slug\") DO UPDATE SET \"text\" = EXCLUDED.\"text\" RETURNING \"id\" AS c0, \"slug\" AS c1) \
         SELECT i.c0 FROM n JOIN i ON i.c1 = n.c1 ORDER BY n.o"
    );
    Ok(())
}

#[orm::test]
async fn null_is_in_conflict_with_nothing(db: Db) -> orm::Result<()> {
    db.create_tables(models![Word]).await?;
    let old = Word::objects().bulk_create([word("a").code(1), word("b")]).execute(&db).await?;
    let rows = [word("c"), word("d").code(1), word("e").code(None::<i32>), word("f").code(2)];
    let keys = query!(Word.bulk_create(rows).on_conflict(.code).do_update(.slug)).execute(&db).await?;
    assert_eq!(keys[1], old[0]);
    let found = Word::objects().in_bulk(&db, keys.clone()).await?;
    let slugs: Vec<&str> = keys.iter().map(|key| found[key].slug.as_str()).collect();
    assert_eq!(slugs, ["c", "d", "e", "f"]);
    Ok(())
}

#[orm::test]
async fn the_same_key_twice_in_a_statement(db: Db) -> orm::Result<()> {
    db.create_tables(models![Word]).await?;
    let create = || Word::objects().bulk_create([word("a"), word("a").uses(2)]);
    let error = create().on_conflict(|w| w.slug()).do_update(|w| w.uses()).execute(&db).await.unwrap_err();
    assert_eq!(error.code(), Some("21000"), "{error}");
    assert_eq!(Word::objects().count(&db).await?, 0);
    let keys = create().batch_size(1).on_conflict(|w| w.slug()).do_update(|w| w.uses()).execute(&db).await?;
    assert_eq!(keys[0], keys[1]);
    assert_eq!(words(&db).await?, [row("a", 2, None)]);
    Ok(())
}

#[orm::test]
async fn constraints_by_name(db: Db) -> orm::Result<()> {
    db.create_tables(models![Word]).await?;
    let old = Word::objects().bulk_create(["a"].map(word)).execute(&db).await?;
    let create = |uses| Word::objects().bulk_create(["a", "b"].map(|slug| word(slug).uses(uses)));
    let keys = create(2).on_constraint("words_slug_key").do_update(|w| w.uses()).execute(&db).await?;
    assert_eq!(keys[0], old[0]);
    let keys =
        query!(Word.bulk_create(create_words(3)).on_constraint("words_language_text_key").do_nothing())
            .execute(&db)
            .await?;
    assert_eq!(keys, [None, None]);
    let keys =
        create(4).on_constraint("words_language_text_key").do_update(|w| w.uses()).execute(&db).await?;
    assert_eq!(keys[0], old[0]);
    assert_eq!(words(&db).await?, [row("a", 4, None), row("b", 4, None)]);
    let error = create(5).on_constraint("nonsense").do_nothing().execute(&db).await.unwrap_err();
    assert_eq!(error.code(), Some("42704"), "{error}");
    Ok(())
}

fn create_words(uses: i32) -> Vec<CreateWord> {
    ["a", "b"].map(|slug| word(slug).uses(uses)).into()
}

#[orm::test]
async fn batches_share_a_transaction(db: Db) -> orm::Result<()> {
    db.create_tables(models![Word]).await?;
    let (logged, log) = db.logged();
    let rows = || (0..10).map(|i| word(&i.to_string()));
    let keys = Word::objects().bulk_create(rows()).batch_size(4).execute(&logged).await?;
    assert_eq!((log.count(), log.queries().len()), (3, 5), "{log}");
    assert!(keys.is_sorted() && keys.len() == 10);
    log.clear();

    let more = rows().skip(8).chain([word("new")]);
    let error = Word::objects().bulk_create(more).batch_size(1).execute(&logged).await.unwrap_err();
    assert!(error.is_unique_violation(), "{error}");
    assert_eq!(Word::objects().count(&db).await?, 10);
    log.clear();

    let again = rows().chain([word("x")]);
    let keys = logged
        .transaction(async |tx| {
            Word::objects().bulk_create(again).batch_size(6).ignore_conflicts().execute(tx).await
        })
        .await?;
    assert_eq!((log.count(), log.queries().len()), (2, 4), "{log}");
    assert_eq!(keys.iter().flatten().count(), 1);
    let error = Word::objects().bulk_create([word("y")]).batch_size(0).execute(&db).await.unwrap_err();
    assert!(error.sql().is_none(), "{error}");
    Ok(())
}

#[orm::test]
async fn no_rows_are_no_statement(db: Db) -> orm::Result<()> {
    let (db, log) = db.logged();
    let none = Vec::<NewWord>::new;
    assert!(Word::objects().bulk_create(none()).ignore_conflicts().execute(&db).await?.is_empty());
    let create = query!(Word.bulk_create(none()).on_conflict(.id).do_update(.note));
    assert!(create.execute(&db).await?.is_empty());
    assert_eq!(log.queries().len(), 0);
    Ok(())
}
