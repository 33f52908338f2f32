//! What Django's ORM does, done here: one test for each line of `docs/django.md` that no other test stands behind.

mod aggregation;
mod expressions;
mod filtering;
mod ordering;
mod relations;
mod retrieval;
mod writing;

use orm::prelude::*;
use tests::{library, shop};

/// Three users, the third inactive, the first with two orders and the second with one; two authors, the first with
/// three books and the second with one; two tags.
async fn filled(db: &Db) -> orm::Result<()> {
    shop::create_tables(db).await?;
    library::create_tables(db).await?;
    db.batch_execute(
        "INSERT INTO users (email, active, nick) VALUES ('a', true, 'x'), ('b', true, NULL), ('c', false, NULL);
         INSERT INTO profiles VALUES (1, 'London');
         INSERT INTO categories (name, parent_id) VALUES ('drinks', NULL), ('tea', 1);
         INSERT INTO products (name, price, category_id) VALUES ('sencha', 8, 2), ('cup', 5, NULL);
         INSERT INTO orders (user_id, recipient_id, total, note, placed_at) VALUES
             (1, 2, 10, 'gift', '2024-06-30 22:00Z'), (1, NULL, 20, NULL, '2024-07-01 02:00Z'),
             (2, 1, 5, 'x', '2025-01-01 00:00Z');
         INSERT INTO items (order_id, product_id, quantity) VALUES (1, 1, 3), (1, 2, 1), (2, 1, 4);
         INSERT INTO authors (name, born) VALUES ('x', 1900), ('y', NULL);
         INSERT INTO books (author_id, title, year, rating) VALUES
             (1, 'A', 2000, 1.0), (1, 'B', 2001, NULL), (1, 'C', 2002, 3.0), (2, 'D', 1999, NULL);
         INSERT INTO tags (name) VALUES ('t'), ('u');
         INSERT INTO book_tags VALUES (1, 1), (1, 2), (2, 1), (4, 2);",
    )
    .await
}
