//! `EXPLAIN`: its text, its options, and the plan as data.

use orm::PlanNode;
use orm::prelude::*;
use tests::library::Author;
use tests::shop::{Order, User};

use crate::loading::seed;

#[orm::test]
async fn as_text(db: Db) -> orm::Result<()> {
    seed::shop(&db, 10).await?;
    let (db, log) = db.logged();
    let users = query!(User.filter(.email == "1@example.com"));
    let text = users.explain().text(&db).await?;
    assert!(text.contains(" on users t0") && text.contains("cost=") && !text.contains("actual"), "{text}");
    let logged = &log.queries()[0];
    assert_eq!(logged.sql, format!("EXPLAIN (FORMAT text) {}", users.to_sql().text()));
    assert_eq!(logged.params, ["\"1@example.com\""]);
    assert_eq!(log.count(), 1);
    let joined = query!(Order.select_related(.user).prefetch_related(.items)).explain().text(&db).await?;
    assert!(joined.contains("Join") && joined.lines().count() > 2 && !joined.contains("items"), "{joined}");
    Ok(())
}

#[orm::test]
async fn with_options(db: Db) -> orm::Result<()> {
    seed::shop(&db, 10).await?;
    let (db, log) = db.logged();
    let users = query!(User.order_by(.id));
    let all = users.explain().analyze(true).verbose(true).costs(false).settings(true).buffers(true);
    let text = all.wal(true).timing(false).summary(false).text(&db).await?;
    assert!(text.contains("public.users t0") && text.contains("(actual rows=10"), "{text}");
    assert!(!text.contains("cost=") && !text.contains("Execution Time") && !text.contains("time="), "{text}");
    assert!(
        log.queries()[0].sql.starts_with(
            "EXPLAIN (ANALYZE true, VERBOSE true, COSTS false, SETTINGS true, BUFFERS true, WAL true, \
             TIMING false, SUMMARY false, FORMAT text) SELECT"
        ),
        "{log}"
    );
    Ok(())
}

#[orm::test]
async fn options_that_do_not_go_together_are_the_servers_error(db: Db) -> orm::Result<()> {
    seed::shop(&db, 1).await?;
    let error = query!(User).explain().wal(true).text(&db).await.unwrap_err();
    assert_eq!(error.code(), Some("22023"), "{error}");
    assert!(error.to_string().contains("WAL"), "{error}");
    let error = query!(Author).explain().json(&db).await.unwrap_err();
    assert_eq!(error.code(), Some("42P01"), "{error}");
    Ok(())
}

#[orm::test]
async fn in_a_transaction_and_of_a_slice(db: Db) -> orm::Result<()> {
    seed::shop(&db, 10).await?;
    let tx = db.begin().await?;
    tx.execute("SET LOCAL enable_seqscan = off", &[]).await?;
    let plan = query!(User.filter(.id == 3)[..1]).explain().json(&tx).await?;
    assert_eq!(plan.root.node_type, "Limit");
    assert!(plan.nodes().any(|node| node.index.as_deref() == Some("users_pkey")), "{plan:?}");
    tx.commit().await
}

#[orm::test]
async fn as_data(db: Db) -> orm::Result<()> {
    seed::shop(&db, 30).await?;
    let query = query!(Order.filter(.user.active).order_by(-.total));
    let plan = query.explain().analyze(true).json(&db).await?;
    assert_eq!(plan.root.node_type, "Sort");
    assert!(plan.planning_time.is_some() && plan.execution_time.is_some());
    assert!(plan.execution_time >= plan.root.actual_time);
    let rows = query.all(&db).await?.len() as f64;
    assert_eq!((plan.root.actual_rows, plan.root.loops), (Some(rows), Some(1)));
    assert!(plan.root.total_cost >= plan.root.startup_cost && plan.root.startup_cost.is_some());
    assert!(plan.root.plan_rows.is_some_and(|rows| rows > 0.0));
    assert!(plan.root.raw.contains_key("Sort Key") && !plan.root.raw.contains_key("Plans"));

    let scans: Vec<&PlanNode> = plan.nodes().filter(|node| node.relation.is_some()).collect();
    let mut tables: Vec<_> =
        scans.iter().map(|node| (node.relation.as_deref(), node.alias.as_deref())).collect();
    tables.sort_unstable();
    assert_eq!(tables, [(Some("orders"), Some("t0")), (Some("users"), Some("t1"))]);
    assert!(scans.iter().all(|node| node.children.is_empty()));
    assert!(plan.nodes().count() >= 4, "{plan:?}");
    Ok(())
}

#[orm::test]
async fn without_running_the_query(db: Db) -> orm::Result<()> {
    seed::shop(&db, 3).await?;
    let plan = query!(User).explain().json(&db).await?;
    assert_eq!((plan.execution_time, plan.root.actual_rows, plan.root.loops), (None, None, None));
    assert_eq!(plan.root.node_type, "Seq Scan");
    let none: Vec<i64> = Vec::new();
    let never = query!(User.filter(.id.is_in(none))).explain().json(&db).await?;
    assert_eq!(never.root.node_type, "Result", "it is explained, though it would not be sent");
    Ok(())
}

#[orm::test]
async fn of_enums_and_prepared_by_nobody(db: Db) -> orm::Result<()> {
    #[derive(Enum, Debug, Clone, Copy)]
    enum Colour {
        Red,
    }
    #[derive(Model, Debug)]
    struct Flag {
        id: i64,
        colour: Colour,
    }
    db.create_tables(models![Flag]).await?;
    let flags = query!(Flag.filter(.colour == Colour::Red));
    let tx = db.begin().await?;
    for _ in 0..3 {
        assert!(flags.explain().analyze(true).text(&tx).await?.contains("actual"));
    }
    let sql = "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'EXPLAIN%'";
    assert_eq!(tx.query_as_one::<i64>(sql, &[]).await?, 0);
    tx.commit().await
}
