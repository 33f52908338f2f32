//! SQL of the user's own: marks and arguments, conditions and their complements, mistakes.

use orm::functions::{condition as is_true, function, sql};
use orm::prelude::*;
use tests::library::{Author, Book};

use super::{Sample, condition, partitions, samples};

#[orm::test]
async fn expressions(db: Db) -> orm::Result<()> {
    let rows = samples(&db).await?;
    let suffix = String::from("!");
    partitions! { &db, Sample, &rows,
        { sql::<String, _>("$1 || $2 || $1", (.name, &suffix)) == "aaa!aaa" } => |s| s.name == "aaa";
        { sql::<Option<String>, _>("$1 || '$1'", (.nick,)) != "a$1" } => |s| s.nick.as_deref() != Some("a");
        { function::<i32, _>("ascii", (.name,)) == 65 } => |s| s.name.starts_with('A');
        { function::<Option<i32>, _>("num_nulls", (.nick, .m, None::<i64>)).cast::<String>() == "3" } =>
            |s| s.nick.is_none() && s.m.is_none();
        { sql::<bool, _>("$1 > 0", (.n,)) } => |s| s.n > 0;
        { sql::<Option<bool>, _>("$1 > 0", (.m,)) } => |s| s.m.is_some_and(|m| m > 0);
    }
    Ok(())
}

#[orm::test]
async fn conditions_that_may_be_null(db: Db) -> orm::Result<()> {
    let rows = samples(&db).await?;
    partitions! { &db, Sample, &rows,
        { is_true("$1 > $2 OR FALSE", (.m, 0)) } => |s| s.m.is_some_and(|m| m > 0);
        { is_true("$1 > 0", (.m,)) && .n > 0 } => |s| s.m.is_some_and(|m| m > 0) && s.n > 0;
        { .n > 0 || is_true("NULL", ()) } => |s| s.n > 0;
    }
    assert_eq!(condition(&query!(Sample.exclude(is_true("$1 > 0", (.m,))))), r#"(t0."m" > 0) IS NOT TRUE"#);
    Ok(())
}

#[orm::test]
async fn joins_are_made_for_arguments(db: Db) -> orm::Result<()> {
    tests::library::create_tables(&db).await?;
    let author = query!(Author.create(name = "Ada")).execute(&db).await?;
    query!(Book.create(author_id = author.id, title = "Notes by Ada", year = 1843)).execute(&db).await?;
    let found = query!(Book.filter(is_true("$1 LIKE '%' || $2", (.title, .author.name))));
    assert_eq!(found.count(&db).await?, 1);
    let inside = query!(Author.filter(.books.any(sql::<bool, _>("$1 = $2", (.year, 1843)))));
    assert_eq!(inside.count(&db).await?, 1);
    let order = query!(Book.order_by(sql::<i32, _>("length($1)", (.author.name,))));
    assert!(order.to_sql().text().ends_with(r#"ORDER BY (length(t1."name"))"#));
    assert_eq!(order.all(&db).await?.len(), 1);
    Ok(())
}

#[orm::test]
async fn marks_and_arguments_that_do_not_fit_are_errors_before_anything_is_sent(db: Db) -> orm::Result<()> {
    samples(&db).await?;
    let (db, log) = db.logged();
    for (query, message) in [
        (
            query!(Sample.filter(sql::<i32, _>("$1 + $2", (.n,)) > 0)),
            "the SQL `$1 + $2` has the mark `$2`, and the number of its arguments is 1",
        ),
        (
            query!(Sample.filter(sql::<i32, _>("$0", (.n,)) > 0)),
            "the SQL `$0` has the mark `$0`, and the number of its arguments is 1",
        ),
        (query!(Sample.filter(is_true("TRUE", (.n, 5)))), "the SQL `TRUE` has no mark `$1` for its argument"),
    ] {
        let error = query.all(&db).await.unwrap_err();
        assert!(error.to_string().starts_with(message), "{error}");
        assert!(query.count(&db).await.is_err());
        assert!(query.exists(&db).await.is_err());
    }
    assert_eq!(log.count(), 0, "{log}");
    Ok(())
}
