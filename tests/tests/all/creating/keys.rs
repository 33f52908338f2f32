//! Keys that the database makes, that the program gives, and that are no numbers.

use orm::prelude::*;
use uuid::Uuid;

use super::{Draft, draft};

#[orm::test]
async fn a_given_key_is_kept_and_the_sequence_goes_its_own_way(db: Db) -> orm::Result<()> {
    db.create_tables(models![Draft]).await?;
    let given = draft("a").id(1000).execute(&db).await?;
    let made = draft("b").execute(&db).await?;
    assert_eq!((given.id, made.id), (1000, 1));
    assert!(draft("c").id(1000).execute(&db).await.unwrap_err().is_unique_violation());
    Ok(())
}

#[derive(Model, Debug, Clone, PartialEq)]
struct Small {
    id: i32,
    name: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
struct Tiny {
    #[model(primary_key, identity)]
    number: i16,
    name: String,
    numbers: Vec<i16>,
}

#[orm::test]
async fn keys_of_every_width(db: Db) -> orm::Result<()> {
    db.create_tables(models![Small, Tiny]).await?;
    let name = |i: usize| i.to_string();
    let small = Small::objects().bulk_create((0..3).map(|i| NewSmall { name: name(i) })).execute(&db).await?;
    assert_eq!(small, [1_i32, 2, 3]);
    let mixed = [CreateSmall::from(NewSmall { name: name(4) }).id(70), NewSmall { name: name(5) }.into()];
    assert_eq!(Small::objects().bulk_create(mixed).execute(&db).await?, [70, 4]);
    let tiny = (0..3).map(|i| NewTiny { name: name(i), numbers: vec![i as i16] });
    assert_eq!(Tiny::objects().bulk_create(tiny).execute(&db).await?, [1_i16, 2, 3]);
    let mixed = [CreateTiny::from(NewTiny { name: name(4), numbers: vec![] }).number(70)]
        .into_iter()
        .chain([NewTiny { name: name(5), numbers: vec![5] }.into()]);
    assert_eq!(Tiny::objects().bulk_create(mixed).execute(&db).await?, [70, 4]);
    assert_eq!(query!(Tiny.filter(.numbers == [5])).get(&db).await?.number, 4);
    Ok(())
}

#[derive(Model, Debug, Clone, PartialEq)]
struct Token {
    #[model(default = "gen_random_uuid()")]
    id: Uuid,
    name: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
struct Country {
    #[model(primary_key)]
    code: String,
    name: String,
}

#[orm::test]
async fn models_without_an_identity(db: Db) -> orm::Result<()> {
    db.create_tables(models![Token, Country]).await?;
    let made = query!(Token.create(name = "a")).execute(&db).await?;
    let given = CreateToken::from(NewToken { name: "b".into() }).id(Uuid::from_u128(1)).execute(&db).await?;
    assert_ne!(made.id, given.id);
    let new = ["c", "d"].map(|name| NewToken { name: name.into() });
    let keys = Token::objects().bulk_create(new).execute(&db).await?;
    let found = Token::objects().in_bulk(&db, keys.clone()).await?;
    assert_eq!((found[&keys[0]].name.as_str(), found[&keys[1]].name.as_str()), ("c", "d"));

    let new = [("fr", "France"), ("de", "Germany")]
        .map(|(code, name)| NewCountry { code: code.into(), name: name.into() });
    let keys = Country::objects().bulk_create(new).execute(&db).await?;
    assert_eq!(keys, ["fr", "de"]);
    assert_eq!(Country::objects().first(&db).await?.map(|c| c.code), Some("de".into()));
    assert_eq!(Country::objects().last(&db).await?.map(|c| c.code), Some("fr".into()));
    Ok(())
}

#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Unit {
    Metre,
    Second,
}

#[derive(Model, Debug, Clone, PartialEq)]
struct Measure {
    #[model(primary_key)]
    unit: Unit,
    #[model(primary_key, default = "1")]
    version: i32,
    text: Option<String>,
}

#[orm::test]
async fn composite_keys_are_tuples(db: Db) -> orm::Result<()> {
    db.create_tables(models![Measure]).await?;
    let new = |unit| CreateMeasure::from(NewMeasure { unit });
    let rows = [new(Unit::Second).text("s"), new(Unit::Metre).version(9), new(Unit::Metre)];
    let keys = Measure::objects().bulk_create(rows).execute(&db).await?;
    assert_eq!(keys, [(Unit::Second, 1), (Unit::Metre, 9), (Unit::Metre, 1)]);

    let wanted = [(Unit::Second, 1), (Unit::Metre, 1), (Unit::Second, 9)];
    let found = Measure::objects().in_bulk(&db, wanted).await?;
    assert_eq!(found.len(), 2, "not every combination of their parts: {found:?}");
    assert_eq!(found[&(Unit::Second, 1)].text.as_deref(), Some("s"));
    assert_eq!(found[&(Unit::Metre, 1)].text, None);

    let first = Measure::objects().first(&db).await?.map(|m| m.key());
    let last = Measure::objects().last(&db).await?.map(|m| m.key());
    assert_eq!(
        (first, last),
        (Some((Unit::Metre, 1)), Some((Unit::Second, 1))),
        "by both columns of the key"
    );
    let rows = [new(Unit::Second).version(2), new(Unit::Second)];
    assert!(Measure::objects().bulk_create(rows).execute(&db).await.unwrap_err().is_unique_violation());
    assert_eq!(Measure::objects().count(&db).await?, 3);
    Ok(())
}
