//! Facts of Django's test folder `db_functions`: comparison, datetime, math and text, within one another.

use chrono::{NaiveDate, NaiveDateTime, Timelike};
use orm::functions::{
    SearchQuery, Unit, coalesce, concat, days, greatest, hours, least, minutes, months, nullif, pi, random,
    weeks, years,
};
use orm::prelude::*;
use tests::library::{Author, Book};
use tests::shop::{Item, Order, Product, User};

use super::{ids, library, shop};

#[orm::test]
async fn coalesce_of_three_and_its_type(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let names =
        query!(Order.order_by(.id).values_list(coalesce(.recipient.nick, coalesce(.note, .user.email))));
    let names: Vec<String> = names.all(&db).await?;
    assert_eq!(names, ["gift", "ada@x", "ada", "cy@x", "cy"]);
    let nullable: Vec<Option<String>> =
        query!(Order.order_by(.id).values_list(coalesce(.recipient.nick, .note))).all(&db).await?;
    assert_eq!(nullable[3], None);
    Ok(())
}

#[orm::test]
async fn greatest_and_least_leave_null_out(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let query = query!(Book.order_by(.id).values_list(
        greatest(.rating, coalesce(.author.born, 0).cast::<f64>() / 1000.0),
        least(.rating, 4.0),
        least(.author.born, .year)
    ));
    assert_eq!(
        query.all(&db).await?,
        [(4.5, 4.0, 1815), (1.815, 4.0, 1815), (3.0, 3.0, 2001), (0.0, 4.0, 2010)]
    );
    Ok(())
}

#[orm::test]
async fn nullif_guards_a_division(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    query!(Item.filter(.id == 1).update(quantity = 0)).execute(&db).await?;
    let shares = query!(Item.order_by(.id).values_list(10 / nullif(.quantity, 0))).all(&db).await?;
    assert_eq!(shares[..3], [None, Some(10), Some(2)]);
    let refused = query!(Item.values_list(10 / .quantity)).all(&db).await.unwrap_err();
    assert_eq!(refused.code(), Some("22012"), "{refused}");
    Ok(())
}

#[orm::test]
async fn texts_cut_padded_and_found(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let query = query!(Book.filter(.id == 3).values_list(
        .title.lpad(8, "."),
        .title.rpad(3, "x"),
        .title.substr(2, 3).upper().repeat(2),
        .title.strpos("one"),
        .title.replace("ones", "").right(1),
        concat(("<", .title.left(1), .rating.cast::<String>(), ">")),
        .title.reverse().trim().length()
    ));
    assert_eq!(
        query.get(&db).await?,
        ("..Stones".into(), "Sto".into(), "TONTON".into(), 3, "t".into(), "<S3>".into(), 6)
    );
    Ok(())
}

#[orm::test]
async fn lengths_are_of_characters(db: Db) -> orm::Result<()> {
    library(&db).await?;
    query!(Author.filter(.id == 1).update(name = "ß\u{1F980}é")).execute(&db).await?;
    let row =
        query!(Author.filter(.id == 1).values_list(.name.length(), .name.left(2), .name.upper().length()));
    assert_eq!(row.get(&db).await?, (3, "ß\u{1F980}".to_owned(), 3));
    assert_eq!(ids!(&db, Author.filter(.name.contains("\u{1F980}é"))), [1]);
    Ok(())
}

#[orm::test]
async fn hashes_and_their_lengths(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let row = query!(Author.filter(.name == "Ada").values_list(.name.lower().md5(), .name.sha256().length()))
        .get(&db)
        .await?;
    assert_eq!(row, ("8c8d357b5e872bbacd45197626bd5759".to_owned(), 64));
    assert_eq!(ids!(&db, Author.filter(.name.md5().left(1) == .name.md5().reverse().right(1))), [1, 2, 3]);
    Ok(())
}

#[orm::test]
async fn numbers_rounded_and_their_roots(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let query = query!(Order.filter(.id == 2).values_list(
        (.total / 3.0).round_to(2),
        (.total / 3.0).ceil() - (.total / 3.0).floor(),
        (-.total).abs().sqrt().power(2.0).round(),
        (-.total).sign(),
        .total.log(20.0),
        .total.ln().exp().round(),
        (.total * pi() / .total).sin().round(),
        (.total * 9.0).radians().cos().round()
    ));
    assert_eq!(query.get(&db).await?, (6.67, 1.0, 20.0, -1.0, 1.0, 20.0, 0.0, -1.0));
    let refused = query!(Order.values_list((-.total).sqrt())).all(&db).await.unwrap_err();
    assert_eq!(refused.code(), Some("2201F"), "{refused}");
    Ok(())
}

#[orm::test]
async fn random_is_of_each_row_and_filters(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    assert_eq!(query!(Order.order_by(random())).all(&db).await?.len(), 5);
    assert_eq!(query!(Order.filter(.total * 0.0 <= random())).count(&db).await?, 5);
    Ok(())
}

#[orm::test]
async fn parts_of_dates_in_filters_groups_and_orders(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    assert_eq!(ids!(&db, Order.filter(.placed_at.month() == 2, .placed_at.hour() > 12)), [2]);
    assert_eq!(ids!(&db, Order.filter(.placed_at.at_time_zone("Europe/Berlin").year() == 2025)), [5]);
    assert_eq!(ids!(&db, Order.exclude(.placed_at.quarter() == 1)), [5]);
    let query =
        query!(Order.group_by(day = .placed_at.iso_week_day()).annotate(n = .count()).order_by(-.n, .day));
    let days: Vec<_> = query.all(&db).await?.iter().map(|group| (group.day, group.n)).collect();
    assert_eq!(days, [(2, 2), (1, 1), (6, 1), (7, 1)]);
    Ok(())
}

#[orm::test]
async fn moments_cut_and_moved(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let query = query!(Order.filter(.id == 4).values_list(
        .placed_at.trunc(Unit::Quarter).date(),
        .placed_at.plus(months(1)).date(),
        .placed_at.minus(years(1)).plus(weeks(1)).month(),
        .placed_at.at_time_zone("Europe/Berlin").trunc(Unit::Day),
        .placed_at.at_time_zone("America/New_York").plus(hours(1)).time(),
        .placed_at.plus(minutes(90)).trunc(Unit::Hour).epoch() - .placed_at.trunc(Unit::Hour).epoch()
    ));
    let row = query.get(&db).await?;
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    assert_eq!((row.0, row.1, row.2), (day("2024-01-01"), day("2024-04-30"), 4));
    assert_eq!(row.3, "2024-04-01T00:00:00".parse::<NaiveDateTime>().unwrap());
    assert_eq!((row.4.hour(), row.5), (19, 7200.0));
    Ok(())
}

#[orm::test]
async fn moments_compared_with_moments_of_other_rows(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let soon = query!(Order.filter(exists(Order.filter(
        .placed_at > outer(.placed_at),
        .placed_at < outer(.placed_at.plus(days(20)))
    ))));
    assert_eq!(ids!(&db, soon), [2]);
    let later = query!(Order.filter(.placed_at > .user.created_at.minus(days(36_500))));
    assert_eq!(later.count(&db).await?, 5);
    Ok(())
}

#[orm::test]
async fn extremes_of_truncated_moments(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let query = query!(User.annotate(
        first = .orders.placed_at.min(),
        months = .orders.aggregate(.placed_at.trunc(Unit::Month).count().distinct())
    ));
    let rows =
        query!(query.order_by(.id).values_list(.first.year(), .first.trunc(Unit::Month).month(), .months));
    assert_eq!(
        rows.all(&db).await?,
        [(Some(2024), Some(1), 2), (Some(2024), Some(2), 1), (Some(2024), Some(3), 2), (None, None, 0)]
    );
    Ok(())
}

#[orm::test]
async fn casts_within_functions(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let query = query!(Product.order_by(.id).values_list(
        .price.cast::<i32>().cast::<String>().lpad(3, "0"),
        concat((.id, "/", .category_id)).cast::<String>(),
        .name.length().cast::<f64>() / 2.0
    ));
    assert_eq!(
        query.all(&db).await?[2..],
        [("003".into(), "3/3".into(), 2.5), ("001".into(), "4/".into(), 2.0)]
    );
    Ok(())
}

#[orm::test]
async fn searches_rank_over_relations(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let words = SearchQuery::websearch("tea -black").config("english");
    let query = query!(Product.filter(concat((.name, " ", .category.name)).search(words)));
    assert_eq!(ids!(&db, query), [1]);
    let ranked = query!(Order.filter(.items.any(.product.name.search("green or misc"))).order_by(-.items.count(), .id));
    assert_eq!(query!(ranked.values_list(.id)).all(&db).await?, [1, 5, 2]);
    Ok(())
}
