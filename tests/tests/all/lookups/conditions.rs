//! Boolean columns as conditions, `&& || !`, and predicates assembled at run time.

use orm::prelude::*;

use super::{Sample, partitions, samples};

#[orm::test]
async fn boolean_columns(db: Db) -> orm::Result<()> {
    let rows = samples(&db).await?;
    let yes = |s: &Sample| s.maybe == Some(true);
    partitions! { &db, Sample, &rows,
        { .flag } => |s| s.flag;
        { .maybe } => yes;
        { .flag && .maybe } => |s| s.flag && yes(s);
        { .flag || .maybe } => |s| s.flag || yes(s);
        { !.flag && !.maybe } => |s| !s.flag && !yes(s);
        { .flag == .maybe } => |s| Some(s.flag) == s.maybe;
        { .maybe.is_null() || .flag } => |s| s.maybe.is_none() || s.flag;
    }
    Ok(())
}

#[orm::test]
async fn combined(db: Db) -> orm::Result<()> {
    let rows = samples(&db).await?;
    partitions! { &db, Sample, &rows,
        { .a > 0 && .c > 0 } => |s| s.a > 0 && s.c.is_some_and(|c| c > 0);
        { .a > 0 || .c > 0 } => |s| s.a > 0 || s.c.is_some_and(|c| c > 0);
        { .c > 0 || .c == None && .flag } => |s| s.c.is_some_and(|c| c > 0) || s.c.is_none() && s.flag;
        { !(.c > 0) && .a > 0 } => |s| s.c.is_none_or(|c| c <= 0) && s.a > 0;
        { !(.c > 0 || .d == 7) } => |s| !(s.c.is_some_and(|c| c > 0) || s.d == Some(7));
        { !(.c == .d && !(.maybe || .nick != "ada")) } =>
            |s| !(s.c == s.d && !(s.maybe == Some(true) || s.nick.as_deref() != Some("ada")));
        { .nick.contains("a") || .part.is_null() } =>
            |s| s.nick.as_deref().is_some_and(|n| n.contains('a')) || s.part.is_none();
        { .a.is_in(Vec::<i32>::new()) || .flag } => |s| s.flag;
        { .a.is_in(Vec::<i32>::new()) && .flag } => |_| false;
    }
    Ok(())
}

#[orm::test]
async fn several_arguments_and_several_filters_are_all_to_be_true(db: Db) -> orm::Result<()> {
    let rows = samples(&db).await?;
    let expected: Vec<&Sample> = rows.iter().filter(|s| s.flag && s.a > 0 && s.c.is_none()).collect();
    assert!(!expected.is_empty());
    for query in [
        query!(Sample.filter(.flag, .a > 0, .c == None)),
        query!(Sample.filter(.flag).filter(.a > 0).filter(.c == None)),
        query!(Sample.exclude(.a <= 0).exclude(!.flag).exclude(.c != None)),
        Sample::objects().filter(|s| s.flag().and(s.a().gt(0)).and(s.c().is_null())),
        Sample::objects().filter(|s| s.flag().not().or(s.a().le(0)).not()).exclude(|s| s.c().is_null().not()),
    ] {
        let found = query!(query.order_by(.id)).all(&db).await?;
        assert_eq!(found.iter().collect::<Vec<_>>(), expected);
    }
    Ok(())
}

#[orm::test]
async fn predicates_assembled_at_run_time(db: Db) -> orm::Result<()> {
    let rows = samples(&db).await?;
    let wanted = [(-7, true), (7, false)];
    let any = Sample::objects().filter(|s| {
        wanted.iter().fold(Predicate::never(), |any, &(a, flag)| any | (s.a().eq(a) & s.flag().eq(flag)))
    });
    let all = Sample::objects().filter(|s| {
        wanted.iter().fold(Predicate::always(), |all, &(a, flag)| all & !(s.a().eq(a) & s.flag().eq(flag)))
    });
    let (found, rest) = (any.count(&db).await?, all.count(&db).await?);
    let expected = rows.iter().filter(|s| wanted.contains(&(s.a, s.flag))).count() as i64;
    assert_eq!((found, rest), (expected, rows.len() as i64 - expected));
    assert_eq!(Sample::objects().filter(|_| Predicate::never()).count(&db).await?, 0);
    assert_eq!(Sample::objects().exclude(|_| Predicate::never()).count(&db).await?, rows.len() as i64);
    Ok(())
}
