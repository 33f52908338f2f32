//! `bulk_update`.

use orm::prelude::*;
use tests::library::{self, Author, NewAuthor};
use tests::shop::Order;

use super::{filled, totals};

#[orm::test]
async fn each_row_gets_its_own_values_in_one_statement(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let mut orders = query!(Order.filter(.id > 1).order_by(-.id)).all(&db).await?;
    for order in &mut orders {
        order.total += order.id as f64;
        order.note = (order.id == 4).then(|| "four".into());
        order.user_id = 1;
    }
    let (db, log) = db.logged();
    assert_eq!(query!(Order.bulk_update(&orders, .total, .note)).execute(&db).await?, 5);
    assert_eq!(log.count(), 1);
    assert_eq!(
        log.queries()[0].sql,
        r#"UPDATE "orders" t0 SET "total" = u.c3, "note" = u.c4 FROM unnest($1, $2, $3) AS u(c0, c3, c4) WHERE t0."id" = u.c0"#
    );
    let rows = query!(Order.order_by(.id)).all(&db).await?;
    let rows: Vec<_> = rows.iter().map(|o| (o.total, o.note.as_deref(), o.user_id)).collect();
    assert_eq!(
        rows,
        [
            (10.0, Some("note 1"), 1),
            (22.0, None, 1),
            (33.0, None, 2),
            (44.0, Some("four"), 2),
            (55.0, None, 3),
            (66.0, None, 3),
        ]
    );
    Ok(())
}

#[orm::test]
async fn rows_come_from_any_collection_and_with_loaded_relations(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let mut orders = query!(Order.select_related(.user).order_by(.id)).all(&db).await?;
    orders.iter_mut().for_each(|order| order.total = 1.0);
    let updated = Order::objects().bulk_update(&orders[..2], |o| o.total());
    assert_eq!(updated.execute(&db).await?, 2);
    let odd = orders.iter().filter(|order| order.id % 2 == 1);
    assert_eq!(Order::objects().bulk_update(odd, |o| (o.total(),)).execute(&db).await?, 3);
    assert_eq!(totals(&db).await?, [1.0, 1.0, 1.0, 40.0, 1.0, 60.0]);
    Ok(())
}

#[orm::test]
async fn missing_rows_show_in_the_count_and_filters_hold(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let mut orders = query!(Order.order_by(.id)).all(&db).await?;
    orders.iter_mut().for_each(|order| order.total = 0.0);
    orders[0].delete(&db).await?;
    let active = query!(Order.filter(.user.active, .total < 60.0));
    assert_eq!(
        query!(active.bulk_update(&orders, .total)).execute(&db).await?,
        2,
        "the second and the fifth"
    );
    assert_eq!(totals(&db).await?, [0.0, 30.0, 40.0, 0.0, 60.0]);
    assert_eq!(query!(Order.bulk_update(&orders, .total)).execute(&db).await?, 5, "one is gone");
    Ok(())
}

#[orm::test]
async fn no_rows_are_no_statement(db: Db) -> orm::Result<()> {
    let (db, log) = db.logged();
    let orders: Vec<Order> = Vec::new();
    assert_eq!(query!(Order.bulk_update(&orders, .total)).execute(&db).await?, 0);
    assert_eq!(log.queries().len(), 0, "{log}");
    Ok(())
}

#[orm::test]
async fn equal_keys_and_columns_of_the_key_are_errors(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let orders = query!(Order.order_by(.id)).all(&db).await?;
    let (db, log) = db.logged();
    let twice = [&orders[0], &orders[1], &orders[0]];
    let error = query!(Order.bulk_update(twice, .total)).execute(&db).await.unwrap_err();
    assert!(error.to_string().contains("same key"), "{error}");
    let error = query!(Order.bulk_update(&orders, .total, .id)).execute(&db).await.unwrap_err();
    assert!(error.to_string().contains("`id` is in the primary key of Order"), "{error}");
    assert_eq!(log.queries().len(), 0);
    Ok(())
}

#[orm::test]
async fn a_violation_changes_nothing(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let mut orders = query!(Order).all(&db).await?;
    orders.iter_mut().for_each(|order| order.total = 0.0);
    orders[3].user_id = 99;
    let error = query!(Order.bulk_update(&orders, .total, .user_id)).execute(&db).await.unwrap_err();
    assert!(error.is_foreign_key_violation(), "{error}");
    assert_eq!(totals(&db).await?, [10.0, 20.0, 30.0, 40.0, 50.0, 60.0]);
    Ok(())
}

#[orm::test]
async fn ten_thousand_rows_are_one_statement(db: Db) -> orm::Result<()> {
    library::create_tables(&db).await?;
    let new = (0..10_000).map(|i| NewAuthor { name: format!("{i}") });
    Author::objects().bulk_create(new).execute(&db).await?;
    let mut authors = query!(Author).all(&db).await?;
    for author in &mut authors {
        author.born = (author.id % 3 != 0).then_some(author.id as i32);
        author.name.push('!');
    }
    let (db, log) = db.logged();
    assert_eq!(query!(Author.bulk_update(&authors, .born, .name)).execute(&db).await?, 10_000);
    assert_eq!(log.queries().len(), 1);
    assert_eq!(query!(Author.order_by(.id)).all(&db).await?, {
        authors.sort_by_key(|author| author.id);
        authors
    });
    Ok(())
}

#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Shade {
    Light,
    Dark,
}

/// A key of several columns, one of them an enum; arrays beside it.
#[derive(Model, Debug, Clone, PartialEq)]
struct Swatch {
    #[model(primary_key)]
    shade: Shade,
    #[model(primary_key)]
    number: i32,
    next: Option<Shade>,
    amounts: Vec<i32>,
    shades: Option<Vec<Shade>>,
}

async fn swatches(db: &Db, count: i32) -> orm::Result<Vec<Swatch>> {
    db.create_tables(models![Swatch]).await?;
    let shades = [Shade::Light, Shade::Dark];
    let new =
        (0..count).map(|i| NewSwatch { shade: shades[i as usize % 2], number: i / 2, amounts: vec![i] });
    Swatch::objects().bulk_create(new).execute(db).await?;
    let mut rows = query!(Swatch.order_by(.number, .shade)).all(db).await?;
    for (row, i) in rows.iter_mut().zip(0..) {
        row.next = (i % 3 == 0).then_some(Shade::Dark);
        row.amounts = vec![i, -i];
        row.shades = (i % 2 == 0).then(|| vec![Shade::Dark, Shade::Light]);
    }
    Ok(rows)
}

#[orm::test]
async fn enums_and_composite_keys_travel_in_arrays(db: Db) -> orm::Result<()> {
    let rows = swatches(&db, 5).await?;
    let (db, log) = db.logged();
    assert_eq!(query!(Swatch.bulk_update(&rows, .next)).execute(&db).await?, 5);
    assert_eq!(
        log.queries()[0].sql,
        r#"UPDATE "swatch" t0 SET "next" = u.c2 FROM unnest($1::"shade"[], $2, $3::"shade"[]) AS u(c0, c1, c2) WHERE t0."shade" = u.c0 AND t0."number" = u.c1"#
    );
    let found = query!(Swatch.order_by(.number, .shade)).all(&db).await?;
    assert!(found.iter().zip(&rows).all(|(found, row)| found.next == row.next && found.amounts.len() == 1));
    Ok(())
}

/// Both columns together tell two rows apart, and their bytes one after another do not.
#[derive(Model, Debug, Clone, PartialEq)]
struct Place {
    #[model(primary_key)]
    street: String,
    #[model(primary_key)]
    house: String,
    floors: i32,
}

#[orm::test]
async fn keys_of_several_texts_are_told_apart(db: Db) -> orm::Result<()> {
    db.create_tables(models![Place]).await?;
    let place = |street: &str, house: &str| Place { street: street.into(), house: house.into(), floors: 2 };
    let places = [place("a", "12"), place("a1", "2"), place("", "a12")];
    Place::objects().bulk_create(places.clone()).execute(&db).await?;
    assert_eq!(query!(Place.bulk_update(&places, .floors)).execute(&db).await?, 3);
    let twice = [place("a", "12"), place("a1", "2"), place("a", "12")];
    let error = query!(Place.bulk_update(&twice, .floors)).execute(&db).await.unwrap_err();
    assert!(error.to_string().contains("same key"), "{error}");
    Ok(())
}

#[orm::test]
async fn array_columns_are_sent_as_values(db: Db) -> orm::Result<()> {
    let rows = swatches(&db, 5).await?;
    let (db, log) = db.logged();
    assert_eq!(query!(Swatch.bulk_update(&rows, .amounts, .shades, .next)).execute(&db).await?, 5);
    assert_eq!(log.queries().len(), 1);
    assert!(log.queries()[0].sql.contains("FROM (VALUES ($1::"), "{log}");
    assert_eq!(query!(Swatch.order_by(.number, .shade)).all(&db).await?, rows);
    Ok(())
}

#[orm::test]
async fn more_parameters_than_a_statement_takes_are_several_in_a_transaction(db: Db) -> orm::Result<()> {
    let mut rows = swatches(&db, 30_000).await?;
    let (db, log) = db.logged();
    assert_eq!(query!(Swatch.bulk_update(&rows, .amounts)).execute(&db).await?, 30_000);
    let sent: Vec<String> = log.queries().iter().map(|q| q.sql.chars().take(6).collect()).collect();
    assert_eq!(sent, ["BEGIN", "UPDATE", "UPDATE", "COMMIT"]);
    let last = query!(Swatch.filter(.number == 14_999, .shade == Shade::Dark)).get(&db).await?;
    assert_eq!(last.amounts, [29_999, -29_999]);

    // Refused in the second statement: the first is undone.
    db.batch_execute("ALTER TABLE swatch ADD CHECK (amounts[1] < 40000)").await?;
    rows.iter_mut().for_each(|row| row.amounts = vec![0]);
    rows[29_999].amounts = vec![50_000];
    let error = query!(Swatch.bulk_update(&rows, .amounts)).execute(&db).await.unwrap_err();
    assert!(error.is_check_violation(), "{error}");
    let first = query!(Swatch.filter(.number == 1, .shade == Shade::Light)).get(&db).await?;
    assert_eq!(first.amounts, [2, -2]);

    log.clear();
    let tx = db.begin().await?;
    rows[29_999].amounts = vec![0];
    assert_eq!(query!(Swatch.bulk_update(&rows, .amounts)).execute(&tx).await?, 30_000);
    tx.rollback().await?;
    assert_eq!(log.queries().iter().filter(|q| q.sql.starts_with("BEGIN")).count(), 1);
    Ok(())
}
