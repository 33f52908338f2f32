//! Facts of Django's test folders `or_lookups` and `xor_lookups`.

use orm::prelude::*;
use tests::library::{Author, Book};

use super::{ids, library};

#[orm::test]
async fn either_condition(db: Db) -> orm::Result<()> {
    library(&db).await?;
    assert_eq!(ids(&db, query!(Book.filter(.title == "A" || .year == 1999))).await?, [1, 3]);
    assert_eq!(ids(&db, query!(Book.filter(.title == "A" || .title == "A"))).await?, [1]);
    assert_eq!(ids(&db, query!(Book.exclude(.title == "A" || .year == 1999))).await?, [2, 4]);
    Ok(())
}

#[orm::test]
async fn and_binds_closer_than_or_also_in_sql(db: Db) -> orm::Result<()> {
    library(&db).await?;
    assert_eq!(
        ids(&db, query!(Book.filter(.title == "A" || .year > 2000 && .rating == None))).await?,
        [1, 2, 4]
    );
    assert_eq!(
        ids(&db, query!(Book.filter((.title == "A" || .year > 2000) && .rating == None))).await?,
        [2, 4]
    );
    assert_eq!(
        ids(&db, query!(Book.filter(.title == "A" || .year > 2000).filter(.year < 2005))).await?,
        [1, 2]
    );
    Ok(())
}

#[orm::test]
async fn conditions_assembled_at_run_time(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let titled = |title: &str| Predicate::<Book>::new(|b| b.title().eq(title));
    let any = ["A", "C"].into_iter().fold(Predicate::never(), |any, title| any | titled(title));
    let all = ["A", "C"].into_iter().fold(Predicate::always(), |all, title| all & !titled(title));
    assert_eq!(ids(&db, query!(Book.filter(any.clone()))).await?, [1, 3]);
    assert_eq!(ids(&db, query!(Book.filter(all.clone()))).await?, [2, 4]);
    assert_eq!(ids(&db, query!(Book.filter(any || all))).await?, [1, 2, 3, 4]);
    Ok(())
}

#[orm::test]
async fn an_empty_disjunction_is_no_row_and_an_empty_conjunction_every_row(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let (never, always) = (Predicate::<Book>::never(), Predicate::<Book>::always());
    assert_eq!(ids(&db, query!(Book.filter(never.clone()))).await?, Vec::<i64>::new());
    assert_eq!(ids(&db, query!(Book.filter(always.clone()))).await?, [1, 2, 3, 4]);
    assert_eq!(ids(&db, query!(Book.exclude(never.clone()))).await?, [1, 2, 3, 4]);
    assert_eq!(ids(&db, query!(Book.filter(never || .year == 1999))).await?, [3]);
    assert_eq!(ids(&db, query!(Book.filter(always && .year == 1999))).await?, [3]);
    Ok(())
}

#[orm::test]
async fn or_between_a_row_and_its_related_rows(db: Db) -> orm::Result<()> {
    library(&db).await?;
    assert_eq!(ids(&db, query!(Author.filter(.name == "dot" || .books.any(.year == 1999)))).await?, [2, 4]);
    assert_eq!(ids(&db, query!(Author.filter(.name != "dot" && !.books.any(.year == 1999)))).await?, [1, 3]);
    assert_eq!(
        ids(&db, query!(Book.filter(.author.name == "cyd" || .tags.any(.name == "y")))).await?,
        [1, 4]
    );
    Ok(())
}

#[orm::test]
async fn exactly_one_of_two_conditions_is_their_inequality(db: Db) -> orm::Result<()> {
    library(&db).await?;
    // There is no XOR: it is written out, and NULL does not get lost in it.
    let (born, wrote) =
        (Predicate::<Author>::new(|a| a.born().gt(1850)), Predicate::<Author>::new(|a| a.books().exists()));
    let one = (born.clone() & !wrote.clone()) | (!born & wrote);
    assert_eq!(ids(&db, query!(Author.filter(one.clone()))).await?, [1, 2]);
    assert_eq!(ids(&db, query!(Author.exclude(one))).await?, [3, 4]);
    Ok(())
}
