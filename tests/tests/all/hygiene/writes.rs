//! Updates and deletes of columns with odd names, in macros of the user's, and without the prelude.

use orm::prelude::*;
use tests::library::{self, Book};

#[derive(Model, Debug, Clone, PartialEq)]
struct Odd {
    id: i64,
    r#type: Option<String>,
    r#match: Option<i32>,
    update: Option<i32>,
    set: Option<i32>,
    values: Option<i32>,
    delete: Option<i32>,
    __q: Option<i32>,
    __c: Option<i32>,
}

#[orm::test]
async fn columns_may_have_any_name(db: Db) -> orm::Result<()> {
    db.create_tables(models![Odd]).await?;
    query!(Odd.create()).r#match(7).execute(&db).await?;
    let (update, set) = (1, Some(2));
    let updated = query!(Odd.update(
        r#type = "t",
        r#match = .r#match - 1,
        update = update,
        set = set,
        values = None,
        delete = Some(4),
        __q = 3,
        __c = .r#match
    ));
    let rows = updated.returning_rows().execute(&db).await?;
    let [odd] = rows.as_slice() else { panic!("{rows:?}") };
    assert_eq!(
        (odd.r#type.as_deref(), odd.r#match, odd.update, odd.set),
        (Some("t"), Some(6), Some(1), Some(2))
    );
    assert_eq!((odd.values, odd.delete, odd.__q, odd.__c), (None, Some(4), Some(3), Some(7)));

    let changed = Odd { r#type: None, set: None, ..odd.clone() };
    assert_eq!(query!(Odd.bulk_update([&changed], .r#type, .set, .__q)).execute(&db).await?, 1);
    assert_eq!(query!(Odd).get(&db).await?, changed);
    odd.save_only(&db, |o| (o.r#type(), o.update(), o.delete())).await?;
    let deleted = query!(Odd.delete().returning(.r#type, .set, .delete)).execute(&db).await?;
    assert_eq!(deleted, [(Some("t".into()), None, Some(4))]);
    Ok(())
}

macro_rules! set {
    ($column:ident = $value:expr) => {
        query!(Book.update($column = $value))
    };
    ($column:ident times $value:expr) => {
        query!(Book.update($column = .$column * $value).returning(.$column))
    };
}

#[test]
fn macros_of_the_user() -> orm::Result<()> {
    let set = set!(year = 1 + 1).to_sql()?;
    assert_eq!(set.to_string(), r#"UPDATE "books" t0 SET "year" = $1 -- $1 = 2"#);
    let product = set!(year times 1 + 1).to_sql()?;
    let expected = r#"UPDATE "books" t0 SET "year" = (t0."year" * $1) RETURNING t0."year" -- $1 = 2"#;
    assert_eq!(product.to_string(), expected);
    Ok(())
}

mod bare {
    use tests::library::Book;

    pub(super) fn writes(books: &[Book]) -> ::core::primitive::usize {
        let update =
            ::orm::query!(Book.filter(.year > 1).update(rating = ::core::option::Option::None::<f64>));
        let bulk = ::orm::query!(Book.bulk_update(books, .title));
        let delete = ::orm::query!(Book.delete().returning(.id));
        ::core::mem::drop((bulk, delete));
        ::std::format!("{:?}", update.to_sql()).len()
    }
}

#[orm::test]
async fn without_the_prelude_and_under_all_lints(db: Db) -> orm::Result<()> {
    library::create_tables(&db).await?;
    assert!(bare::writes(&[]) > 0);
    tests::strict::fill(&db).await?;
    assert_eq!(tests::strict::change(&db).await?, (1, 2, vec![(2, tests::strict::Colour::Violet)]));
    Ok(())
}
