//! Columns whose names or defaults could get in the way of a bulk insert.

use chrono::{DateTime, Utc};
use orm::prelude::*;

#[derive(Enum, Debug, Clone, Copy, PartialEq)]
enum Colour {
    Red,
    Green,
}

/// No required column.
#[derive(Model, Debug, Clone, PartialEq)]
struct Blank {
    id: i64,
    note: Option<String>,
    #[model(default = "'green'")]
    colour: Colour,
    #[model(default = "'{}'")]
    numbers: Vec<i32>,
    #[model(default = "now() - interval '1 day'")]
    at: DateTime<Utc>,
}

fn blank() -> CreateBlank {
    NewBlank {}.into()
}

#[orm::test]
async fn a_model_with_no_required_column(db: Db) -> orm::Result<()> {
    db.create_tables(models![Blank]).await?;
    let row = query!(Blank.create()).execute(&db).await?;
    assert_eq!((row.id, row.note, row.colour, row.numbers), (1, None, Colour::Green, vec![]));
    assert_eq!(Blank::objects().bulk_create([NewBlank {}, NewBlank {}]).execute(&db).await?, [2, 3]);
    let rows = [blank(), blank().colour(Colour::Red), blank().numbers(vec![1, 2]), blank().note("n")];
    assert_eq!(Blank::objects().bulk_create(rows).execute(&db).await?, [4, 5, 6, 7]);
    let rows = query!(Blank.filter(.id >= 4).order_by(.id)).all(&db).await?;
    let columns: Vec<_> = rows.iter().map(|r| (r.colour, r.numbers.len(), r.note.as_deref())).collect();
    assert_eq!(
        columns,
        [
            (Colour::Green, 0, None),
            (Colour::Red, 0, None),
            (Colour::Green, 2, None),
            (Colour::Green, 0, Some("n"))
        ]
    );
    Ok(())
}

/// Only a key.
#[derive(Model, Debug, Clone, PartialEq)]
struct Counter {
    id: i64,
}

#[orm::test]
async fn a_model_of_nothing_but_its_key(db: Db) -> orm::Result<()> {
    db.create_tables(models![Counter]).await?;
    assert_eq!(query!(Counter.create()).execute(&db).await?, Counter { id: 1 });
    assert_eq!(Counter::objects().bulk_create((0..3).map(|_| NewCounter {})).execute(&db).await?, [2, 3, 4]);
    Ok(())
}

/// The key of an enum, made by a default.
#[derive(Model, Debug, Clone, PartialEq)]
struct Lamp {
    #[model(primary_key, default = "'red'")]
    colour: Colour,
    lit: Option<bool>,
}

#[orm::test]
async fn a_key_made_by_a_default_has_its_columns_type(db: Db) -> orm::Result<()> {
    db.create_tables(models![Lamp]).await?;
    assert_eq!(Lamp::objects().bulk_create([NewLamp {}]).execute(&db).await?, [Colour::Red]);
    Ok(())
}

/// Names that the statements of the library might use themselves.
#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "n")]
struct Letters {
    #[model(primary_key, identity)]
    n: i64,
    o: String,
    u: Option<i32>,
    g1: Option<bool>,
    c0: Option<bool>,
    i: Option<i32>,
    t0: Option<i32>,
}

#[orm::test]
async fn columns_may_have_any_name(db: Db) -> orm::Result<()> {
    db.create_tables(models![Letters]).await?;
    let new = |o: &str| CreateLetters::from(NewLetters { o: o.into() });
    let rows = [new("z").u(1), new("y").g1(true).t0(3), new("x").c0(false).i(4)];
    assert_eq!(Letters::objects().bulk_create(rows).execute(&db).await?, [1, 2, 3]);
    let rows = query!(Letters.filter(.o != "q" && .t0 != 9).order_by(.n)).all(&db).await?;
    let columns: Vec<_> = rows.iter().map(|r| (r.o.as_str(), r.u, r.g1, r.c0, r.i, r.t0)).collect();
    assert_eq!(
        columns,
        [
            ("z", Some(1), None, None, None, None),
            ("y", None, Some(true), None, None, Some(3)),
            ("x", None, None, Some(false), Some(4), None),
        ]
    );
    Ok(())
}
