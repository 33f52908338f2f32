//! Facts of Django's test folder `queries`: which joins a query makes, and that it makes them once.

use orm::prelude::*;
use tests::library::Author;
use tests::shop::{Category, Item, Order, Product};

use super::{ids, shop};

fn joins(sql: &orm::Statement) -> (usize, usize) {
    let left = sql.text().matches(" LEFT JOIN ").count();
    (sql.text().matches(" JOIN ").count() - left, left)
}

#[test]
fn uses_of_one_path_share_a_join() {
    let query = query!(Order
        .filter(.user.active)
        .filter(.user.nick == None || .user.email.contains("a"))
        .exclude(.user.nick == "x")
        .select_related(.user)
        .order_by(.user.email));
    assert_eq!(joins(&query.to_sql()), (1, 0));
}

#[test]
fn two_keys_to_one_table_are_two_joins() {
    let query = query!(Order.filter(.user.active, .recipient.active));
    assert_eq!(joins(&query.to_sql()), (1, 1));
}

#[test]
fn the_key_behind_a_foreign_key_needs_no_join() {
    for query in [
        query!(Order.filter(.user.id == 1)),
        query!(Order.filter(.recipient.id == None)),
        query!(Order.exclude(.recipient.id.is_in([1, 2]))),
        query!(Order.order_by(.user.id)),
    ] {
        assert_eq!(joins(&query.to_sql()), (0, 0));
    }
    assert_eq!(joins(&query!(Category.filter(.parent.parent.id == 1)).to_sql()), (0, 1));
    assert_eq!(joins(&query!(Item.filter(.order.user.id == 1)).to_sql()), (1, 0));
}

#[test]
fn below_an_outer_join_all_joins_are_outer_ones() {
    assert_eq!(joins(&query!(Product.filter(.category.parent.name == "x")).to_sql()), (0, 2));
    assert_eq!(joins(&query!(Order.select_related(.recipient.profile)).to_sql()), (0, 2));
    assert_eq!(joins(&query!(Item.filter(.order.user.profile.city == "x")).to_sql()), (2, 1));
}

#[test]
fn a_question_about_many_rows_makes_no_join_in_the_query_itself() {
    let query = query!(Author.filter(.books.any(.year > 2000) && .books.any(.title == "t")));
    assert_eq!(joins(&query.to_sql()), (0, 0));
    assert_eq!(query.to_sql().text().matches("EXISTS").count(), 2);
    let one = query!(Author.filter(.books.any(.year > 2000 && .title == "t")));
    assert_eq!(one.to_sql().text().matches("EXISTS").count(), 1);
}

#[orm::test]
async fn count_sends_no_join_that_only_an_order_or_a_loaded_relation_needs(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let (db, log) = db.logged();
    let query = query!(Order.select_related(.user).order_by(.recipient.email));
    assert_eq!(query.count(&db).await?, 4);
    assert!(query.exists(&db).await?);
    assert!(log.queries().iter().all(|query| !query.sql.contains("JOIN")), "{log}");
    Ok(())
}

#[orm::test]
async fn or_promotes_no_row_away(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    assert_eq!(ids(&db, query!(Order.filter(.recipient.email == "a@x" || .total > 15.0))).await?, [2, 3]);
    assert_eq!(
        ids(&db, query!(Order.filter(.recipient.email == "a@x" || .recipient.email == "b@x"))).await?,
        [1, 3]
    );
    assert_eq!(
        ids(&db, query!(Order.filter(.recipient.nick == None || .user.nick == None))).await?,
        [1, 2, 3, 4]
    );
    assert_eq!(
        ids(&db, query!(Order.filter(.recipient.profile.city == None && .recipient.id != None))).await?,
        [1]
    );
    assert_eq!(
        ids(
            &db,
            query!(Product.filter(.category.parent.name == "tea" || .category.parent.parent.name == "tea"))
        )
        .await?,
        [1, 2]
    );
    Ok(())
}

#[orm::test]
async fn a_row_comes_once_however_many_related_rows_match(db: Db) -> orm::Result<()> {
    super::library(&db).await?;
    // Django joins, and so returns the author once for each book.
    assert_eq!(ids(&db, query!(Author.filter(.books.any(.year >= 2000)))).await?, [1, 3]);
    assert_eq!(query!(Author.filter(.books.any(.year >= 2000))).count(&db).await?, 2);
    assert_eq!(ids(&db, query!(Author.filter(.books.tags.any(.name != "z")))).await?, [1]);
    assert_eq!(ids(&db, query!(Author.filter(.books.any(.year > 1) || .name == "ada"))).await?, [1, 2, 3]);
    Ok(())
}

#[orm::test]
async fn chained_questions_may_be_answered_by_different_rows(db: Db) -> orm::Result<()> {
    super::library(&db).await?;
    let one = query!(Author.filter(.books.any(.year == 2001 && .rating > 4.0)));
    let each = query!(Author.filter(.books.any(.year == 2001)).filter(.books.any(.rating > 4.0)));
    assert_eq!(ids(&db, one).await?, Vec::<i64>::new());
    assert_eq!(ids(&db, each).await?, [1]);
    Ok(())
}
