//! Pages by keys: `page_after`.

mod cursors;
mod orders;
mod queries;
mod statements;
mod types;

use orm::prelude::*;
use tests::library;

/// The rows of all pages of a query, each page of so many rows. All but the last page are full.
macro_rules! walked {
    ($db:expr, $query:expr, $size:expr) => {{
        let (query, size): (_, usize) = (&$query, $size);
        let (mut rows, mut next) = (Vec::new(), None);
        loop {
            let page = query.page_after($db, next.as_ref(), size).await?;
            assert!(page.rows.len() == size || page.next.is_none());
            rows.extend(page.rows);
            // As a client sends it back.
            next = page.next.map(|next| next.to_string().parse()).transpose()?;
            if next.is_none() {
                break rows;
            }
        }
    }};
}
use walked;

/// Seven authors, three without a year of birth; 60 books with many equal values, a third of them without a rating; tags.
async fn fill(db: &Db) -> orm::Result<()> {
    library::create_tables(db).await?;
    db.batch_execute(
        "INSERT INTO authors (name, born) SELECT 'author ' || n % 3, nullif(1900 + n % 3, 1900) FROM generate_series(1, 7) n;
         INSERT INTO books (author_id, title, year, rating)
            SELECT n % 6 + 1, 'title ' || n % 5, 2000 + n % 4, CASE WHEN n % 3 > 0 THEN n % 4 END FROM generate_series(1, 60) n;
         INSERT INTO tags (name) VALUES ('old'), ('new');
         INSERT INTO book_tags SELECT n, 1 FROM generate_series(2, 60, 2) n UNION ALL SELECT n, 2 FROM generate_series(3, 60, 3) n;",
    )
    .await
}
