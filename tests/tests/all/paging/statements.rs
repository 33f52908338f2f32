//! The SQL of a page, and whether indexes serve it.

use orm::prelude::*;
use tests::library::*;

use super::fill;

/// What the statement of the second page says after its `FROM`.
macro_rules! second {
    ($db:expr, $query:expr) => {{
        let (db, log) = $db.logged();
        let query = $query;
        let first = query.page_after(&db, None, 2).await?;
        query.page_after(&db, first.next.as_ref(), 2).await?;
        let sql = log.queries()[1].sql.to_string();
        sql.split_once(" t0 ").map(|(_, after)| after.to_owned()).unwrap_or(sql)
    }};
}

#[orm::test]
async fn one_direction_without_nulls_is_a_comparison_of_rows(db: Db) -> orm::Result<()> {
    fill(&db).await?;
    assert_eq!(second!(db, query!(Book)), r#"WHERE t0."id" > $1 ORDER BY t0."id" LIMIT 3"#);
    assert_eq!(
        second!(db, query!(Book.order_by(-.id))),
        r#"WHERE t0."id" < $1 ORDER BY t0."id" DESC LIMIT 3"#
    );
    assert_eq!(
        second!(db, query!(Book.filter(.year > 1).order_by(.year, .title))),
        r#"WHERE t0."year" > $1 AND (t0."year", t0."title", t0."id") > ($2, $3, $4) ORDER BY t0."year", t0."title", t0."id" LIMIT 3"#
    );
    assert_eq!(
        second!(db, query!(Book.order_by(-.author.name, -.id))),
        r#"JOIN "authors" t1 ON t1."id" = t0."author_id" WHERE (t1."name", t0."id") < ($1, $2) ORDER BY t1."name" DESC, t0."id" DESC LIMIT 3"#
    );
    Ok(())
}

#[orm::test]
async fn mixed_directions_and_nulls_begin_with_the_first_key(db: Db) -> orm::Result<()> {
    fill(&db).await?;
    assert_eq!(
        second!(db, query!(Book.order_by(-.year))),
        r#"WHERE t0."year" <= $1 AND (t0."year" < $1 OR t0."id" > $2) ORDER BY t0."year" DESC, t0."id" LIMIT 3"#
    );
    assert_eq!(
        second!(db, query!(Book.order_by(-.year, .title))),
        r#"WHERE t0."year" <= $1 AND (t0."year" < $1 OR (t0."title", t0."id") > ($2, $3)) ORDER BY t0."year" DESC, t0."title", t0."id" LIMIT 3"#
    );
    // A page that ends in a value, NULLs last.
    assert_eq!(
        second!(db, query!(Book.order_by(.rating))),
        r#"WHERE (t0."rating" >= $1 OR t0."rating" IS NULL) AND (t0."rating" > $1 OR t0."rating" IS NULL OR t0."id" > $2) ORDER BY t0."rating", t0."id" LIMIT 3"#
    );
    // A page that ends in NULL, NULLs first: all that has a value is after it.
    assert_eq!(
        second!(db, query!(Book.order_by(-.rating))),
        r#"WHERE (t0."rating" IS NOT NULL OR t0."id" > $1) ORDER BY t0."rating" DESC, t0."id" LIMIT 3"#
    );
    // And NULLs last: only other NULLs are.
    assert_eq!(
        second!(db, query!(Book.filter(.rating == None).order_by(.rating))),
        r#"WHERE t0."rating" IS NULL AND t0."rating" IS NULL AND t0."id" > $1 ORDER BY t0."rating", t0."id" LIMIT 3"#
    );
    Ok(())
}

#[orm::test]
async fn what_is_not_a_column_of_the_row_is_selected_after_it(db: Db) -> orm::Result<()> {
    fill(&db).await?;
    let (db, log) = db.logged();
    query!(Tag.order_by(.name.lower())).page_after(&db, None, 2).await?;
    assert_eq!(
        log.queries()[0].sql,
        r#"SELECT t0."id", t0."name", lower(t0."name") FROM "tags" t0 ORDER BY lower(t0."name"), t0."id" LIMIT 3"#
    );
    Ok(())
}

#[orm::test]
async fn an_index_serves_a_page(db: Db) -> orm::Result<()> {
    fill(&db).await?;
    db.batch_execute(
        "INSERT INTO books (author_id, title, year) SELECT 1, n, n FROM generate_series(1, 20000) n;
         CREATE INDEX books_year ON books (year DESC, id); CREATE INDEX books_title ON books (title, id); ANALYZE books",
    )
    .await?;
    for (index, sql) in [
        ("books_year", second!(db, query!(Book.order_by(-.year)))),
        ("books_title", second!(db, query!(Book.order_by(.title)))),
    ] {
        // With a value of the type in the place of each parameter.
        let text = index == "books_title";
        let sql = sql.replace("$2", "10000").replace("$1", if text { "'5000'" } else { "5000" });
        let plan: Vec<String> = db.query_as(&format!("EXPLAIN SELECT * FROM books t0 {sql}"), &[]).await?;
        let plan = plan.join("\n");
        assert!(plan.contains(&format!("Index Scan using {index}")) && plan.contains("Index Cond"), "{plan}");
        assert!(!plan.contains("Sort"), "{plan}");
    }
    Ok(())
}
