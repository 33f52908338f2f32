//! Facts of Django's test folders on writes and expressions, on the models of this project.

mod bulk_create;
mod composite_pk;
mod db_functions;
mod delete;
mod expressions;
mod expressions_case;
mod get_or_create;
mod jsonfield;
mod many_to_many;
mod postgres;
mod projections;
mod raw_query;
mod same_rows;
mod saving;
mod select_for_update;
mod transactions;
mod update;
mod values;

use orm::prelude::*;
use tests::{library, shop};

/// The keys of a query's rows, in their order.
macro_rules! ids {
    ($db:expr, $($query:tt)+) => {
        query!($($query)+.order_by(.id).values_list(.id)).all($db).await?
    };
}
use ids;

/// Four users, the second inactive, the second and the fourth without a nick, the fourth without orders; five orders, six
/// lines of them, four products of three categories.
async fn shop(db: &Db) -> orm::Result<()> {
    shop::create_tables(db).await?;
    db.batch_execute(
        "INSERT INTO users (email, active, nick) VALUES
            ('ada@x', true, 'ada'), ('bob@x', false, NULL), ('cy@x', true, 'cy'), ('dot@x', true, NULL);
         INSERT INTO profiles VALUES (1, 'Paris'), (2, NULL);
         INSERT INTO categories (name, parent_id) VALUES ('drinks', NULL), ('tea', 1), ('food', NULL);
         INSERT INTO products (name, price, category_id) VALUES
            ('green', 8, 2), ('black', 6, 2), ('bread', 3, 3), ('misc', 1, NULL);
         INSERT INTO orders (user_id, recipient_id, total, note, placed_at) VALUES
            (1, NULL, 10, 'gift', '2024-01-15T10:00Z'), (1, 2, 20, NULL, '2024-02-10T23:30Z'),
            (2, 1, 30, 'urgent', '2024-02-20T12:00Z'), (3, NULL, 40, NULL, '2024-03-31T22:30Z'),
            (3, 3, 50, 'gift', '2024-12-31T23:30Z');
         INSERT INTO items (order_id, product_id, quantity) VALUES
            (1, 1, 2), (1, 2, 1), (2, 1, 5), (3, 3, 1), (5, 1, 3), (5, 4, 10);",
    )
    .await
}

/// Three authors, the second of unknown birth and the third without books; four books, two of them rated; three tags, the
/// third without books.
async fn library(db: &Db) -> orm::Result<()> {
    library::create_tables(db).await?;
    db.batch_execute(
        "INSERT INTO authors (name, born) VALUES ('Ada', 1815), ('Bo', NULL), ('Cy', 1950);
         INSERT INTO books (author_id, title, year, rating) VALUES
            (1, 'Notes', 1843, 4.5), (1, 'Letters', 1850, NULL), (2, 'Stones', 2001, 3), (2, 'Clouds', 2010, NULL);
         INSERT INTO tags (name) VALUES ('old'), ('math'), ('art');
         INSERT INTO book_tags VALUES (1, 1), (1, 2), (2, 1), (3, 2);",
    )
    .await
}

fn sorted<T: PartialOrd>(mut values: Vec<T>) -> Vec<T> {
    values.sort_by(|a, b| a.partial_cmp(b).expect("an order"));
    values
}
