//! What Django's tests of reading say, as facts of this library.

mod composite_keys;
mod known_related;
mod lookups;
mod many_to_many;
mod many_to_one;
mod null_foreign_keys;
mod null_queries;
mod one_to_one;
mod or_lookups;
mod ordering;
mod queries_combined;
mod queries_excluded;
mod queries_joins;
mod queries_nested;
mod queries_slices;
mod reading;
mod select_related;
mod through;

use orm::prelude::*;
use orm::types::Unlocked;
use tests::{library, shop};

/// Four authors, the last of whom has no book; four books, the last of which has no tag.
async fn library(db: &Db) -> orm::Result<()> {
    library::create_tables(db).await?;
    db.batch_execute(
        "INSERT INTO authors (name, born) VALUES ('ada', 1815), ('bob', NULL), ('cyd', 1900), ('dot', NULL);
         INSERT INTO books (author_id, title, year, rating) VALUES (1, 'A', 2000, 4.5), (1, 'B', 2001, NULL),
            (2, 'C', 1999, 1), (3, 'D', 2010, NULL);
         INSERT INTO tags (name) VALUES ('x'), ('y'), ('z'), ('unused');
         INSERT INTO book_tags VALUES (1, 1), (1, 2), (2, 1), (3, 3)",
    )
    .await
}

/// Three users, two of them with a profile; four orders, two of them for somebody else; a category tree of three levels.
async fn shop(db: &Db) -> orm::Result<()> {
    shop::create_tables(db).await?;
    db.batch_execute(
        "INSERT INTO users (email, active, nick) VALUES ('a@x', true, 'ann'), ('b@x', true, NULL), ('c@x', false, 'cat');
         INSERT INTO profiles VALUES (1, 'Rome'), (2, NULL);
         INSERT INTO categories (name, parent_id) VALUES ('tea', NULL), ('green', 1), ('gunpowder', 2), ('cups', NULL);
         INSERT INTO products (name, price, category_id) VALUES ('sencha', 10, 2), ('pearl', 5, 3), ('mug', 7, 4),
            ('misc', 1, NULL);
         INSERT INTO orders (user_id, recipient_id, total, note) VALUES (1, 2, 10, 'gift'), (1, NULL, 20, NULL),
            (2, 1, 5, 'gift wrap'), (3, NULL, 0, '');
         INSERT INTO items (order_id, product_id, quantity) VALUES (1, 1, 2), (1, 3, 1), (2, 2, 3), (3, 1, 1), (3, 4, 5)",
    )
    .await
}

/// The keys of the rows of a query, sorted.
async fn ids<M: Model<Key = i64>, St: Unlocked>(db: &Db, query: QuerySet<M, M, St>) -> orm::Result<Vec<i64>> {
    let mut ids = listed(db, query).await?;
    ids.sort_unstable();
    Ok(ids)
}

/// The keys of the rows of a query, in its order.
async fn listed<M: Model<Key = i64>, St: Unlocked>(
    db: &Db,
    query: QuerySet<M, M, St>,
) -> orm::Result<Vec<i64>> {
    Ok(query.all(db).await?.iter().map(M::key).collect())
}
