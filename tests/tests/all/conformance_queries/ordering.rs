//! Facts of Django's test folder `ordering`.

use orm::prelude::*;
use tests::library::{Author, Book, Tag};

use super::{library, listed};

#[orm::test]
async fn a_second_order_replaces_the_first(db: Db) -> orm::Result<()> {
    library(&db).await?;
    assert_eq!(listed(&db, query!(Book.order_by(.id).order_by(-.year))).await?, [4, 2, 1, 3]);
    assert_eq!(listed(&db, query!(Book.order_by(-.author_id, .year))).await?, [4, 3, 1, 2]);
    Ok(())
}

#[orm::test]
async fn nulls_are_last_and_first_in_a_descending_order(db: Db) -> orm::Result<()> {
    library(&db).await?;
    assert_eq!(listed(&db, query!(Author.order_by(.born, .id))).await?, [1, 3, 2, 4]);
    assert_eq!(listed(&db, query!(Author.order_by(-.born, .id))).await?, [2, 4, 3, 1]);
    assert_eq!(listed(&db, query!(Author.order_by(.born.asc().nulls_first(), .id))).await?, [2, 4, 1, 3]);
    assert_eq!(listed(&db, query!(Author.order_by(.born.desc().nulls_last(), .id))).await?, [3, 1, 2, 4]);
    Ok(())
}

#[orm::test]
async fn reverse_turns_directions_and_the_place_of_nulls(db: Db) -> orm::Result<()> {
    library(&db).await?;
    for query in [
        query!(Author.order_by(.born, .id)),
        query!(Author.order_by(.born.desc().nulls_last(), -.id)),
        query!(Author.order_by(.born.asc().nulls_first(), .name)),
    ] {
        let mut turned = listed(&db, query.clone()).await?;
        turned.reverse();
        assert_eq!(listed(&db, query.clone().reverse()).await?, turned);
        assert_eq!(query.clone().reverse().reverse().to_sql().text(), query.to_sql().text());
        assert_eq!(query.last(&db).await?.map(|author| author.id), turned.first().copied());
    }
    Ok(())
}

#[test]
fn reverse_without_an_order_changes_nothing() {
    assert_eq!(Author::objects().reverse().to_sql().text(), Author::objects().to_sql().text());
}

#[orm::test]
async fn an_order_by_values_of_related_rows_multiplies_nothing(db: Db) -> orm::Result<()> {
    library(&db).await?;
    assert_eq!(listed(&db, query!(Author.order_by(-.books.count(), .id))).await?, [1, 2, 3, 4]);
    assert_eq!(listed(&db, query!(Author.order_by(.books.year.max(), .id))).await?, [2, 1, 3, 4]);
    assert_eq!(listed(&db, query!(Tag.order_by(-.books.count(), -.name))).await?, [1, 3, 2, 4]);
    assert_eq!(listed(&db, query!(Book.order_by(.author.name.desc(), .title))).await?, [4, 3, 1, 2]);
    Ok(())
}

#[orm::test]
async fn an_order_by_what_is_computed(db: Db) -> orm::Result<()> {
    library(&db).await?;
    assert_eq!(listed(&db, query!(Book.order_by(-(.year % 10), .id))).await?, [3, 2, 1, 4]);
    assert_eq!(listed(&db, query!(Book.order_by(-.rating.desc(), .id))).await?, [3, 1, 2, 4]);
    let counted = query!(Author.annotate(n = .books.count()).order_by(-.n, -.id));
    assert_eq!(counted.all(&db).await?.iter().map(|author| author.id).collect::<Vec<_>>(), [1, 3, 2, 4]);
    Ok(())
}

#[orm::test]
async fn an_order_chosen_at_run_time(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let by = |descending: bool| {
        Book::objects().order_by(|b| vec![if descending { b.year().desc() } else { b.year().asc() }])
    };
    assert_eq!(listed(&db, by(false)).await?, [3, 1, 2, 4]);
    assert_eq!(listed(&db, by(true)).await?, [4, 2, 1, 3]);
    assert!(!Book::objects().order_by(|_| Vec::<orm::Order<Book>>::new()).to_sql().text().contains("ORDER"));
    Ok(())
}

#[orm::test]
async fn prefetched_rows_have_an_order_of_their_own(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let ada = query!(Author.filter(.id == 1).prefetch_related(.books.order_by(-.year))).get(&db).await?;
    assert_eq!(ada.books().iter().map(|book| book.id).collect::<Vec<_>>(), [2, 1]);
    let x = query!(Tag.filter(.name == "x").prefetch_related(.books.order_by(.rating.asc().nulls_first())));
    assert_eq!(x.get(&db).await?.books().iter().map(|book| book.id).collect::<Vec<_>>(), [2, 1]);
    Ok(())
}
