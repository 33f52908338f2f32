//! Facts of Django's test folders `many_to_many` and `m2m_recursive`.

use orm::prelude::*;
use tests::library::{Book, Tag};

use super::{ids, library, listed};

#[orm::test]
async fn both_sides_find_each_other_once(db: Db) -> orm::Result<()> {
    library(&db).await?;
    assert_eq!(ids(&db, query!(Book.filter(.tags.any(.name.is_in(["x", "y"]))))).await?, [1, 2]);
    assert_eq!(ids(&db, query!(Tag.filter(.books.any(.title.starts_with("A"))))).await?, [1, 2]);
    assert_eq!(query!(Book.filter(.tags.exists())).count(&db).await?, 3);
    assert_eq!(ids(&db, query!(Tag.filter(.books.is_empty()))).await?, [4]);
    assert_eq!(ids(&db, query!(Book.filter(.tags.any(.id == 1)))).await?, [1, 2]);
    Ok(())
}

#[orm::test]
async fn all_of_several_related_rows_are_asked_for_one_by_one(db: Db) -> orm::Result<()> {
    library(&db).await?;
    assert_eq!(ids(&db, query!(Book.filter(.tags.any(.name == "x") && .tags.any(.name == "y")))).await?, [1]);
    assert_eq!(
        ids(&db, query!(Book.filter(.tags.any(.name == "x" && .name == "y")))).await?,
        Vec::<i64>::new()
    );
    let wanted = ["x", "y"];
    let all =
        wanted.iter().fold(Book::objects(), |books, &name| query!(books.filter(.tags.any(.name == name))));
    assert_eq!(ids(&db, all).await?, [1]);
    assert_eq!(ids(&db, query!(Book.filter(.tags.filter(.name.is_in(wanted)).count() == 2))).await?, [1]);
    Ok(())
}

#[orm::test]
async fn loaded_from_either_side_it_is_the_same_graph(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let books = query!(Book.prefetch_related(.tags.order_by(.id)).order_by(.id)).all(&db).await?;
    let tags = query!(Tag.prefetch_related(.books.order_by(.id)).order_by(.id)).all(&db).await?;
    let from_books: Vec<_> =
        books.iter().flat_map(|book| book.tags().iter().map(move |tag| (book.id, tag.id))).collect();
    let mut from_tags: Vec<_> =
        tags.iter().flat_map(|tag| tag.books().iter().map(move |book| (book.id, tag.id))).collect();
    from_tags.sort_unstable();
    assert_eq!(from_books, [(1, 1), (1, 2), (2, 1), (3, 3)]);
    assert_eq!(from_tags, from_books);
    Ok(())
}

#[orm::test]
async fn there_and_back_again_includes_oneself(db: Db) -> orm::Result<()> {
    library(&db).await?;
    assert_eq!(ids(&db, query!(Book.filter(.tags.books.any(.title == "A")))).await?, [1, 2]);
    let books = query!(Book.filter(.id == 2).prefetch_related(.tags.books.order_by(.id))).get(&db).await?;
    assert_eq!(books.tags()[0].books().iter().map(|book| book.id).collect::<Vec<_>>(), [1, 2]);
    Ok(())
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(
    table = "people",
    many_to_many(
        follows: Person, through = Follow(fan, idol),
        followers: Person, through = Follow(idol, fan)
    )
)]
struct Person {
    id: i64,
    name: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "follows")]
struct Follow {
    #[model(primary_key, belongs_to = Person)]
    fan_id: i64,
    #[model(primary_key, belongs_to = Person)]
    idol_id: i64,
}

/// 1 follows 2 and 3, 2 follows 3, 4 follows itself.
async fn people(db: &Db) -> orm::Result<()> {
    db.create_tables(models![Person, Follow]).await?;
    db.batch_execute(
        "INSERT INTO people (name) VALUES ('a'), ('b'), ('c'), ('d');
         INSERT INTO follows VALUES (1, 2), (1, 3), (2, 3), (4, 4)",
    )
    .await
}

#[orm::test]
async fn a_relation_to_its_own_model_has_two_directions(db: Db) -> orm::Result<()> {
    people(&db).await?;
    assert_eq!(ids(&db, query!(Person.filter(.follows.any(.name == "c")))).await?, [1, 2]);
    assert_eq!(ids(&db, query!(Person.filter(.followers.any(.name == "a")))).await?, [2, 3]);
    assert_eq!(ids(&db, query!(Person.filter(.follows.is_empty()))).await?, [3]);
    assert_eq!(ids(&db, query!(Person.exclude(.followers.exists()))).await?, [1]);
    assert_eq!(ids(&db, query!(Person.filter(.follows.follows.any(.name == "c")))).await?, [1]);
    assert_eq!(ids(&db, query!(Person.filter(.follows.all(.followers.count() > 1)))).await?, [2, 3]);
    Ok(())
}

#[orm::test]
async fn a_row_related_to_itself_is_loaded_below_itself(db: Db) -> orm::Result<()> {
    people(&db).await?;
    let all = query!(Person.prefetch_related(.follows.order_by(.id), .followers.order_by(.id)).order_by(.id));
    let all = all.all(&db).await?;
    let names = |people: &[Person]| people.iter().map(|person| person.id).collect::<Vec<_>>();
    let loaded: Vec<_> = all.iter().map(|p| (names(p.follows()), names(p.followers()))).collect();
    let expected = [(vec![2, 3], vec![]), (vec![3], vec![1]), (vec![], vec![1, 2]), (vec![4], vec![4])];
    assert_eq!(loaded, expected);
    assert_eq!(listed(&db, query!(Person.filter(.follows.any(.follows.any(.id == 4))))).await?, [4]);
    Ok(())
}

#[orm::test]
async fn counts_over_both_directions_do_not_multiply(db: Db) -> orm::Result<()> {
    people(&db).await?;
    let counts = query!(Person.annotate(idols = .follows.count(), fans = .followers.count()).order_by(.id));
    let counts: Vec<_> = counts.all(&db).await?.iter().map(|p| (p.idols, p.fans)).collect();
    assert_eq!(counts, [(2, 0), (1, 1), (0, 2), (1, 1)]);
    Ok(())
}
