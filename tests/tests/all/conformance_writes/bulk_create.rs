//! Facts of Django's test folder `bulk_create`.

use orm::prelude::*;
use serde_json::{Value, json};
use tests::library::{Author, NewAuthor, NewTag, Tag};
use tests::shop::{Category, Order};

use super::{ids, library, shop};

#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Open,
    Closed,
}

/// Columns that travel in every way, but no arrays.
#[derive(Model, Debug, Clone, PartialEq)]
#[model(unique(place, number))]
struct Ticket {
    id: i64,
    place: String,
    number: i32,
    #[model(default = "'open'")]
    state: State,
    before: Option<State>,
    #[model(default = "'{\"a\": 1}'")]
    data: Value,
    #[model(default = "now() + interval '1 day'")]
    due: chrono::DateTime<chrono::Utc>,
    bytes: Option<Vec<u8>>,
}

fn ticket(place: &str, number: i32) -> CreateTicket {
    NewTicket { place: place.into(), number }.into()
}

/// Arrays, which travel as `VALUES`.
#[derive(Model, Debug, Clone, PartialEq)]
struct Bag {
    id: i64,
    #[model(unique)]
    code: String,
    states: Vec<State>,
    numbers: Option<Vec<i32>>,
    #[model(default = "'{x,y}'")]
    labels: Vec<String>,
    #[model(default = "'closed'")]
    state: State,
}

fn bag(code: &str, states: &[State]) -> CreateBag {
    NewBag { code: code.into(), states: states.to_vec() }.into()
}

#[orm::test]
async fn every_kind_of_column_set_or_not(db: Db) -> orm::Result<()> {
    db.create_tables(models![Ticket]).await?;
    let rows = [
        ticket("a", 1),
        ticket("a", 2).state(State::Closed).before(State::Open).data(json!([null, {"k": "v"}])),
        ticket("a", 3).before(None::<State>).bytes(vec![0, 255]),
    ];
    let keys = Ticket::objects().bulk_create(rows).execute(&db).await?;
    let rows = query!(Ticket.order_by(.id)).all(&db).await?;
    assert_eq!(rows.iter().map(|row| row.id).collect::<Vec<_>>(), keys);
    let column = rows.iter().map(|row| (row.state, row.before, row.data.clone(), row.bytes.clone()));
    assert_eq!(
        column.collect::<Vec<_>>(),
        [
            (State::Open, None, json!({"a": 1}), None),
            (State::Closed, Some(State::Open), json!([null, {"k": "v"}]), None),
            (State::Open, None, json!({"a": 1}), Some(vec![0, 255])),
        ]
    );
    assert!(rows[0].due > chrono::Utc::now());
    Ok(())
}

#[orm::test]
async fn a_conflict_updates_enums_json_and_defaults(db: Db) -> orm::Result<()> {
    db.create_tables(models![Ticket]).await?;
    let old = Ticket::objects()
        .bulk_create([ticket("a", 1).state(State::Closed), ticket("a", 2).data(json!(2))])
        .execute(&db)
        .await?;
    let rows = [ticket("a", 2).before(State::Closed), ticket("b", 1), ticket("a", 1).data(json!("x"))];
    let keys =
        query!(Ticket.bulk_create(rows).on_conflict(.place, .number).do_update(.state, .before, .data))
            .execute(&db)
            .await?;
    assert_eq!((keys[0], keys[2]), (old[1], old[0]));
    let rows = query!(Ticket.order_by(.place, .number).values_list(.state, .before, .data)).all(&db).await?;
    assert_eq!(
        rows,
        [
            // What a new row does not set becomes the default.
            (State::Open, None, json!("x")),
            (State::Open, Some(State::Closed), json!({"a": 1})),
            (State::Open, None, json!({"a": 1})),
        ]
    );
    Ok(())
}

#[orm::test]
async fn arrays_with_defaults_and_nulls(db: Db) -> orm::Result<()> {
    db.create_tables(models![Bag]).await?;
    let rows = [
        bag("a", &[]),
        bag("b", &[State::Open, State::Closed]).numbers(vec![1, -1]).labels(vec!["it's".into(), "{}".into()]),
        bag("c", &[State::Closed]).numbers(None::<Vec<i32>>).state(State::Open),
    ];
    let keys = Bag::objects().bulk_create(rows).execute(&db).await?;
    let rows = query!(Bag.order_by(.code)).all(&db).await?;
    assert_eq!(rows.iter().map(|row| row.id).collect::<Vec<_>>(), keys);
    assert_eq!(rows[0].states, []);
    assert_eq!(
        (rows[0].labels.as_slice(), rows[0].state),
        (&["x".to_owned(), "y".to_owned()][..], State::Closed)
    );
    assert_eq!(
        (rows[1].states.as_slice(), rows[1].numbers.as_deref()),
        (&[State::Open, State::Closed][..], Some(&[1, -1][..]))
    );
    assert_eq!(rows[1].labels, ["it's", "{}"]);
    assert_eq!((rows[2].numbers.as_deref(), rows[2].state), (None, State::Open));
    Ok(())
}

#[orm::test]
async fn conflicts_of_rows_with_arrays(db: Db) -> orm::Result<()> {
    db.create_tables(models![Bag]).await?;
    let old = Bag::objects().bulk_create([bag("a", &[State::Open])]).execute(&db).await?;
    let rows = [bag("b", &[]), bag("a", &[State::Closed, State::Closed]).numbers(vec![7])];
    let keys = query!(Bag.bulk_create(rows.clone()).on_conflict(.code).do_update(.states, .numbers))
        .execute(&db)
        .await?;
    assert_eq!(keys[1], old[0]);
    let changed = query!(Bag.filter(.code == "a")).get(&db).await?;
    assert_eq!((changed.states.len(), changed.numbers), (2, Some(vec![7])));
    let keys = Bag::objects().bulk_create(rows).ignore_conflicts().execute(&db).await?;
    assert_eq!(keys, [None, None]);
    Ok(())
}

#[orm::test]
async fn rows_with_arrays_are_updated_in_bulk(db: Db) -> orm::Result<()> {
    db.create_tables(models![Bag]).await?;
    Bag::objects().bulk_create(["a", "b", "c"].map(|code| bag(code, &[]))).execute(&db).await?;
    let mut bags = query!(Bag.order_by(.id)).all(&db).await?;
    bags[0].states = vec![State::Closed];
    bags[0].state = State::Open;
    bags[1].numbers = Some(vec![3]);
    let updated = query!(Bag.filter(.code != "b").bulk_update(&bags, .states, .state, .numbers));
    assert_eq!(updated.execute(&db).await?, 2);
    let rows = query!(Bag.order_by(.id)).all(&db).await?;
    assert_eq!((&rows[0], rows[1].numbers.as_deref(), &rows[2]), (&bags[0], None, &bags[2]));
    Ok(())
}

#[orm::test]
async fn whole_rows_keep_their_keys_and_the_counter_does_not_know(db: Db) -> orm::Result<()> {
    library::create_tables(&db).await?;
    let rows = [3, 1].map(|id| Author { id, name: format!("a{id}"), born: None });
    assert_eq!(Author::objects().bulk_create(rows).execute(&db).await?, [3, 1]);
    // As in Django, the database's counter starts at 1 all the same.
    let error = query!(Author.create(name = "b")).execute(&db).await.unwrap_err();
    assert!(error.is_unique_violation(), "{error}");
    Ok(())
}

#[orm::test]
async fn rows_refer_to_rows_of_the_same_statement(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let rows = [(20, Some(21)), (21, Some(20)), (22, Some(22))].map(|(id, parent_id)| Category {
        id,
        name: id.to_string(),
        parent_id,
    });
    assert_eq!(Category::objects().bulk_create(rows).execute(&db).await?, [20, 21, 22]);
    assert_eq!(ids!(&db, Category.filter(.parent.parent.id == .id)), [20, 21, 22]);
    Ok(())
}

#[orm::test]
async fn a_wrong_foreign_key_inserts_nothing(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let rows = [1, 99].map(|user_id| query!(Order.create(user_id = user_id, total = 1.0)));
    let error = Order::objects().bulk_create(rows).execute(&db).await.unwrap_err();
    assert!(error.is_foreign_key_violation(), "{error}");
    assert_eq!(query!(Order).count(&db).await?, 5);
    // Ignored conflicts are those of unique keys only.
    let rows = [99].map(|user_id| query!(Order.create(user_id = user_id, total = 1.0)));
    assert!(Order::objects().bulk_create(rows).ignore_conflicts().execute(&db).await.is_err());
    Ok(())
}

#[orm::test]
async fn an_update_sees_no_second_statement(db: Db) -> orm::Result<()> {
    library::create_tables(&db).await?;
    let (db, log) = db.logged();
    let names = ["a", "b"].map(|name| NewTag { name: name.into() });
    let first = query!(Tag.bulk_create(names.clone()).on_conflict(.name).do_nothing()).execute(&db).await?;
    let second = query!(Tag.bulk_create(names).on_conflict(.name).do_update(.name)).execute(&db).await?;
    assert_eq!(log.count(), 2, "{log}");
    assert_eq!(first.into_iter().flatten().collect::<Vec<_>>(), second);
    Ok(())
}

#[orm::test]
async fn an_iterator_of_many_batches_keeps_its_order(db: Db) -> orm::Result<()> {
    library::create_tables(&db).await?;
    let (db, log) = db.logged();
    let names = (0..250).rev().map(|n| NewAuthor { name: format!("{n:03}") });
    let keys = Author::objects().bulk_create(names).batch_size(100).execute(&db).await?;
    assert_eq!(log.count(), 3, "{log}");
    let by_name = query!(Author.order_by(-.name).values_list(.id)).all(&db).await?;
    assert_eq!(keys, by_name);
    Ok(())
}
