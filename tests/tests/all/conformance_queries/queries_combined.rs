//! Facts of Django's test folder `queries`: union, intersection, difference, and none.

use orm::prelude::*;
use tests::library::{Author, Book};
use tests::shop::Order;

use super::{ids, library, listed, shop};

fn before(year: i32) -> QuerySet<Book> {
    query!(Book.filter(.year < year))
}

fn from(year: i32) -> QuerySet<Book> {
    query!(Book.filter(.year >= year))
}

#[orm::test]
async fn a_union_has_each_row_once_and_union_all_every_time(db: Db) -> orm::Result<()> {
    library(&db).await?;
    assert_eq!(ids(&db, before(2001).union(from(2000))).await?, [1, 2, 3, 4]);
    assert_eq!(ids(&db, before(2001).union_all(from(2000))).await?, [1, 1, 2, 3, 4]);
    assert_eq!(before(2001).union_all(from(2000)).count(&db).await?, 5);
    Ok(())
}

#[orm::test]
async fn an_intersection_and_a_difference_are_those_of_sets(db: Db) -> orm::Result<()> {
    library(&db).await?;
    assert_eq!(ids(&db, before(2001).intersection(from(2000))).await?, [1]);
    assert_eq!(ids(&db, before(2001).difference(from(2000))).await?, [3]);
    assert_eq!(ids(&db, from(2000).difference(before(2001))).await?, [2, 4]);
    assert!(!before(1999).intersection(from(2000)).exists(&db).await?);
    Ok(())
}

#[orm::test]
async fn a_combination_with_no_rows(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let none = || Book::objects().none();
    assert_eq!(ids(&db, before(2001).union(none())).await?, [1, 3]);
    assert_eq!(ids(&db, none().union(before(2001))).await?, [1, 3]);
    assert_eq!(ids(&db, before(2001).intersection(none())).await?, Vec::<i64>::new());
    assert_eq!(ids(&db, before(2001).difference(none())).await?, [1, 3]);
    assert_eq!(ids(&db, none().difference(before(2001))).await?, Vec::<i64>::new());
    assert_eq!(none().union(none()).count(&db).await?, 0);
    Ok(())
}

#[orm::test]
async fn a_combination_is_filtered_ordered_and_sliced_as_a_whole(db: Db) -> orm::Result<()> {
    library(&db).await?;
    // Django refuses the filter.
    let union = before(2000).union(from(2001));
    assert_eq!(listed(&db, query!(union.order_by(-.year))).await?, [4, 2, 3]);
    assert_eq!(listed(&db, query!(union.filter(.author.born != None).order_by(.id))).await?, [2, 4]);
    assert_eq!(listed(&db, query!(union.order_by(.author.name, -.id)[1..3])).await?, [3, 4]);
    assert_eq!(query!(union.order_by(.year)).first(&db).await?.map(|book| book.id), Some(3));
    assert_eq!(union.last(&db).await?.map(|book| book.id), Some(4));
    assert_eq!(query!(union.exclude(.tags.exists())).get(&db).await?.id, 4);
    Ok(())
}

#[orm::test]
async fn the_parts_of_a_combination_may_be_slices_in_their_own_order(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let oldest = query!(Book.order_by(.year)[..1]);
    let newest = query!(Book.order_by(-.year)[..2]);
    let ends = query!(oldest.union(newest).order_by(.year));
    assert_eq!(listed(&db, ends.clone()).await?, [3, 2, 4]);
    assert_eq!(ends.count(&db).await?, 3);
    Ok(())
}

#[orm::test]
async fn combinations_nest_and_are_subqueries(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let nested = before(2000).union(from(2010)).difference(query!(Book.filter(.author.name == "cyd")));
    assert_eq!(ids(&db, nested.clone()).await?, [3]);
    let authors = query!(nested.union(before(2001)).values_list(.author_id));
    assert_eq!(ids(&db, query!(Author.filter(.id.is_in(authors.clone())))).await?, [1, 2]);
    assert_eq!(ids(&db, query!(Author.exclude(.id.is_in(authors)))).await?, [3, 4]);
    Ok(())
}

#[orm::test]
async fn relations_are_loaded_for_the_combined_rows(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let (db, log) = db.logged();
    let books =
        query!(before(2001).union(from(2001)).select_related(.author).prefetch_related(.tags).order_by(.id));
    let books = books.all(&db).await?;
    assert_eq!(books.iter().map(|b| b.tags().len()).collect::<Vec<_>>(), [2, 1, 1, 0]);
    assert_eq!(books[3].author().name, "cyd");
    assert_eq!(log.count(), 3, "{log}");
    Ok(())
}

#[orm::test]
async fn values_distinct_and_aggregates_of_a_combination(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let union = before(2001).union_all(from(2000));
    assert_eq!(query!(union.values_list(.title).order_by(.title)).all(&db).await?, ["A", "A", "B", "C", "D"]);
    assert_eq!(
        query!(union.values_list(.author_id).distinct().order_by(.author_id)).all(&db).await?,
        [1, 2, 3]
    );
    let total = query!(union.aggregate(n = .count(), latest = .year.max())).get(&db).await?;
    assert_eq!((total.n, total.latest), (5, Some(2010)));
    Ok(())
}

#[orm::test]
async fn none_is_answered_without_a_statement_whatever_follows(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let (db, log) = db.logged();
    let none = Order::objects().none();
    assert!(query!(none.filter(.total > 1.0).select_related(.user).order_by(.id)).all(&db).await?.is_empty());
    assert_eq!(none.count(&db).await?, 0);
    assert!(!none.exists(&db).await?);
    assert_eq!(none.first(&db).await?, None);
    assert!(none.get(&db).await.is_err_and(|error| error.is_not_found()));
    assert!(query!(none.values_list(.id)).all(&db).await?.is_empty());
    assert!(none.in_bulk(&db, [1]).await?.is_empty());
    assert_eq!(log.count(), 0, "{log}");
    Ok(())
}

#[orm::test]
async fn a_condition_known_to_be_false_is_none_and_one_known_to_be_true_is_all(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let nothing = Vec::<i64>::new();
    let (db, log) = db.logged();
    assert!(query!(Order.filter(.id.is_in(nothing.clone()) && .total > 1.0)).all(&db).await?.is_empty());
    assert!(query!(Order.exclude(!.id.is_in(nothing.clone()))).all(&db).await?.is_empty());
    assert!(query!(Order.filter(.items.any(.id.is_in(nothing.clone())))).all(&db).await?.is_empty());
    assert!(
        query!(Order.filter(.id.is_in(Order::objects().none().values_list(|o| o.id()))))
            .all(&db)
            .await?
            .is_empty()
    );
    assert_eq!(log.count(), 0, "{log}");
    assert_eq!(ids(&db, query!(Order.filter(.id.is_in(nothing.clone()) || .total > 15.0))).await?, [2]);
    assert_eq!(ids(&db, query!(Order.filter(!.id.is_in(nothing)))).await?, [1, 2, 3, 4]);
    Ok(())
}
