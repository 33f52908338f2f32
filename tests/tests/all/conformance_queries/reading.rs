//! Facts of Django's test folder `basic`: what the terminals return, and when.

use orm::prelude::*;
use tests::library::{Author, Book};
use tests::shop::{Order, User};

use super::{ids, library, shop};

#[orm::test]
async fn get_is_exactly_one_row(db: Db) -> orm::Result<()> {
    library(&db).await?;
    assert_eq!(query!(Book.filter(.title == "C")).get(&db).await?.id, 3);
    let none = query!(Book.filter(.title == "Z")).get(&db).await;
    assert!(none.is_err_and(|error| error.is_not_found() && !error.is_multiple_rows()));
    let many = query!(Book.filter(.author.name == "ada")).get(&db).await;
    assert!(many.is_err_and(|error| error.is_multiple_rows() && !error.is_not_found()));
    Ok(())
}

#[orm::test]
async fn a_query_set_runs_anew_each_time_and_a_lazy_one_once(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let (db, log) = db.logged();
    let books = query!(Book.order_by(.id));
    assert_eq!(log.count(), 0);
    assert_eq!((books.all(&db).await?.len(), books.all(&db).await?.len()), (4, 4));
    assert_eq!(log.count(), 2, "{log}");
    let lazy = books.lazy(&db);
    assert_eq!((lazy.len().await?, lazy.rows().await?.len(), lazy.is_empty().await?), (4, 4, false));
    assert_eq!(log.count(), 3, "{log}");
    Ok(())
}

#[orm::test]
async fn refining_a_query_set_leaves_the_original_alone(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let all = query!(Book.filter(.year > 1999));
    let fewer = query!(all.filter(.rating != None).order_by(-.id));
    let page = query!(fewer[..1]);
    assert_eq!((all.count(&db).await?, fewer.count(&db).await?, page.count(&db).await?), (3, 1, 1));
    assert_eq!(ids(&db, all).await?, [1, 2, 4]);
    Ok(())
}

#[orm::test]
async fn count_and_exists_do_not_fetch_rows(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let (db, log) = db.logged();
    let books =
        query!(Book.select_related(.author).prefetch_related(.tags).filter(.year > 1999).order_by(.title));
    assert_eq!((books.count(&db).await?, books.exists(&db).await?), (3, true));
    let sql: Vec<String> = log.queries().iter().map(|query| query.sql.to_string()).collect();
    assert_eq!(sql[0], r#"SELECT count(*) FROM "books" t0 WHERE t0."year" > $1"#);
    assert_eq!(sql[1], r#"SELECT 1 FROM "books" t0 WHERE t0."year" > $1 LIMIT 1"#);
    Ok(())
}

#[orm::test]
async fn an_empty_table_has_no_first_row_and_counts_nothing(db: Db) -> orm::Result<()> {
    tests::library::create_tables(&db).await?;
    assert_eq!((Book::objects().first(&db).await?, Book::objects().last(&db).await?), (None, None));
    assert_eq!((Book::objects().count(&db).await?, Book::objects().exists(&db).await?), (0, false));
    let total =
        query!(Book.aggregate(n = .count(), latest = .year.max(), sum = .year.sum())).get(&db).await?;
    assert_eq!((total.n, total.latest, total.sum), (0, None, None));
    assert!(query!(Author.prefetch_related(.books.tags)).all(&db).await?.is_empty());
    Ok(())
}

#[orm::test]
async fn values_come_in_the_order_asked_for_and_repeat(db: Db) -> orm::Result<()> {
    library(&db).await?;
    assert_eq!(query!(Book.order_by(.id).values_list(.author_id)).all(&db).await?, [1, 1, 2, 3]);
    let pairs = query!(Book.order_by(-.id).values_list(.author.name, .rating)).all(&db).await?;
    assert_eq!(pairs[0], ("cyd".to_owned(), None));
    assert_eq!(pairs[3], ("ada".to_owned(), Some(4.5)));
    let records = query!(Book.filter(.id == 1).values(.title, writer = .author.name)).get(&db).await?;
    assert_eq!((&*records.title, &*records.writer), ("A", "ada"));
    Ok(())
}

#[orm::test]
async fn a_page_with_more_pages_after_it_is_known_by_one_row_more(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let books = query!(Book.order_by(.year));
    let mut pages = Vec::new();
    for page in 0.. {
        let rows = query!(books[page * 3..(page + 1) * 3]).all(&db).await?;
        if rows.is_empty() {
            break;
        }
        pages.push(rows.iter().map(|book| book.id).collect::<Vec<_>>());
    }
    assert_eq!(pages, [vec![3, 1, 2], vec![4]]);
    Ok(())
}

#[orm::test]
async fn a_subquery_sees_the_rows_around_it(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let spenders = query!(User.filter(exists(Order.filter(.user_id == outer(.id) && .total > 6.0))));
    assert_eq!(ids(&db, spenders).await?, [1]);
    let never = query!(User.exclude(exists(Order.filter(.recipient_id == outer(.id)))));
    assert_eq!(ids(&db, never).await?, [3]);
    let latest = query!(User
        .annotate(note = subquery(Order.filter(.user_id == outer(.id)).order_by(-.id).values_list(.note)))
        .order_by(.id));
    let notes: Vec<Option<String>> =
        latest.all(&db).await?.into_iter().map(|user| user.note.clone()).collect();
    assert_eq!(notes, [None, Some("gift wrap".into()), Some(String::new())]);
    assert_eq!(query!(latest.filter(.note == None)).count(&db).await?, 1);
    assert_eq!(query!(latest.exclude(.note.contains("gift"))).count(&db).await?, 2);
    Ok(())
}

#[orm::test]
async fn outer_reaches_relations_of_the_query_around(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let theirs =
        query!(Order.filter(exists(User.filter(.email == outer(.recipient.email) && .nick == None))));
    assert_eq!(ids(&db, theirs).await?, [1]);
    // `None == None`: an order to nobody has what a user without a nick has.
    let nameless = query!(Order.filter(exists(User.filter(.nick == outer(.recipient.nick)))));
    assert_eq!(ids(&db, nameless).await?, [1, 2, 3, 4]);
    Ok(())
}
