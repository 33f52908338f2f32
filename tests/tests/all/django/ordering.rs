//! Orders, distinct rows, and parts of rows.

use orm::functions::Unit;
use orm::prelude::*;
use tests::library::{Author, Book};
use tests::shop::{Order, User};

use super::filled;

#[orm::test]
async fn an_order_replaces_the_one_before(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let by_name = query!(Author.order_by(.name));
    assert!(query!(by_name.order_by(-.born)).to_sql().text().ends_with(r#"ORDER BY t0."born" DESC"#));
    assert!(!query!(by_name.order_by()).to_sql().text().contains("ORDER BY"));
    let by_books = query!(Author.order_by(-.books.count(), .id)).all(&db).await?;
    assert_eq!(by_books.iter().map(|author| author.id).collect::<Vec<_>>(), [1, 2]);
    let by_author = query!(Book.order_by(-.author.name, .id)).all(&db).await?;
    assert_eq!(by_author.iter().map(|book| book.id).collect::<Vec<_>>(), [4, 1, 2, 3]);
    Ok(())
}

#[orm::test]
async fn reversed_orders_reverse_nulls_too(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let nulls_first = query!(User.order_by(.nick.asc().nulls_first(), .id));
    let there: Vec<i64> = query!(nulls_first.values_list(.id)).all(&db).await?;
    let back: Vec<i64> = query!(nulls_first.reverse().values_list(.id)).all(&db).await?;
    assert_eq!((there, back), (vec![2, 3, 1], vec![1, 3, 2]));
    assert!(
        query!(nulls_first.reverse())
            .to_sql()
            .text()
            .ends_with(r#"ORDER BY t0."nick" DESC NULLS LAST, t0."id" DESC"#)
    );
    assert!(!query!(User.reverse()).to_sql().text().contains("ORDER BY"));
    Ok(())
}

#[orm::test]
async fn distinct_values_and_the_first_row_of_each(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let buyers: Vec<i64> = query!(Order.values_list(.user_id).distinct().order_by(-.total)).all(&db).await?;
    assert_eq!(buyers, [1, 2]);
    let largest = query!(Order.distinct_on(.user_id).order_by(-.total)).all(&db).await?;
    assert_eq!(largest.iter().map(|order| order.id).collect::<Vec<_>>(), [2, 3]);
    Ok(())
}

#[orm::test]
async fn values_in_place_of_rows(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let records = query!(Order.values(.id, buyer = .user.email).order_by(.buyer, -.id)).all(&db).await?;
    let first = &records[0];
    assert_eq!((first.id, first.buyer.as_str()), (2, "a"));
    let pairs: Vec<(i64, Option<String>)> =
        query!(Order.order_by(.id).values_list(.id, .note)).all(&db).await?;
    assert_eq!(pairs[1], (2, None));
    let ids: Vec<i64> = query!(Order.order_by(.id).values_list(.id)).all(&db).await?;
    assert_eq!(ids, [1, 2, 3]);
    let months = query!(Order.values_list(.placed_at.trunc(Unit::Month)).distinct());
    assert_eq!(months.all(&db).await?.len(), 3);
    let years = query!(Order.values_list(.placed_at.year()).distinct()).all(&db).await?;
    assert_eq!(years.len(), 2);
    Ok(())
}

#[orm::test]
async fn annotations_and_aliases(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let users = query!(User.annotate(bought = .orders.count(), known = if .nick == None { false } else { true }).order_by(-.bought, .id));
    let users = users.all(&db).await?;
    assert_eq!((users[0].email.as_str(), users[0].bought, users[0].known), ("a", 2, true));
    let users: Vec<User> =
        query!(User.alias(bought = .orders.count()).filter(.bought > 1).order_by(.bought)).all(&db).await?;
    assert_eq!(users.len(), 1);
    Ok(())
}
