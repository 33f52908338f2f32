//! `lazy`.

use orm::prelude::*;

use super::{Draft, draft, titles};

#[orm::test]
async fn everything_asked_of_it_is_one_statement(db: Db) -> orm::Result<()> {
    db.create_tables(models![Draft]).await?;
    Draft::objects().bulk_create(["a", "b"].map(draft)).execute(&db).await?;
    let (db, log) = db.logged();
    let lazy = query!(Draft.order_by(.title)).lazy(&db);
    assert_eq!(log.count(), 0, "nothing is sent before it is asked");
    assert_eq!(lazy.len().await?, 2);
    assert_eq!(titles(lazy.rows().await?), ["a", "b"]);
    assert!(!lazy.is_empty().await?);
    assert_eq!(lazy.iter().await?.filter(|row| row.stars == 7).count(), 2);
    draft("c").execute(&db).await?;
    assert_eq!(log.count(), 2, "{log}");
    assert_eq!(titles(&lazy.into_rows().await?), ["a", "b"], "it remembers");
    assert_eq!(log.count(), 2, "{log}");
    Ok(())
}

#[orm::test]
async fn two_who_ask_at_once_are_one_statement(db: Db) -> orm::Result<()> {
    db.create_tables(models![Draft]).await?;
    let (db, log) = db.logged();
    let lazy = Draft::objects().lazy(&db);
    let (rows, len) = futures_util::future::join(lazy.rows(), lazy.len()).await;
    assert_eq!((rows?.len(), len?), (0, 0));
    assert!(lazy.is_empty().await?, "no rows are remembered as well");
    assert_eq!(log.count(), 1, "{log}");
    Ok(())
}

#[orm::test]
async fn an_error_is_not_remembered(db: Db) -> orm::Result<()> {
    let lazy = Draft::objects().lazy(&db);
    assert_eq!(lazy.rows().await.unwrap_err().code(), Some("42P01"));
    db.create_tables(models![Draft]).await?;
    assert_eq!(lazy.len().await?, 0);
    Ok(())
}
