//! `get`, `first`, `last`, `count`, `exists` and `in_bulk`.

use orm::prelude::*;

use super::{Draft, draft, titles};

async fn five(db: &Db) -> orm::Result<Vec<i64>> {
    db.create_tables(models![Draft]).await?;
    let rows = ["c", "a", "e", "b", "d"].into_iter().zip(1..).map(|(title, stars)| draft(title).stars(stars));
    Draft::objects().bulk_create(rows).execute(db).await
}

#[orm::test]
async fn get_is_exactly_one(db: Db) -> orm::Result<()> {
    five(&db).await?;
    let (db, log) = db.logged();
    assert_eq!(query!(Draft.filter(.title == "a")).get(&db).await?.stars, 2);
    let error = query!(Draft.filter(.title == "q")).get(&db).await.unwrap_err();
    assert!(error.is_not_found() && !error.is_multiple_rows(), "{error}");
    assert!(error.to_string().contains("Draft") && error.to_string().contains("WHERE"), "{error}");
    let error = query!(Draft.filter(.stars > 1)).get(&db).await.unwrap_err();
    assert!(error.is_multiple_rows() && !error.is_not_found(), "{error}");
    assert_eq!(log.count(), 3, "{log}");
    assert_eq!(log.queries()[2].rows, 2, "two rows are enough to know");
    assert_eq!(query!(Draft.order_by(.title)[4..]).get(&db).await?.title, "e");
    assert!(query!(Draft.order_by(.title)[5..]).get(&db).await.unwrap_err().is_not_found());
    assert_eq!(query!(Draft.order_by(.title)[..1]).get(&db).await?.title, "a");
    Ok(())
}

#[orm::test]
async fn first_and_last_follow_the_order_or_the_key(db: Db) -> orm::Result<()> {
    five(&db).await?;
    let title = |row: Option<Draft>| row.map(|row| row.title).unwrap_or_default();
    let by_title = query!(Draft.order_by(.title));
    assert_eq!(title(by_title.first(&db).await?), "a");
    assert_eq!(title(by_title.last(&db).await?), "e");
    assert_eq!(title(Draft::objects().first(&db).await?), "c");
    assert_eq!(title(Draft::objects().last(&db).await?), "d");
    let filtered = query!(Draft.filter(.title > "a").order_by(-.title));
    assert_eq!(title(filtered.first(&db).await?), "e");
    assert_eq!(title(filtered.last(&db).await?), "b");
    assert_eq!(title(query!(by_title[1..3]).first(&db).await?), "b");
    assert_eq!(query!(Draft.filter(.stars > 9)).first(&db).await?, None);
    assert_eq!(query!(Draft.filter(.stars > 9)).last(&db).await?, None);
    assert_eq!(query!(by_title[5..]).first(&db).await?, None);
    Ok(())
}

#[orm::test]
async fn last_reverses_where_nulls_go(db: Db) -> orm::Result<()> {
    five(&db).await?;
    draft("n").subtitle("s").execute(&db).await?;
    for (query, first, last) in [
        (query!(Draft.order_by(.subtitle.asc().nulls_first(), .title)), "a", "n"),
        (query!(Draft.order_by(.subtitle.asc().nulls_last(), .title)), "n", "e"),
        (query!(Draft.order_by(.subtitle, .title)), "n", "e"),
        (query!(Draft.order_by(-.subtitle, .title)), "a", "n"),
    ] {
        let all = query.all(&db).await?;
        assert_eq!((titles(&all)[0], titles(&all)[5]), (first, last));
        assert_eq!(query.first(&db).await?.as_ref(), all.first());
        assert_eq!(query.last(&db).await?.as_ref(), all.last());
    }
    Ok(())
}

#[orm::test]
async fn count_and_exists_see_slices_and_emptiness(db: Db) -> orm::Result<()> {
    five(&db).await?;
    let (db, log) = db.logged();
    for (query, count) in [
        (query!(Draft[..]), 5),
        (query!(Draft[..2]), 2),
        (query!(Draft[3..]), 2),
        (query!(Draft[1..4]), 3),
        (query!(Draft[4..40]), 1),
        (query!(Draft[5..]), 0),
        (query!(Draft.filter(.stars > 3)[..]), 2),
        (query!(Draft.filter(.stars > 9)[..]), 0),
    ] {
        assert_eq!(query.count(&db).await?, count);
        assert_eq!(query.exists(&db).await?, count > 0);
        assert_eq!(query.all(&db).await?.len() as i64, count);
    }
    assert_eq!(log.count(), 24, "one statement each");
    log.clear();
    let nothing = query!(Draft[..0]);
    assert_eq!(
        (nothing.count(&db).await?, nothing.exists(&db).await?, nothing.all(&db).await?),
        (0, false, vec![])
    );
    assert_eq!(log.count(), 0, "an empty slice is not asked for");
    Ok(())
}

#[orm::test]
async fn in_bulk_is_a_map_by_key(db: Db) -> orm::Result<()> {
    let keys = five(&db).await?;
    let (db, log) = db.logged();
    let found = Draft::objects().in_bulk(&db, [keys[0], keys[3], keys[0], 999]).await?;
    assert_eq!(found.len(), 2, "a key asked for twice is one row, a missing one none");
    assert_eq!((found[&keys[0]].title.as_str(), found[&keys[3]].title.as_str()), ("c", "b"));
    let found = query!(Draft.filter(.stars > 3)).in_bulk(&db, keys.clone()).await?;
    assert_eq!(found.len(), 2, "the filter holds");
    assert_eq!(log.count(), 2, "{log}");
    assert!(Draft::objects().in_bulk(&db, []).await?.is_empty());
    assert_eq!(log.count(), 2, "no keys are no statement");
    Ok(())
}
