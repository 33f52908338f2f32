//! No import at all: only paths.

#[derive(orm::Model, Debug, Clone)]
#[model(has_many(pages: Page.site))]
struct Site {
    id: i64,
    url: String,
}

#[derive(orm::Model, Debug, Clone)]
struct Page {
    id: i64,
    #[model(belongs_to = Site)]
    site_id: i64,
    status: Status,
    words: Option<i32>,
}

#[derive(orm::Enum, Debug, Clone, PartialEq)]
enum Status {
    Open,
    Closed,
}

async fn closed(db: &impl orm::Executor) -> orm::Result<Vec<orm::loaded!(Page { site })>> {
    orm::query!(Page.filter(.status == Status::Closed && .words > 1).select_related(.site).order_by(-.words))
        .all(db)
        .await
}

#[orm::test]
async fn no_trait_needs_to_be_in_scope(db: orm::Db) -> orm::Result<()> {
    db.create_tables(orm::models![Site, Page]).await?;
    let site = orm::query!(Site.create(url = "a")).execute(&db).await?;
    let new = |status, words| CreatePage::from(NewPage { site_id: site.id, status }).words(words);
    let rows = [new(Status::Open, 5), new(Status::Closed, 2), new(Status::Closed, 9)];
    let keys = Page::objects().bulk_create(rows).execute(&db).await?;
    let found = closed(&db).await?;
    assert_eq!(found.iter().map(|p| p.id).collect::<Vec<_>>(), [keys[2], keys[1]]);
    assert_eq!(found[0].site().url, "a");
    let site = orm::query!(Site
        .filter(.pages.any(.words.between(8, 10)), .pages.exists(), !.pages.all(.status == Status::Open))
        .prefetch_related(.pages.order_by(-.id)))
    .get(&db)
    .await?;
    assert_eq!(site.pages()[0].id, keys[2]);
    let page =
        Page::objects().filter(|p| p.words().lt(3).and(p.site().url().starts_with("a"))).first(&db).await?;
    assert_eq!(page.map(|p| p.id), Some(keys[1]));
    let (same, created) =
        orm::query!(Site.get_or_create(id = site.id).defaults(url = "b")).execute(&db).await?;
    assert_eq!((same.url.as_str(), created), ("a", false));
    let pages = orm::query!(same.related(.pages).objects().filter(.words > 3).order_by(.id)).all(&db).await?;
    assert_eq!(pages.iter().map(|p| p.id).collect::<Vec<_>>(), [keys[0], keys[2]]);
    let rows = [CreatePage::from(pages[0].clone()).words(6)];
    let again =
        orm::query!(Page.bulk_create(rows).on_conflict(.id).do_update(.words, .status)).execute(&db).await?;
    assert_eq!(again, [keys[0]]);
    Ok(())
}
