//! Facts of Django's test folder `raw_query`.

use orm::prelude::*;
use tests::library::{Author, Book, BookTag};
use tests::shop::{Order, User};

use super::{library, shop};

#[orm::test]
async fn columns_in_another_order_and_among_others(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let authors: Vec<Author> = db
        .query_as("SELECT born, 1 AS one, name, id, upper(name) AS loud FROM authors ORDER BY id DESC", &[])
        .await?;
    assert_eq!(authors.iter().map(|author| author.id).collect::<Vec<_>>(), [3, 2, 1]);
    assert_eq!((authors[2].name.as_str(), authors[2].born), ("Ada", Some(1815)));
    Ok(())
}

#[orm::test]
async fn a_missing_column_is_an_error_that_names_it(db: Db) -> orm::Result<()> {
    library(&db).await?;
    // Django defers it.
    let error = db.query_as::<Author>("SELECT id, name FROM authors", &[]).await.unwrap_err();
    assert!(error.to_string().contains("born"), "{error}");
    let error = db.query_as::<Author>("SELECT a.*, b.id FROM authors a, books b", &[]).await.unwrap_err();
    assert!(error.to_string().contains("id"), "{error}");
    Ok(())
}

#[orm::test]
async fn columns_by_other_names_are_named_again(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let authors: Vec<Author> =
        db.query_as("SELECT id, title AS name, year AS born FROM books WHERE year > $1", &[&2005]).await?;
    assert_eq!(authors, [Author { id: 4, name: "Clouds".into(), born: Some(2010) }]);
    Ok(())
}

#[orm::test]
async fn null_for_a_column_that_is_never_null(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let error =
        db.query_as::<Author>("SELECT id, NULL::text AS name, born FROM authors", &[]).await.unwrap_err();
    assert!(error.is_decode() && error.to_string().contains("name"), "{error}");
    Ok(())
}

#[orm::test]
async fn rows_are_saved_refreshed_and_related(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let mut book =
        db.query_as_one::<Book>("SELECT * FROM books WHERE title LIKE $1 || '%'", &[&"Sto"]).await?;
    book.title = "Rocks".into();
    book.save_only(&db, |b| b.title()).await?;
    book.refresh(&db).await?;
    assert_eq!(query!(book.related(.tags).objects().values_list(.name)).all(&db).await?, ["math"]);
    assert_eq!(query!(Book.filter(.title == "Rocks")).count(&db).await?, 1);
    Ok(())
}

#[orm::test]
async fn the_text_of_a_query_runs_as_raw_sql(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let query = query!(Order.filter(.user.active, .items.exists()).order_by(-.id));
    let raw: Vec<Order> = db.query_as(query.to_sql().text(), &[]).await?;
    assert_eq!(raw, query.all(&db).await?);
    Ok(())
}

#[orm::test]
async fn lists_nulls_and_a_percent_sign(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let users: Vec<User> = db
        .query_as("SELECT * FROM users WHERE id = ANY($1) AND email LIKE '%@%'", &[&vec![1_i64, 3, 99]])
        .await?;
    assert_eq!(users.len(), 2);
    let none = None::<&str>;
    let users: Vec<i64> =
        db.query_as("SELECT id FROM users WHERE nick IS NOT DISTINCT FROM $1 ORDER BY id", &[&none]).await?;
    assert_eq!(users, [2, 4]);
    Ok(())
}

#[orm::test]
async fn writes_return_rows(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let tx = db.begin().await?;
    let gone: Vec<BookTag> =
        tx.query_as("DELETE FROM book_tags WHERE tag_id = $1 RETURNING *", &[&1_i64]).await?;
    assert_eq!(gone.len(), 2);
    let new: (i64, Option<i32>) = tx
        .query_as_one(
            "INSERT INTO authors (name, born) VALUES ($1, $2) RETURNING id, born",
            &[&"Di", &None::<i32>],
        )
        .await?;
    assert_eq!(new, (4, None));
    assert_eq!(query!(BookTag).count(&tx).await?, 2);
    tx.rollback().await?;
    assert_eq!(query!(BookTag).count(&db).await?, 4);
    Ok(())
}
