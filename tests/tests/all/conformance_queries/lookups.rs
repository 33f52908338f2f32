//! Facts of Django's test folders `lookup` and `reverse_lookup`.

use orm::prelude::*;
use tests::library::{Author, Book, Tag};
use tests::shop::{Order, User};

use super::{ids, library, listed, shop};

#[orm::test]
async fn special_characters_of_patterns_stand_for_themselves(db: Db) -> orm::Result<()> {
    library(&db).await?;
    db.batch_execute(r"INSERT INTO tags (name) VALUES ('50%'), ('50_'), ('a\b'), ('it''s')").await?;
    assert_eq!(ids(&db, query!(Tag.filter(.name.contains("%")))).await?, [5]);
    assert_eq!(ids(&db, query!(Tag.filter(.name.ends_with("_")))).await?, [6]);
    assert_eq!(ids(&db, query!(Tag.filter(.name.icontains(r"\")))).await?, [7]);
    assert_eq!(ids(&db, query!(Tag.filter(.name.starts_with("50")))).await?, [5, 6]);
    assert_eq!(ids(&db, query!(Tag.filter(.name == "it's" || .name.iexact("50_")))).await?, [6, 8]);
    Ok(())
}

#[orm::test]
async fn case_matters_only_where_it_is_asked_for(db: Db) -> orm::Result<()> {
    library(&db).await?;
    assert_eq!(ids(&db, query!(Book.filter(.title.contains("a")))).await?, Vec::<i64>::new());
    assert_eq!(ids(&db, query!(Book.filter(.title.icontains("a")))).await?, [1]);
    assert_eq!(ids(&db, query!(Book.filter(.title.iexact("b")))).await?, [2]);
    assert_eq!(
        ids(&db, query!(Book.filter(.title.istarts_with("c") || .title.iends_with("d")))).await?,
        [3, 4]
    );
    Ok(())
}

#[orm::test]
async fn the_empty_text_is_in_every_text_and_not_in_null(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    assert_eq!(ids(&db, query!(Order.filter(.note.contains("")))).await?, [1, 3, 4]);
    assert_eq!(ids(&db, query!(Order.filter(.note == ""))).await?, [4]);
    assert_eq!(ids(&db, query!(Order.exclude(.note.starts_with("gift")))).await?, [2, 4]);
    Ok(())
}

#[orm::test]
async fn a_text_of_another_column_is_looked_for_too(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    assert_eq!(ids(&db, query!(User.filter(.email.contains(.nick)))).await?, Vec::<i64>::new());
    assert_eq!(ids(&db, query!(User.exclude(.email.starts_with(.nick)))).await?, [1, 2, 3]);
    db.batch_execute("UPDATE users SET nick = 'A' WHERE id = 1; UPDATE users SET nick = '%' WHERE id = 3")
        .await?;
    assert_eq!(ids(&db, query!(User.filter(.email.istarts_with(.nick)))).await?, [1]);
    assert_eq!(ids(&db, query!(User.filter(.email.contains(.nick)))).await?, Vec::<i64>::new());
    Ok(())
}

#[orm::test]
async fn a_list_may_repeat_and_be_any_collection(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let set = std::collections::BTreeSet::from([1_i64, 3]);
    assert_eq!(ids(&db, query!(Book.filter(.id.is_in([3, 1, 3])))).await?, [1, 3]);
    assert_eq!(ids(&db, query!(Book.filter(.id.is_in(&set)))).await?, [1, 3]);
    assert_eq!(ids(&db, query!(Book.filter(.id.is_in((1..3).map(|id| id * 2))))).await?, [2, 4]);
    assert_eq!(ids(&db, query!(Book.filter(.title.is_in(["A", "B", "Z"])))).await?, [1, 2]);
    assert_eq!(ids(&db, query!(Book.filter(.rating.is_in([Some(1.0), None])))).await?, [2, 3, 4]);
    Ok(())
}

#[orm::test]
async fn a_range_includes_both_ends_and_may_be_empty(db: Db) -> orm::Result<()> {
    library(&db).await?;
    assert_eq!(ids(&db, query!(Book.filter(.year.between(2000, 2010)))).await?, [1, 2, 4]);
    assert_eq!(ids(&db, query!(Book.filter(.year.between(2010, 2000)))).await?, Vec::<i64>::new());
    assert_eq!(ids(&db, query!(Book.exclude(.year.between(2000, 2001)))).await?, [3, 4]);
    assert_eq!(ids(&db, query!(Book.filter(.year.between(.author.born, 2000)))).await?, [1]);
    Ok(())
}

#[orm::test]
async fn in_bulk_maps_keys_to_rows_and_leaves_out_the_missing(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let (db, log) = db.logged();
    let books = Book::objects().in_bulk(&db, [1, 3, 3, 99]).await?;
    assert_eq!((books.len(), &*books[&3].title), (2, "C"));
    assert!(Book::objects().in_bulk(&db, []).await?.is_empty());
    assert_eq!(log.count(), 1, "{log}");
    let rated = query!(Book.filter(.rating != None).select_related(.author)).in_bulk(&db, 1..=4).await?;
    assert_eq!((rated.len(), &*rated[&3].author().name), (2, "bob"));
    Ok(())
}

#[orm::test]
async fn reverse_relations_are_followed_from_the_other_side(db: Db) -> orm::Result<()> {
    library(&db).await?;
    assert_eq!(ids(&db, query!(Author.filter(.books.any(.title == "D")))).await?, [3]);
    assert_eq!(ids(&db, query!(Tag.filter(.books.any(.author.name == "ada")))).await?, [1, 2]);
    assert_eq!(ids(&db, query!(Author.filter(.books.tags.any(.name == "z")))).await?, [2]);
    assert_eq!(ids(&db, query!(Book.filter(.author.books.any(.title == "A")))).await?, [1, 2]);
    Ok(())
}

#[orm::test]
async fn values_are_compared_with_values_of_related_rows(db: Db) -> orm::Result<()> {
    library(&db).await?;
    assert_eq!(ids(&db, query!(Book.filter(.year - 185 == .author.born))).await?, [1]);
    assert_eq!(ids(&db, query!(Book.filter(.author.born < .year))).await?, [1, 2, 4]);
    assert_eq!(ids(&db, query!(Book.exclude(.author.born < .year))).await?, [3]);
    assert_eq!(listed(&db, query!(Book.order_by(.year - .author.born, .id))).await?, [4, 1, 2, 3]);
    Ok(())
}

#[orm::test]
async fn extreme_numbers_are_compared_as_they_are(db: Db) -> orm::Result<()> {
    library(&db).await?;
    assert_eq!(ids(&db, query!(Book.filter(.id < i64::MAX && .year > i32::MIN))).await?, [1, 2, 3, 4]);
    assert_eq!(ids(&db, query!(Book.filter(.id.is_in([i64::MIN, i64::MAX, 2])))).await?, [2]);
    assert_eq!(ids(&db, query!(Book.filter(.rating < f64::INFINITY))).await?, [1, 3]);
    Ok(())
}
