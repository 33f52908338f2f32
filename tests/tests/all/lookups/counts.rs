//! How many rows of a relation there are, compared with 0 and 1: no rows are counted for it.

use orm::prelude::*;
use tests::shop::{self, *};

async fn fill(db: &Db) -> orm::Result<()> {
    shop::create_tables(db).await?;
    db.batch_execute(
        "INSERT INTO users (email, active) SELECT n, n < 3 FROM generate_series(1, 4) n;
         INSERT INTO orders (user_id, total) VALUES (1, 1), (1, 200), (3, 3)",
    )
    .await
}

const EXISTS: &str = r#"EXISTS (SELECT 1 FROM "orders" t1 WHERE t1."user_id" = t0."id")"#;

#[orm::test]
async fn whether_there_is_any(db: Db) -> orm::Result<()> {
    fill(&db).await?;
    macro_rules! are { ($({ $($condition:tt)+ } => $not:literal $ids:expr;)+) => { $(
        let users = query!(User.filter($($condition)+).order_by(.id));
        let statement = users.to_sql();
        let (_, condition) = statement.text().split_once(" WHERE ").expect("a condition");
        assert_eq!(condition, format!("{}{EXISTS} ORDER BY t0.\"id\"", $not), stringify!($($condition)+));
        let ids: Vec<i64> = query!(users.values_list(.id)).all(&db).await?;
        assert_eq!(ids, $ids, stringify!($($condition)+));
        assert_eq!(query!(User.exclude($($condition)+)).count(&db).await?, 4 - ids.len() as i64);
    )+ } }
    let none = 0;
    are! {
        { .orders.count() > 0 } => "" [1, 3];
        { .orders.count() >= 1 } => "" [1, 3];
        { .orders.count() != none } => "" [1, 3];
        { !(.orders.count() < 1) } => "" [1, 3];
        { .orders.count() == 0 } => "NOT " [2, 4];
        { .orders.count() < 1 } => "NOT " [2, 4];
        { .orders.count() <= none } => "NOT " [2, 4];
        { 0 < .orders.count() } => "" [1, 3];
    }
    let by_method = User::objects().filter(|u| u.orders().count().gt(0)).to_sql();
    assert!(by_method.text().ends_with(EXISTS), "{by_method}");
    let filtered = query!(User.filter(.orders.filter(.total > 100.0).count() > 0));
    assert!(filtered.to_sql().text().contains(r#"t1."user_id" = t0."id" AND t1."total" > $1)"#));
    assert_eq!(filtered.get(&db).await?.id, 1);
    Ok(())
}

#[orm::test]
async fn other_counts_are_counted(db: Db) -> orm::Result<()> {
    fill(&db).await?;
    let counted = [
        query!(User.filter(.orders.count() > 1)),
        query!(User.filter(.orders.count() == 1)),
        query!(User.filter(.orders.count() >= 0)),
        query!(User.filter(.orders.count() < 2)),
        query!(User.filter(.orders.note.count() == 0)),
    ];
    let mut counts = Vec::new();
    for query in counted {
        assert!(query.to_sql().text().contains("count("), "{query:?}");
        counts.push(query.count(&db).await?);
    }
    assert_eq!(counts, [1, 1, 4, 3, 4]);
    Ok(())
}
