//! Where `query!` can stand.

use orm::prelude::*;
use tests::library::{self, Author, Book, NewAuthor, NewBook};

async fn authors(db: &Db) -> orm::Result<Vec<i64>> {
    library::create_tables(db).await?;
    let new = ["ada", "bob", "cyd"].map(|name| NewAuthor { name: name.into() });
    let keys = Author::objects().bulk_create(new).execute(db).await?;
    let books = keys.iter().zip(1..).map(|(&author_id, year)| NewBook { author_id, title: "t".into(), year });
    Book::objects().bulk_create(books).execute(db).await?;
    Ok(keys)
}

/// In a generic function, over values of generic types.
async fn named<E: Executor, S: AsRef<str> + Sync>(
    db: &E,
    name: S,
    ids: impl IntoIterator<Item = i64>,
) -> orm::Result<i64> {
    query!(Author.filter(.name == name.as_ref() && .id.is_in(ids))).count(db).await
}

struct Search<'a> {
    term: Option<&'a str>,
    years: Vec<i32>,
}

impl Search<'_> {
    /// Step by step, with fields of `self`.
    fn books(&self) -> QuerySet<Book> {
        let mut books = query!(Book.filter(.year.is_in(&self.years)));
        if let Some(term) = self.term {
            books = query!(books.filter(.author.name.contains(term)));
        }
        for year in &self.years {
            books = query!(books.exclude(.year == *year * 100));
        }
        books
    }
}

#[orm::test]
async fn functions_methods_and_closures(db: Db) -> orm::Result<()> {
    let keys = authors(&db).await?;
    assert_eq!(named(&db, "ada", keys.clone()).await?, 1);
    assert_eq!(named(&db, String::from("ada"), keys[1..].iter().copied()).await?, 0);
    let search = Search { term: Some("d"), years: vec![1, 2] };
    assert_eq!(search.books().count(&db).await?, 1);
    assert_eq!(Search { term: None, ..search }.books().count(&db).await?, 2);
    let after = |year: i32| query!(Book.filter(.year > year));
    assert_eq!((after(0).count(&db).await?, after(2).count(&db).await?), (3, 1));
    let queries: Vec<QuerySet<Author>> = keys.iter().map(|id| query!(Author.filter(.id == *id))).collect();
    assert_eq!(queries[2].get(&db).await?.name, "cyd");
    Ok(())
}

#[orm::test]
async fn async_blocks_that_another_thread_runs(db: Db) -> orm::Result<()> {
    authors(&db).await?;
    let name = String::from("bob");
    let task = tokio::spawn(async move {
        let found = query!(Author.filter(.name == name).prefetch_related(.books)).all(&db).await?;
        Ok::<_, orm::Error>(found.iter().map(|a| a.books().len()).sum::<usize>())
    });
    assert_eq!(task.await.expect("it ends")?, 1);
    Ok(())
}

#[orm::test]
async fn arguments_are_any_expression_even_one_that_waits(db: Db) -> orm::Result<()> {
    let keys = authors(&db).await?;
    let years = [1, 2, 3];
    let latest = true;
    let found = query!(Book
        .filter(.author_id == query!(Author.filter(.name == "cyd")).get(&db).await?.id)
        .filter(.author_id.is_in(query!(Author.exclude(.name == "ada")).all(&db).await?.iter().map(|a| a.id)))
        .filter(.year == years.iter().copied().max().unwrap_or(0), .year >= { let n = 2; n + 1 })
        .filter(if latest { .year > 2 } else { .title == "x" })
        .filter(match keys.len() { 3 => .id > 0, _ => .id < 0 })
        .filter(.title == format!("{}", 't') && .year != years[0] && .year > -1 && .year * -1 < 0)
        .filter(.rating == None::<f64>))
    .count(&db)
    .await?;
    assert_eq!(found, 1);
    assert_eq!(query!(Book.filter(.year > 1)[..2]).all(&db).await?.len(), 2);
    assert_eq!(query!(Book.filter(.year > 1).count(&db).await?), 2);
    Ok(())
}

macro_rules! count_of {
    ($model:ident where $($condition:tt)*) => {
        query!($model.filter($($condition)*))
    };
}
macro_rules! equal {
    ($model:path, $column:ident, $value:expr) => {
        query!($model.filter(.$column == $value).order_by(-.$column))
    };
}
macro_rules! all_of {
    ($model:ty) => {
        query!($model.order_by(.id))
    };
}
macro_rules! times {
    ($value:expr) => {
        query!(Book.filter(.year * $value == 6))
    };
}
macro_rules! by_expression {
    ($query:expr, $limit:literal) => {
        query!($query.filter(.id > $limit)[..$limit])
    };
}

#[orm::test]
async fn macros_of_the_user(db: Db) -> orm::Result<()> {
    let keys = authors(&db).await?;
    let least = keys[0];
    assert_eq!(count_of!(Author where .id > least && .books.any(.year > 2)).count(&db).await?, 1);
    assert_eq!(equal!(Author, name, "ad".to_owned() + "a").count(&db).await?, 1);
    assert_eq!(equal!(tests::library::Book, year, 1 + 1).count(&db).await?, 1);
    assert_eq!(all_of!(Author).all(&db).await?.len(), 3);
    assert_eq!(times!(1 + 1).get(&db).await?.year, 3, "the sum is multiplied, not its first part");
    assert_eq!(by_expression!(Author::objects(), 1).count(&db).await?, 1);
    Ok(())
}
