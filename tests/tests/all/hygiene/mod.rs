//! Models and queries among names that could get in their way.

mod contexts;
mod fields;
mod keys;
mod names;
mod no_prelude;
mod places;
mod writes;

#[orm::test]
async fn a_crate_that_denies_all_it_can_runs_too(db: orm::Db) -> orm::Result<()> {
    assert_eq!(tests::strict::fill(&db).await?, (1, 1, false));
    let some = tests::strict::named(Some("A")).get(&db).await?;
    assert_eq!(tests::strict::link(&db, &some, 77).await?, 2);
    assert_eq!(some.into_what.as_deref(), Some("b"));
    Ok(())
}
