//! Expressions, subqueries, windows.

use orm::functions::{
    cume_dist, dense_rank, exists, first_value, lag, last_value, lead, nth_value, ntile, outer, percent_rank,
    rank, row_number,
};
use orm::prelude::*;
use tests::library::Book;
use tests::shop::{Order, User};

use super::filled;

#[orm::test]
async fn subqueries(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let small =
        query!(User.filter(exists(Order.filter(.user_id == outer(.id) && .total < 6.0)))).all(&db).await?;
    assert_eq!(small.iter().map(|user| user.id).collect::<Vec<_>>(), [2]);
    let last = query!(User
            .annotate(last = subquery(Order.filter(.user_id == outer(.id)).order_by(-.placed_at).values_list(.total)))
            .order_by(.id))
        .all(&db)
        .await?;
    assert_eq!(last.iter().map(|user| user.last).collect::<Vec<_>>(), [Some(20.0), Some(5.0), None]);
    let found =
        User::objects().filter(|u| exists(Order::objects().filter(|o| o.user_id().eq(outer(u.id())))));
    assert_eq!(found.count(&db).await?, 2);
    Ok(())
}

#[orm::test]
async fn windows(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let orders = query!(Order
            .annotate(
                number = row_number().partition_by(.user_id).order_by(-.total),
                rank = rank().order_by(.user_id),
                dense = dense_rank().order_by(.user_id),
                part = percent_rank().order_by(.total),
                before = cume_dist().order_by(.total),
                half = ntile(2).order_by(.id),
                previous = lag(.total).order_by(.id),
                next = lead(.total).order_by(.id),
                first = first_value(.total).order_by(.id),
                last = last_value(.total).order_by(.id).rows_between(..),
                second = nth_value(.total, 2).order_by(.id).rows_between(..),
                running = .total.sum().over().order_by(.id),
                moving = .total.avg().over().order_by(.id).rows_between(-1..=0),
            )
            .order_by(.id))
    .all(&db)
    .await?;
    let third = &orders[2];
    assert_eq!(orders.iter().map(|order| order.number).collect::<Vec<_>>(), [2, 1, 1]);
    assert_eq!((third.rank, third.dense, third.part, third.before), (3, 2, 0.0, 1.0 / 3.0));
    assert_eq!((third.half, third.previous, third.next), (2, Some(20.0), None));
    assert_eq!((third.first, third.last, third.second), (10.0, 5.0, Some(20.0)));
    assert_eq!((third.running, third.moving), (Some(35.0), Some(12.5)));
    Ok(())
}

#[orm::test]
async fn a_window_can_be_filtered(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let largest = query!(Order
            .annotate(number = row_number().partition_by(.user_id).order_by(-.total))
            .filter(.number == 1 || .note == "gift")
            .order_by(.id))
    .all(&db)
    .await?;
    assert_eq!(largest.iter().map(|order| order.id).collect::<Vec<_>>(), [1, 2, 3]);
    Ok(())
}

#[orm::test]
async fn conditions_and_arithmetic_are_values(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let books = query!(Book
            .annotate(old = if .year < 2000 { true } else { false }, decade = .year / 10 * 10, class = if .rating > 2.0 { "good" } else { "other" })
            .order_by(.id))
        .all(&db)
        .await?;
    assert_eq!((books[3].old, books[3].decade, books[2].class.as_str()), (true, 1990, "good"));
    Ok(())
}
