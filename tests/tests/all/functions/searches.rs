//! Full text search.

use orm::functions::{SearchQuery, concat};
use orm::prelude::*;

use super::{Sample, condition, partitions, samples};

#[orm::test]
async fn words_in_their_forms(db: Db) -> orm::Result<()> {
    let rows = samples(&db).await?;
    let words = String::from("fox run");
    let english = |query: SearchQuery| query.config("english");
    partitions! { &db, Sample, &rows,
        { .name.search(english(SearchQuery::websearch(&words))) } => |s| s.name == "Running foxes";
        { .name.search(english(SearchQuery::plain("foxes"))) } => |s| s.name == "Running foxes";
        { .name.search(english(SearchQuery::phrase("fox running"))) } => |_| false;
        { .name.search(english(SearchQuery::phrase("running fox"))) } => |s| s.name == "Running foxes";
        { .name.search(english(SearchQuery::raw("fox & !ada | lovel:*"))) } =>
            |s| s.name == "Running foxes" || s.name == "ada lovelace";
        { .nick.search("ADA -zoe") } => |s| s.nick.as_deref() == Some("Ada");
        { .nick.search("-zoe") } => |s| s.nick.as_deref().is_some_and(|n| n != "Zoe");
        { concat((.name, " ", .nick)).search("lovelace") } => |s| s.name == "ada lovelace";
    }
    let error = query!(Sample.filter(.name.search(SearchQuery::raw("a b")))).all(&db).await.unwrap_err();
    assert!(error.to_string().contains("tsquery"), "{error}");
    Ok(())
}

#[orm::test]
async fn the_best_first(db: Db) -> orm::Result<()> {
    samples(&db).await?;
    let ranked = query!(Sample.order_by(-.name.search_rank("ada"), .id)).all(&db).await?;
    let first: Vec<&str> = ranked.iter().take(30).map(|s| s.name.to_lowercase().leak() as &str).collect();
    assert!(first.iter().all(|name| name.starts_with("ada")), "{first:?}");
    Ok(())
}

#[test]
fn what_is_sent() {
    assert_eq!(
        condition(&query!(Sample.filter(.name.search("a")))),
        r#"(to_tsvector(t0."name") @@ websearch_to_tsquery($1)) -- $1 = "a""#
    );
    assert_eq!(
        condition(&query!(Sample.filter(.name.search(SearchQuery::plain("a").config("it's"))))),
        r#"(to_tsvector('it''s', t0."name") @@ plainto_tsquery('it''s', $1)) -- $1 = "a""#
    );
}
