//! `returning`.

use orm::prelude::*;
use tests::shop::Order;

use super::filled;

fn sorted<T: PartialOrd>(mut rows: Vec<T>) -> Vec<T> {
    rows.sort_by(|a, b| a.partial_cmp(b).unwrap());
    rows
}

#[orm::test]
async fn values_are_those_after_the_update(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let (db, log) = db.logged();
    let update = query!(Order.filter(.user_id == 1).update(total = .total + 1.0));
    let rows: Vec<(i64, f64, Option<String>)> =
        update.returning(|o| (o.id(), o.total(), o.note())).execute(&db).await?;
    assert_eq!(sorted(rows), [(1, 11.0, Some("note 1".into())), (2, 21.0, None)]);
    let keys: Vec<i64> =
        query!(Order.filter(.total > 45.0).update(note = None).returning(.id)).execute(&db).await?;
    assert_eq!(sorted(keys), [5, 6]);
    let computed = query!(Order.filter(.id == 5).update(total = 3.0).returning(.total * 2.0 + .total));
    assert_eq!(computed.execute(&db).await?, [9.0]);
    assert_eq!(log.count(), 3, "{log}");
    Ok(())
}

#[orm::test]
async fn whole_rows_are_returned(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let update = query!(Order.filter(.user.active, .id < 3).update(note = .user.nick).returning());
    let rows: Vec<Order> = update.execute(&db).await?;
    let rows = sorted(rows.into_iter().map(|row| (row.id, row.note)).collect());
    assert_eq!(rows, [(1, Some("nick 1".into())), (2, Some("nick 1".into()))]);
    let before = query!(Order.filter(.id == 2)).get(&db).await?;
    let deleted = Order::objects().filter(|o| o.id().eq(2)).delete().returning_rows().execute(&db).await?;
    assert_eq!(deleted, [before]);
    assert_eq!(query!(Order.filter(.id == 2).delete().returning()).execute(&db).await?, []);
    Ok(())
}

#[derive(Enum, Debug, Clone, Copy, PartialEq)]
enum Mood {
    Good,
    Bad,
}

/// Columns that travel as text, and arrays.
#[derive(Model, Debug, Clone, PartialEq)]
struct Day {
    id: i64,
    mood: Mood,
    worst: Option<Mood>,
    moods: Vec<Mood>,
    hours: Vec<i32>,
}

#[orm::test]
async fn enums_and_arrays_are_set_and_returned(db: Db) -> orm::Result<()> {
    db.create_tables(models![Day]).await?;
    query!(Day.create(mood = Mood::Good, moods = vec![Mood::Good], hours = vec![1])).execute(&db).await?;
    let update = query!(Day.update(
        mood = Mood::Bad,
        worst = .mood,
        moods = vec![Mood::Bad, Mood::Good],
        hours = vec![1, 2]
    ));
    let sql = update.to_sql()?;
    assert!(sql.text().contains(r#""mood" = $1::"mood", "worst" = t0."mood""#), "{sql}");
    let rows = update.returning(|d| (d.mood(), d.worst(), d.moods(), d.hours())).execute(&db).await?;
    assert_eq!(rows, [(Mood::Bad, Some(Mood::Good), vec![Mood::Bad, Mood::Good], vec![1, 2])]);
    let rows = query!(Day.update(worst = None).returning()).execute(&db).await?;
    assert_eq!((rows[0].mood, rows[0].worst), (Mood::Bad, None));
    Ok(())
}

#[orm::test]
async fn a_column_of_another_type_is_an_error(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    db.batch_execute("ALTER TABLE orders ALTER total TYPE real").await?;
    let error = query!(Order.update(total = .total).returning(.id, .total)).execute(&db).await.unwrap_err();
    assert!(error.is_decode() && error.message().contains("`total`"), "{error}");
    Ok(())
}
