//! Facts of Django's own tests, asserted here: what a query means there, it means here, or a comment says why not.

mod aggregation;
mod aggregation_regress;
mod annotations;
mod prefetch;
mod subqueries;
mod windows;

use orm::prelude::*;
use tests::{library, shop};

/// Four users of whom one ordered nothing, orders with ties in their totals, one without items, and NULLs wherever
/// there can be some.
async fn shop(db: &Db) -> orm::Result<()> {
    shop::create_tables(db).await?;
    db.batch_execute(
        "INSERT INTO users (email, active, nick) VALUES
            ('ada', true, 'a'), ('bob', true, NULL), ('cyd', false, 'c'), ('dot', true, NULL);
        INSERT INTO profiles (user_id, city) VALUES (1, 'Rome'), (2, NULL), (3, 'Oslo');
        INSERT INTO categories (name, parent_id) VALUES ('tea', NULL), ('green', 1), ('empty', NULL);
        INSERT INTO products (name, price, category_id) VALUES
            ('sencha', 10, 2), ('cup', 4, NULL), ('pot', 25, 1), ('unsold', 99, 1);
        INSERT INTO orders (user_id, recipient_id, total, note) VALUES
            (1, NULL, 30, 'gift'), (1, 2, 10, NULL), (1, NULL, 10, 'x'),
            (2, 1, 5, NULL), (3, 2, 50, 'gift'), (2, NULL, 50, NULL);
        INSERT INTO items (order_id, product_id, quantity) VALUES
            (1, 1, 1), (1, 2, 5), (2, 2, 2), (4, 2, 1), (5, 3, 2), (6, 1, 3), (6, 3, 1);",
    )
    .await
}

/// Three authors of whom one wrote nothing, five books with NULLs in their ratings, three tags of which one is of no
/// book.
async fn library(db: &Db) -> orm::Result<()> {
    library::create_tables(db).await?;
    db.batch_execute(
        "INSERT INTO authors (name, born) VALUES ('ada', 1900), ('bob', NULL), ('cyd', 1950);
        INSERT INTO books (author_id, title, year, rating) VALUES
            (1, 'A', 2000, 4), (1, 'B', 2001, NULL), (1, 'C', 2001, 2), (2, 'D', 1999, NULL), (2, 'E', 2001, 5);
        INSERT INTO tags (name) VALUES ('x'), ('y'), ('z');
        INSERT INTO book_tags (book_id, tag_id) VALUES (1, 1), (1, 2), (2, 1), (3, 1), (4, 2), (5, 2);",
    )
    .await
}
