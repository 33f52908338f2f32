//! Facts of Django's test folders `composite_pk` and `custom_pk`, on writing.

use orm::functions::{coalesce, row_number};
use orm::prelude::*;
use uuid::Uuid;

#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd)]
enum Kind {
    Main,
    Side,
}

/// A key of three types, two of which are other tables'.
#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "rooms", has_many(beds: Bed.room))]
struct Room {
    #[model(primary_key)]
    house: String,
    #[model(primary_key)]
    kind: Kind,
    #[model(primary_key)]
    number: i16,
    seats: Option<i32>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "beds", belongs_to(room: Room, columns(house, kind, number), on_delete = cascade))]
struct Bed {
    #[model(default = "gen_random_uuid()")]
    id: Uuid,
    house: String,
    kind: Kind,
    number: i16,
    width: i32,
}

/// A key that is a text.
#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "currencies")]
struct Currency {
    #[model(primary_key)]
    code: String,
    name: String,
}

fn room(house: &str, kind: Kind, number: i16) -> CreateRoom {
    NewRoom { house: house.into(), kind, number }.into()
}

async fn filled(db: &Db) -> orm::Result<()> {
    db.create_tables(models![Room, Bed, Currency]).await?;
    let rooms = [
        room("a", Kind::Main, 1).seats(4),
        room("a", Kind::Main, 2),
        room("a", Kind::Side, 1),
        room("b", Kind::Main, 1),
    ];
    Room::objects().bulk_create(rooms).execute(db).await?;
    let beds = [("a", Kind::Main, 1, 90), ("a", Kind::Main, 1, 140), ("b", Kind::Main, 1, 90)];
    let beds = beds.map(|(house, kind, number, width)| NewBed { house: house.into(), kind, number, width });
    Bed::objects().bulk_create(beds).execute(db).await?;
    Ok(())
}

async fn keys(db: &impl Executor) -> orm::Result<Vec<(String, Kind, i16)>> {
    query!(Room.order_by(.house, .kind, .number).values_list(.house, .kind, .number)).all(db).await
}

fn key(house: &str, kind: Kind, number: i16) -> (String, Kind, i16) {
    (house.to_owned(), kind, number)
}

#[orm::test]
async fn a_row_is_created_saved_and_deleted_by_its_key(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let mut room = query!(Room.create(house = "c", kind = Kind::Side, number = 7)).execute(&db).await?;
    assert_eq!(room.key(), key("c", Kind::Side, 7));
    room.seats = Some(2);
    room.save(&db).await?;
    assert_eq!(query!(Room.filter(.seats == 2)).get(&db).await?, room);
    room.delete(&db).await?;
    assert!(room.refresh(&db).await.unwrap_err().is_not_found());
    let taken =
        query!(Room.create(house = "a", kind = Kind::Main, number = 1)).execute(&db).await.unwrap_err();
    assert_eq!(taken.constraint(), Some("rooms_pkey"), "{taken}");
    Ok(())
}

#[orm::test]
async fn keys_come_back_in_order_and_conflicts_are_on_all_of_them(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let rows = [room("z", Kind::Side, 1), room("a", Kind::Main, 2).seats(9), room("m", Kind::Main, 1)];
    let create = Room::objects().bulk_create(rows).on_conflict(|r| (r.house(), r.kind(), r.number()));
    let keys = create.do_update(|r| r.seats()).execute(&db).await?;
    assert_eq!(keys, [key("z", Kind::Side, 1), key("a", Kind::Main, 2), key("m", Kind::Main, 1)]);
    assert_eq!(query!(Room.filter(.seats == 9)).get(&db).await?.number, 2);
    let again =
        Room::objects().bulk_create([room("z", Kind::Side, 1), room("z", Kind::Side, 2)]).ignore_conflicts();
    assert_eq!(again.execute(&db).await?, [None, Some(key("z", Kind::Side, 2))]);
    Ok(())
}

#[orm::test]
async fn get_and_update_or_create_by_the_whole_key(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let (found, created) =
        query!(Room.get_or_create(house = "a", kind = Kind::Side, number = 1).defaults(seats = 5))
            .execute(&db)
            .await?;
    assert_eq!((found.seats, created), (None, false));
    let (updated, created) =
        query!(Room.update_or_create(number = 1, kind = Kind::Side, house = "a").defaults(seats = 5))
            .execute(&db)
            .await?;
    assert_eq!((updated.seats, created), (Some(5), false));
    Ok(())
}

#[orm::test]
async fn rows_are_updated_in_bulk_by_their_keys(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let mut rooms = query!(Room.filter(.house == "a")).all(&db).await?;
    rooms.iter_mut().for_each(|room| room.seats = Some(i32::from(room.number) * 10));
    assert_eq!(query!(Room.filter(.beds.is_empty()).bulk_update(&rooms, .seats)).execute(&db).await?, 2);
    let seats = query!(Room.order_by(.house, .kind, .number).values_list(.seats)).all(&db).await?;
    assert_eq!(seats, [Some(4), Some(20), Some(10), None]);
    Ok(())
}

#[orm::test]
async fn a_part_of_the_key_is_updated_by_an_update(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let moved = query!(Room.filter(.beds.is_empty(), .house == "a").update(house = .house.upper(), number = .number + 1));
    assert_eq!(moved.execute(&db).await?, 2);
    assert_eq!(
        keys(&db).await?,
        [key("A", Kind::Main, 3), key("A", Kind::Side, 2), key("a", Kind::Main, 1), key("b", Kind::Main, 1)]
    );
    // What others refer to stays.
    assert!(query!(Room.update(number = 9)).execute(&db).await.unwrap_err().is_foreign_key_violation());
    Ok(())
}

#[orm::test]
async fn filters_over_composite_foreign_keys_write(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let odd = query!(Bed.filter(.room.seats > 3).update(width = .width + coalesce(.room.seats, 0)).returning(.width));
    assert_eq!(super::sorted(odd.execute(&db).await?), [94, 144]);
    let wide = query!(Room.filter(.beds.width.sum() > 0).update(seats = .beds.count().cast::<i32>()));
    assert_eq!(wide.execute(&db).await?, 2);
    assert_eq!(
        query!(Room.order_by(.house, .kind, .number).values_list(.seats)).all(&db).await?,
        [Some(2), None, None, Some(1)]
    );
    assert_eq!(query!(Room.filter(.beds.exists()).delete()).execute(&db).await?, 2);
    assert_eq!(query!(Bed).count(&db).await?, 0, "cascade");
    Ok(())
}

#[orm::test]
async fn the_last_of_each_house_by_a_window(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let last = query!(Room
        .annotate(n = row_number().partition_by(.house).order_by(-.kind, -.number))
        .filter(.n == 1));
    let expected = [key("a", Kind::Side, 1), key("b", Kind::Main, 1)];
    let updated = query!(last.update(seats = 1).returning(.house, .kind, .number)).execute(&db).await?;
    assert_eq!(super::sorted(updated), expected);
    let gone = query!(last.delete().returning(.house, .kind, .number)).execute(&db).await?;
    assert_eq!(super::sorted(gone), expected);
    assert_eq!(query!(Bed.values_list(.house)).all(&db).await?, ["a", "a"]);
    Ok(())
}

#[orm::test]
async fn locks_slices_and_maps_by_composite_keys(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let wanted = [key("a", Kind::Side, 1), key("b", Kind::Main, 1), key("x", Kind::Main, 1)];
    let tx = db.begin().await?;
    let found = query!(Room.select_for_update()).in_bulk(&tx, wanted.clone()).await?;
    assert_eq!(found.len(), 2);
    let free = db.transaction(async |tx| {
        query!(Room.order_by(.number).select_for_update().skip_locked()[..5]).all(tx).await
    });
    assert_eq!(free.await?.len(), 2);
    tx.rollback().await
}

#[orm::test]
async fn a_text_is_a_key(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let rows = [("EUR", "Euro"), ("", "none")]
        .map(|(code, name)| NewCurrency { code: code.into(), name: name.into() });
    assert_eq!(Currency::objects().bulk_create(rows).execute(&db).await?, ["EUR", ""]);
    let (euro, created) =
        query!(Currency.get_or_create(code = "EUR").defaults(name = "?")).execute(&db).await?;
    assert_eq!((euro.name.as_str(), created), ("Euro", false));
    query!(Currency.filter(.code == "").update(code = "XXX")).execute(&db).await?;
    assert_eq!(query!(Currency.order_by(.code)).first(&db).await?.map(|c| c.code), Some("EUR".into()));
    assert_eq!(query!(Currency).last(&db).await?.map(|c| c.code), Some("XXX".into()));
    Ok(())
}

#[orm::test]
async fn the_database_makes_a_uuid(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    let new = || NewBed { house: "b".into(), kind: Kind::Main, number: 1, width: 100 };
    let keys = Bed::objects().bulk_create([new(), new()]).execute(&db).await?;
    assert_ne!(keys[0], keys[1]);
    let beds = Bed::objects().in_bulk(&db, keys.iter().copied()).await?;
    assert_eq!(beds[&keys[1]].width, 100);
    let own = Uuid::from_u128(7);
    let bed = query!(Bed.create(house = "b", kind = Kind::Main, number = 1, width = 1))
        .id(own)
        .execute(&db)
        .await?;
    assert_eq!(bed.id, own);
    Ok(())
}
