//! Filters and joins.

use orm::prelude::*;
use tests::library::Author;
use tests::shop::{Order, User};

use super::filled;

async fn ids<M: Model<Key = i64>>(query: QuerySet<M>, db: &Db) -> orm::Result<Vec<i64>> {
    let mut ids: Vec<i64> = query.all(db).await?.iter().map(M::key).collect();
    ids.sort_unstable();
    Ok(ids)
}

#[orm::test]
async fn one_question_is_about_one_row_and_two_are_about_two(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let one = query!(Author.filter(.books.any(.year == 2001 && .rating == 1.0)));
    assert_eq!(ids(one, &db).await?, [0_i64; 0]);
    let two = query!(Author.filter(.books.any(.year == 2001), .books.any(.rating == 1.0)));
    assert_eq!(ids(two, &db).await?, [1]);
    // Three of the first author's books pass, and the author comes once.
    assert_eq!(ids(query!(Author.filter(.books.any(.year > 1999))), &db).await?, [1]);
    // Excluded is whoever has one book that is both.
    let rest = query!(Author.exclude(.books.any(.year == 2001 && .rating == 1.0)));
    assert_eq!(ids(rest, &db).await?, [1, 2]);
    Ok(())
}

#[orm::test]
async fn a_null_in_a_subquery_counts_for_nothing(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let recipients = query!(Order.values_list(.recipient_id));
    assert_eq!(ids(query!(User.filter(.id.is_in(recipients.clone()))), &db).await?, [1, 2]);
    assert_eq!(ids(query!(User.exclude(.id.is_in(recipients.clone()))), &db).await?, [3]);
    assert_eq!(ids(query!(Order.filter(.recipient_id.is_in(recipients.clone()))), &db).await?, [1, 3]);
    assert_eq!(ids(query!(Order.exclude(.recipient_id.is_in(recipients))), &db).await?, [2]);
    Ok(())
}

#[orm::test]
async fn one_or_the_other_but_not_both(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let either = query!(User.filter((.active && .nick == None) || (!.active && .nick != None)));
    assert_eq!(ids(either, &db).await?, [2]);
    Ok(())
}

#[orm::test]
async fn relations_with_and_without_rows(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    assert_eq!(ids(query!(Order.filter(.recipient_id == None)), &db).await?, [2]);
    assert_eq!(ids(query!(User.filter(.profile.user_id == None)), &db).await?, [2, 3]);
    assert_eq!(ids(query!(User.filter(.orders.exists())), &db).await?, [1, 2]);
    assert_eq!(ids(query!(User.filter(.orders.is_empty())), &db).await?, [3]);
    Ok(())
}

#[orm::test]
async fn none_is_no_statement_and_another_database_another_handle(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let (logged, log) = db.logged();
    assert_eq!(query!(User.none()).all(&logged).await?, []);
    assert_eq!(query!(User.none()).count(&logged).await?, 0);
    assert_eq!(query!(User[2..2]).all(&logged).await?, []);
    assert_eq!(log.count(), 0, "{log}");
    let all = query!(User);
    assert_eq!((all.count(&db).await?, all.count(&logged).await?), (3, 3));
    assert_eq!(log.count(), 1, "{log}");
    Ok(())
}
