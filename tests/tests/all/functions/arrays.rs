//! Lookups and functions of arrays.

use orm::prelude::*;

use super::{Sample, condition, partitions, samples};

#[derive(Enum, Debug, Clone, PartialEq)]
#[model(name = "colour")]
enum Colour {
    Red,
    Blue,
}

#[derive(Model, Debug)]
#[model(table = "paints")]
struct Paint {
    id: i64,
    colours: Vec<Colour>,
    bytes: Vec<Vec<u8>>,
}

#[orm::test]
async fn with_other_arrays(db: Db) -> orm::Result<()> {
    let rows = samples(&db).await?;
    let has = |s: &Sample, tag: &str| s.tags.iter().any(|t| t == tag);
    let a = vec![String::from("a")];
    partitions! { &db, Sample, &rows,
        { .tags.contains(&a) } => |s| has(s, "a");
        { .tags.contains(Vec::new()) } => |_| true;
        { .numbers.contains([2, 3]) } => |s| s.numbers.as_ref().is_some_and(|n| n.contains(&3));
        { .numbers.contains(None::<Vec<i32>>) } => |_| false;
        { .numbers.contained_by([1, 2]) } => |s| s.numbers.as_ref().is_some_and(|n| n.iter().all(|n| *n < 3));
        { .numbers.overlap([1, 4, 9]) } => |s| s.numbers.as_ref().is_some_and(|n| !n.is_empty());
        { .numbers.overlap(.numbers) } => |s| s.numbers.as_ref().is_some_and(|n| !n.is_empty());
        { .tags.contains_value("b") } => |s| has(s, "b");
        { .tags.contains_value(.nick.lower()) } => |s| s.nick.as_ref().is_some_and(|n| has(s, &n.to_lowercase()));
        { .numbers.contains_value(.m) } =>
            |s| s.m.zip(s.numbers.as_ref()).is_some_and(|(m, numbers)| numbers.contains(&m));
    }
    Ok(())
}

#[orm::test]
async fn their_elements(db: Db) -> orm::Result<()> {
    let rows = samples(&db).await?;
    let at = |s: &Sample, i: usize| s.numbers.as_ref().and_then(|n| n.get(i).copied());
    partitions! { &db, Sample, &rows,
        { .tags.len() == 0 } => |s| s.tags.is_empty();
        { .numbers.len() > 2 } => |s| s.numbers.as_ref().is_some_and(|n| n.len() > 2);
        { .numbers.index(0) == 2 } => |s| at(s, 0) == Some(2);
        { .numbers.index(2) != 4 } => |s| at(s, 2) != Some(4);
        { .numbers.index(usize::MAX) == None } => |_| true;
        { .tags.index(1).upper() == "B" } => |s| s.tags.get(1).is_some_and(|t| t == "b");
        { .tags.slice(1..) == ["c".to_string()] && !.tags.overlap(["a"]) } => |s| s.tags == ["b", "c"];
        { .numbers.slice(..2) == [2, 3] } => |s| s.numbers.as_ref().is_some_and(|n| n.starts_with(&[2, 3]));
        { .numbers.slice(1..=1).len() == 1 } => |s| s.numbers.as_ref().is_some_and(|n| n.len() > 1);
        { .numbers.slice(5..9).len() == 0 } => |s| s.numbers.is_some();
        { .numbers.slice(..).is_null() } => |s| s.numbers.is_none();
    }
    Ok(())
}

#[orm::test]
async fn of_enums_and_bytes(db: Db) -> orm::Result<()> {
    db.create_tables(models![Paint]).await?;
    for colours in [vec![], vec![Colour::Red], vec![Colour::Blue, Colour::Red]] {
        query!(Paint.create(colours = colours, bytes = vec![vec![1u8]])).execute(&db).await?;
    }
    assert_eq!(query!(Paint.filter(.colours.contains_value(Colour::Red))).count(&db).await?, 2);
    assert_eq!(query!(Paint.filter(.colours.contains([Colour::Blue]))).count(&db).await?, 1);
    assert_eq!(query!(Paint.filter(.colours.index(0) == Colour::Blue)).count(&db).await?, 1);
    assert_eq!(query!(Paint.filter(.bytes.contains_value(vec![1u8]))).count(&db).await?, 3);
    Ok(())
}

#[test]
fn what_is_sent() {
    assert_eq!(
        condition(&query!(Sample.exclude(.tags.contains_value("a")))),
        r#"NOT (t0."tags" @> ARRAY[$1]) -- $1 = "a""#
    );
    assert_eq!(
        condition(&query!(Sample.filter(.numbers.index(0) == 1))),
        r#"(t0."numbers")[$1] = $2 -- $1 = 1, $2 = 1"#
    );
}
