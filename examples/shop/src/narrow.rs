//! Only the columns that are needed.

use orm::prelude::*;
use terminal::{heading, indented, log, say, shown};

use crate::models::{Author, Book, Order};

/// An author as the catalogue shows them.
#[derive(Projection)]
#[projection(model = Author)]
struct Shelf {
    name: String,
    #[projection(nested)]
    books: Vec<Line>,
}

/// A book as the catalogue shows it.
#[derive(Projection)]
#[projection(model = Book)]
struct Line {
    title: String,
    #[projection(.year / 10 * 10)]
    decade: i32,
}

pub async fn section(db: &Db) -> orm::Result<()> {
    heading("Parts of rows: values, values_list, projections");
    let (db, queries) = db.logged();
    say(
        "`values` are records with the names given, `values_list` tuples, or the values themselves of one column:",
    );
    let lines =
        shown!(query!(Order.values(.total, buyer = .user.email).order_by(-.total)[..3]).all(&db).await?);
    indented(
        lines.iter().map(|line| format!("=> {:>6.2}  {}\n", line.total, line.buyer)).collect::<String>(),
    );
    let coupons: Vec<Option<String>> =
        shown!(query!(Order.values_list(.coupon).distinct().order_by(.coupon)).all(&db).await?);
    indented(format!("=> {coupons:?}"));
    log(&queries);

    queries.clear();
    say(
        "A struct that derives Projection names the columns once, for signatures and templates. What is nested is \
         loaded like a relation, and of it too only what is named:",
    );
    let shelves = shown!(
        query!(Author.filter(.books.any(.rating > 4.5)).order_by(.name).project::<Shelf>()).all(&db).await?
    );
    log(&queries);
    for shelf in &shelves {
        let books: Vec<String> =
            shelf.books.iter().map(|book| format!("{} ({}s)", book.title, book.decade)).collect();
        indented(format!("=> {}: {}", shelf.name, books.join(", ")));
    }
    say("There is no row with holes: a column that was not asked for is not a field.");
    Ok(())
}
