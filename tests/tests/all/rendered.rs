//! The text of a query is kept for the same query with other values: what runs is what `to_sql` shows.

use orm::prelude::*;
use tests::shop;
use tests::shop::{Category, Order, Product, User};

use super::loading::seed;

/// Runs queries, one after another, on one connection; asserts that each ran as it is shown.
macro_rules! assert_shown {
    ($db:ident: $($query:expr;)*) => {
        let (db, log) = $db.logged();
        let mut shown = Vec::new();
        // Twice, so that each is found among all of them.
        for _ in 0..2 {
            $(
                let query = $query;
                let statement = query.to_sql();
                shown.push((statement.text().to_owned(), statement.params().iter().map(|p| format!("{p:?}")).collect()));
                query.all(&db).await?;
            )*
        }
        let ran: Vec<(String, Vec<String>)> = log.queries().into_iter().map(|query| (query.sql, query.params)).collect();
        assert_eq!(ran, shown);
    };
}

#[orm::test]
async fn queries_that_differ_in_one_thing(db: Db) -> orm::Result<()> {
    seed::shop(&db, 7).await?;
    let (none, some) = (None::<i64>, Some(1_i64));
    assert_shown! { db:
        query!(Order);
        query!(Order.filter(.id == 1));
        query!(Order.filter(.id == 2));
        query!(Order.filter(.id != 2));
        query!(Order.filter(.id < 2));
        query!(Order.filter(.id <= 2));
        query!(Order.filter(.id > 2));
        query!(Order.filter(.id >= 2));
        query!(Order.exclude(.id > 2));
        query!(Order.filter(.user_id == 2));
        query!(Order.filter(.recipient_id == 2));
        query!(Order.exclude(.recipient_id == 2));
        query!(Order.filter(.recipient_id == some));
        query!(Order.filter(.recipient_id == none));
        query!(Order.filter(.recipient_id != none));
        query!(Order.filter(.user_id == .recipient_id));
        query!(Order.filter(.recipient_id == .user_id));
        query!(Order.filter(.user.id == 2));
        query!(Order.filter(.user.active));
        query!(Order.exclude(.user.active));
        query!(Order.filter(.recipient.active));
        query!(Order.exclude(.recipient.active));
        query!(Order.filter(.id.is_in([1, 2])));
        query!(Order.filter(.id.is_in([3])));
        query!(Order.exclude(.id.is_in([3])));
        query!(Order.filter(.recipient_id.is_in([Some(3), None])));
        query!(Order.filter(.recipient_id.is_in([Some(3)])));
        query!(Order.filter(.id == 1 && .user_id == 2));
        query!(Order.filter(.id == 1 || .user_id == 2));
        query!(Order.filter(.id == 1, .user_id == 2 || .total > 1.0));
        query!(Order.filter((.id == 1 && .user_id == 2) || .total > 1.0));
        query!(Order.filter(.id == 1 || (.user_id == 2 && .total > 1.0)));
        query!(Order.order_by(.id));
        query!(Order.order_by(-.id));
        query!(Order.order_by(.note.asc().nulls_first()));
        query!(Order.order_by(.note.desc().nulls_last()));
        query!(Order.order_by(.id, .note));
        query!(Order.order_by(.user.email));
        query!(Order.order_by(.total + 1.0));
        query!(Order[..2]);
        query!(Order[..3]);
        query!(Order[2..]);
        query!(Order[1..3]);
        query!(Order.select_related(.user));
        query!(Order.select_related(.recipient));
        query!(Order.select_related(.user, .recipient));
        query!(Order.filter(.note.contains("a")));
        query!(Order.filter(.note.icontains("a")));
        query!(Order.filter(.items.any(.quantity > 1)));
        query!(Order.distinct_on(.user_id).order_by(.user_id));
    }
    Ok(())
}

#[orm::test]
async fn queries_of_several_tables(db: Db) -> orm::Result<()> {
    seed::shop(&db, 7).await?;
    assert_shown! { db:
        query!(User.filter(.id == 1));
        query!(Product.filter(.id == 1));
        query!(Category.filter(.id == 1));
        query!(Category.filter(.parent_id == 1));
        query!(Category.filter(.parent.parent_id == 1));
        query!(Category.filter(.parent.parent.name == "a"));
        query!(Category.filter(.parent.name == "a"));
        query!(Category.select_related(.parent));
        query!(Category.select_related(.parent.parent));
        query!(User.filter(.email == "a"));
        query!(User.filter(.nick == "a"));
        query!(User.filter(.email == .nick));
    }
    Ok(())
}

/// `get` and `first` ask for as few rows as they need, which `all` of the same query does not.
#[orm::test]
async fn terminals_ask_for_what_they_need(db: Db) -> orm::Result<()> {
    seed::shop(&db, 7).await?;
    let (db, log) = db.logged();
    let cheap = query!(Order.filter(.total < -1.0));
    for _ in 0..2 {
        assert!(cheap.all(&db).await?.is_empty());
        assert!(cheap.get(&db).await.unwrap_err().is_not_found());
        assert!(cheap.first(&db).await?.is_none());
    }
    let ends: Vec<_> =
        log.queries().into_iter().map(|query| query.sql.split_once("$1").unwrap().1.to_owned()).collect();
    let once = ["", " LIMIT 2", r#" ORDER BY t0."id" LIMIT 1"#];
    assert_eq!(ends, [once, once].concat());
    Ok(())
}

/// One value in two places is one parameter; two equal values are two.
#[orm::test]
async fn values_that_are_the_same_and_values_that_are_equal(db: Db) -> orm::Result<()> {
    shop::create_tables(&db).await?;
    let same = Predicate::<Order>::new(|order| order.id().eq(4));
    let equal = || Predicate::<Order>::new(|order| order.id().eq(4));
    assert_shown! { db:
        query!(Order.filter(equal() | equal()));
        query!(Order.filter(same.clone() | same.clone()));
        query!(Order.filter(equal() | equal()));
    }
    Ok(())
}
