//! Enums of PostgreSQL.

use std::time::Duration;

use orm::prelude::*;

use super::come_back;

#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
enum Status {
    Draft,
    InReview,
    #[model(name = "it's \"Done\", \\o/")]
    Done,
}

#[derive(Model, Debug, Clone)]
struct Paper {
    id: i64,
    status: Status,
    maybe: Option<Status>,
    history: Vec<Status>,
    maybe_history: Option<Vec<Status>>,
}

fn paper(id: i64, status: Status) -> Paper {
    let maybe = (id % 2 == 1).then_some(status);
    Paper {
        id,
        status,
        maybe,
        history: vec![status; id as usize % 3],
        maybe_history: maybe.map(|status| vec![Status::Draft, status]),
    }
}

#[orm::test]
async fn of_every_variant(db: Db) -> orm::Result<()> {
    let rows: Vec<Paper> = [Status::Draft, Status::InReview, Status::Done, Status::Done, Status::Draft]
        .into_iter()
        .zip(1..)
        .map(|(status, id)| paper(id, status))
        .collect();
    come_back!(&db, Paper { status, maybe, history, maybe_history }, rows);
    assert_eq!(query!(Paper.filter(.status.is_in([Status::Draft, Status::Done]))).count(&db).await?, 4);
    assert_eq!(query!(Paper.filter(.maybe.is_in([Some(Status::Draft), None]))).count(&db).await?, 4);
    assert_eq!(query!(Paper.filter(.status > Status::Draft)).count(&db).await?, 3);
    assert_eq!(query!(Paper.filter(.status == .maybe)).count(&db).await?, 3);
    let ordered = query!(Paper.order_by(.status, .id)).all(&db).await?;
    assert_eq!(ordered.iter().map(|p| p.id).collect::<Vec<_>>(), [1, 5, 2, 3, 4], "in the order declared");
    Ok(())
}

#[derive(Model, Debug, Clone)]
struct Ticket {
    id: i64,
    status: Status,
}

#[orm::test]
async fn a_hundred_thousand_rows_do_not_wait_for_ever(db: Db) -> orm::Result<()> {
    db.create_tables(models![Ticket]).await?;
    let statuses = [Status::Draft, Status::InReview, Status::Done];
    let new = (0..100_000).map(|i| NewTicket { status: statuses[i % 3] });
    let keys = Ticket::objects().bulk_create(new).execute(&db).await?;
    let all = query!(Ticket.order_by(.id));
    let rows = tokio::time::timeout(Duration::from_secs(60), all.all(&db)).await.expect("no deadlock")?;
    assert_eq!(rows.len(), 100_000);
    for (i, (row, key)) in rows.iter().zip(keys).enumerate() {
        assert_eq!((row.id, row.status), (key, statuses[i % 3]));
    }
    Ok(())
}

#[orm::test]
async fn a_label_without_a_variant_is_an_error_that_names_the_column(db: Db) -> orm::Result<()> {
    db.create_tables(models![Ticket]).await?;
    db.batch_execute("ALTER TYPE status ADD VALUE 'lost'").await?;
    db.batch_execute("INSERT INTO ticket (status) VALUES ('draft'), ('lost')").await?;
    let error = Ticket::objects().all(&db).await.unwrap_err();
    assert!(error.is_decode(), "{error}");
    let message = error.to_string();
    assert!(
        message.contains("`status`") && message.contains("`Status`") && message.contains("lost"),
        "{message}"
    );
    assert_eq!(query!(Ticket.filter(.status == Status::Draft)).all(&db).await?.len(), 1);
    Ok(())
}

#[orm::test]
async fn a_variant_without_a_label_is_the_servers_error(db: Db) -> orm::Result<()> {
    db.batch_execute(
        "CREATE TYPE status AS ENUM ('draft'); CREATE TABLE ticket (id bigint PRIMARY KEY, status status)",
    )
    .await?;
    let error = query!(Ticket.filter(.status == Status::InReview)).all(&db).await.unwrap_err();
    assert_eq!(error.code(), Some("22P02"), "{error}");
    assert!(error.to_string().contains("in_review"), "{error}");
    Ok(())
}

#[orm::test]
async fn shared_by_models_that_are_created_apart(db: Db) -> orm::Result<()> {
    db.create_tables(models![Paper]).await?;
    db.create_tables(models![Ticket]).await?;
    let ticket = query!(Ticket.create(status = Status::InReview)).execute(&db).await?;
    assert_eq!(ticket.status, Status::InReview);
    Ok(())
}
