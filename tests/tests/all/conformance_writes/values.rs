//! Facts of Django's test folders `lookup` and `queries` on `values` and `values_list`.

use orm::functions::{Unit, coalesce, concat};
use orm::prelude::*;
use tests::library::{Author, Book, BookTag};
use tests::shop::{Item, Order, User};

use super::{library, shop};

#[orm::test]
async fn values_over_nullable_relations_are_options(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let query =
        query!(Order.values(.id, to = .recipient.email, city = .recipient.profile.city).order_by(.id));
    let rows = query.all(&db).await?;
    let rows: Vec<_> = rows.iter().map(|row| (row.id, row.to.as_deref(), row.city.as_deref())).collect();
    assert_eq!(
        rows,
        [
            (1, None, None),
            (2, Some("bob@x"), None),
            (3, Some("ada@x"), Some("Paris")),
            (4, None, None),
            (5, Some("cy@x"), None)
        ]
    );
    Ok(())
}

#[orm::test]
async fn a_filter_after_values_is_on_rows_and_on_names(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let query =
        query!(Order.values(day = .placed_at.date(), size = .total * 2.0).filter(.size > 50.0, .user.active));
    let rows = query!(query.order_by(-.day)).all(&db).await?;
    assert_eq!(rows.iter().map(|row| row.size).collect::<Vec<_>>(), [100.0, 80.0]);
    assert_eq!(query.count(&db).await?, 2);
    Ok(())
}

#[orm::test]
async fn distinct_values_in_an_order_of_their_own(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let notes = query!(Order.values_list(.note).distinct().order_by(.note.desc().nulls_last()));
    assert_eq!(notes.all(&db).await?, [Some("urgent".into()), Some("gift".into()), None]);
    assert_eq!(notes.count(&db).await?, 3);
    let lengths = query!(Order.values_list(coalesce(.note, "").length(), .user.active).distinct());
    let lengths = query!(lengths.order_by(.user.email)).all(&db).await?;
    assert_eq!(lengths, [(4, true), (0, true), (6, false)].to_vec());
    Ok(())
}

#[orm::test]
async fn distinct_values_of_functions_with_parameters(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let query = query!(Order.values_list(.placed_at.at_time_zone("Europe/Berlin").trunc(Unit::Month).date()).distinct());
    // The last of March and of December are in the next month there.
    let months = query!(query.order_by(.placed_at.at_time_zone("Europe/Berlin").trunc(Unit::Month).date()))
        .all(&db)
        .await?;
    let months: Vec<String> = months.iter().map(ToString::to_string).collect();
    assert_eq!(months, ["2024-01-01", "2024-02-01", "2024-04-01", "2025-01-01"]);
    Ok(())
}

#[orm::test]
async fn groups_by_a_function_with_parameters(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let query = query!(Order
        .group_by(month = .placed_at.at_time_zone("Europe/Berlin").trunc(Unit::Month), known = if coalesce(.note, "no") != "no" { true } else { false })
        .annotate(n = .count(), sum = .total.sum(), people = .user_id.count().distinct())
        .order_by(.month, .known));
    let groups = query.all(&db).await?;
    let groups: Vec<_> = groups
        .iter()
        .map(|group| (group.month.date().to_string(), group.known, group.n, group.sum, group.people))
        .collect();
    assert_eq!(
        groups,
        [
            ("2024-01-01".into(), true, 1, Some(10.0), 1),
            ("2024-02-01".into(), false, 1, Some(20.0), 1),
            ("2024-02-01".into(), true, 1, Some(30.0), 1),
            ("2024-04-01".into(), false, 1, Some(40.0), 1),
            ("2025-01-01".into(), true, 1, Some(50.0), 1),
        ]
    );
    assert_eq!(query.count(&db).await?, 5);
    Ok(())
}

#[orm::test]
async fn groups_by_a_calculation_over_a_relation(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let query = query!(Item
        .group_by(cheap = (.product.price / 5.0).floor(), name = concat((.product.category.name, "!")))
        .annotate(pieces = .quantity.sum(), orders = .order_id.count().distinct())
        .filter(.pieces > 1, .cheap < 9.0)
        .order_by(-.pieces, .name));
    let groups = query.all(&db).await?;
    let groups: Vec<_> = groups.iter().map(|g| (g.cheap, g.name.as_str(), g.pieces, g.orders)).collect();
    assert_eq!(groups, [(1.0, "tea!", Some(11), 3), (0.0, "!", Some(10), 1)]);
    Ok(())
}

#[orm::test]
async fn slices_and_terminals_of_values(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let totals = query!(Order.values_list(.total).order_by(-.total));
    assert_eq!(query!(totals[1..3]).all(&db).await?, [40.0, 30.0]);
    assert_eq!(totals.first(&db).await?, Some(50.0));
    assert_eq!(totals.last(&db).await?, Some(10.0));
    assert!(totals.get(&db).await.unwrap_err().is_multiple_rows());
    assert!(query!(totals.filter(.total > 99.0)).get(&db).await.unwrap_err().is_not_found());
    assert!(query!(totals.filter(.total > 45.0)).exists(&db).await?);
    Ok(())
}

#[orm::test]
async fn aggregates_over_relations_among_values(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let query = query!(Author.values(
        .name,
        written = .books.count(),
        tags = .books.tags.count(),
        latest = subquery(Book.filter(.author_id == outer(.id)).order_by(-.year).values_list(.title)),
        titles = .books.title.array_agg()
    ));
    let rows = query!(query.filter(.written > 0 || .tags == 0).order_by(.name)).all(&db).await?;
    assert_eq!(rows.iter().map(|row| (row.written, row.tags)).collect::<Vec<_>>(), [(2, 3), (2, 1), (0, 0)]);
    assert_eq!(
        rows.iter().map(|row| row.latest.as_deref()).collect::<Vec<_>>(),
        [Some("Letters"), Some("Clouds"), None]
    );
    assert_eq!(rows.iter().map(|row| row.titles.len()).collect::<Vec<_>>(), [2, 2, 0]);
    Ok(())
}

#[orm::test]
async fn values_of_a_third_table_and_of_a_shared_key(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let query = query!(BookTag.order_by(.book.author.name, .tag.name, .book_id));
    let rows = query!(query.values_list(.book.author.name, .tag.name, .book.title.lower())).all(&db).await?;
    assert_eq!(
        rows,
        [
            ("Ada", "math", "notes"),
            ("Ada", "old", "notes"),
            ("Ada", "old", "letters"),
            ("Bo", "math", "stones")
        ]
        .map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned()))
    );
    Ok(())
}

#[orm::test]
async fn eight_values_of_eight_types(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let row = query!(User.filter(.id == 1).values_list(
        .id, .email, .active, .nick, .created_at.year() / 1000, .orders.count(), .orders.total.avg(), .profile.city
    ));
    let row = row.get(&db).await?;
    assert_eq!(
        row,
        (1, "ada@x".to_owned(), true, Some("ada".to_owned()), 2, 2, Some(15.0), Some("Paris".to_owned()))
    );
    Ok(())
}
