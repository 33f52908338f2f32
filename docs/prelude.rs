//! What the guide's examples have in scope, in lines that the guide does not show.

pub use orm::prelude::*;
pub use orm::{QueryLog, Statement};

pub use crate::models::*;

/// A text with each run of white space as one space, and none inside parentheses at their ends.
pub fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace("( ", "(").replace(" )", ")")
}

/// Asserts the text of a statement; how `sql` is broken into lines does not matter.
///
/// # Panics
///
/// When the text is another one.
#[track_caller]
pub fn assert_sql(statement: &Statement, sql: &str) {
    assert_eq!(squeezed(statement.text()), squeezed(sql));
}

/// Asserts what a statement says after `WHERE`.
///
/// # Panics
///
/// When it says something else.
#[track_caller]
pub fn assert_where(statement: &Statement, condition: &str) {
    let after = statement.text().split_once(" WHERE ").map(|(_, condition)| condition);
    assert_eq!(after, Some(condition));
}

/// Asserts the statements of a log, `BEGIN` and its like included, and forgets them.
///
/// # Panics
///
/// When they are others.
#[track_caller]
pub fn assert_log<const N: usize>(log: &QueryLog, statements: [&str; N]) {
    let logged: Vec<String> = log.queries().iter().map(|query| squeezed(&query.sql)).collect();
    assert_eq!(logged, statements.map(squeezed));
    log.clear();
}

/// Runs an example on a database of its own, with the tables of the guide's models and a few rows in them.
///
/// # Panics
///
/// When the example fails.
pub fn run(example: impl AsyncFnOnce(Db) -> orm::Result<()>) {
    let run = async |db: Db| {
        fill(&db).await?;
        example(db).await
    };
    orm::testing::run("guide", run).unwrap_or_else(|error| panic!("{error}"));
}

/// Two users, one with two orders; two authors, one with two books, both tagged.
async fn fill(db: &Db) -> orm::Result<()> {
    let tables = models![User, Profile, Order, Item, Product, Category, Author, Book, Tag, BookTag];
    db.create_tables(tables).await?;
    db.batch_execute(
        "INSERT INTO users (email, active) VALUES ('ada@example.com', true), ('bob@example.com', false);
         INSERT INTO profiles VALUES (1, 'London');
         INSERT INTO categories (name, parent_id) VALUES ('drinks', NULL), ('tea', 1);
         INSERT INTO products (name, price, category_id) VALUES ('sencha', 8, 2), ('cup', 5, NULL);
         INSERT INTO orders (user_id, recipient_id, total) VALUES (1, NULL, 120), (1, 2, 8);
         INSERT INTO items (order_id, product_id, quantity) VALUES (1, 1, 2), (1, 2, 4), (2, 1, 1);
         INSERT INTO authors (name, born) VALUES ('Ada', 1815), ('Bo', NULL);
         INSERT INTO books (author_id, title, year) VALUES (1, 'Notes', 1843), (1, 'Letters', 1850);
         INSERT INTO tags (name) VALUES ('science'), ('old');
         INSERT INTO book_tags VALUES (1, 1), (1, 2), (2, 2);",
    )
    .await
}
