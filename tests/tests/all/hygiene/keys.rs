//! Keys and foreign keys of every form.

use orm::prelude::*;
use uuid::Uuid;

#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "rooms", has_many(seats: Seat.room, bookings: Booking.room))]
struct Room {
    #[model(primary_key)]
    house: String,
    #[model(primary_key)]
    number: i32,
    #[model(belongs_to = House, as = building)]
    house_id: Uuid,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "houses", has_many(rooms: Room.building))]
struct House {
    #[model(default = "gen_random_uuid()")]
    id: Uuid,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(
    table = "seats",
    belongs_to(room: Room, columns(house, room_number), on_delete = cascade),
    belongs_to(spare: Room, columns(spare_house, spare_number), on_delete = set_null)
)]
struct Seat {
    #[model(primary_key)]
    code: String,
    house: String,
    room_number: i32,
    spare_house: Option<String>,
    spare_number: Option<i32>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "bookings", belongs_to(room: Room, columns(house, number)))]
struct Booking {
    #[model(primary_key)]
    house: String,
    #[model(primary_key)]
    number: i32,
    #[model(primary_key, belongs_to = Seat, as = seat)]
    seat_code: String,
    #[model(belongs_to = Seat, as = other)]
    other_code: Option<String>,
}

async fn house(db: &Db) -> orm::Result<()> {
    db.create_tables(models![Booking, Seat, Room, House]).await?;
    let house = query!(House.create()).execute(db).await?;
    for (name, number) in [("a", 1), ("a", 2), ("b", 1)] {
        query!(Room.create(house = name, number = number, house_id = house.id)).execute(db).await?;
    }
    let seat = |code: &str, house: &str, room_number| {
        CreateSeat::from(NewSeat { code: code.into(), house: house.into(), room_number })
    };
    let seats = [
        seat("x", "a", 1).spare_house("b").spare_number(1),
        seat("y", "a", 1),
        seat("z", "b", 1).spare_house("a"),
    ];
    Seat::objects().bulk_create(seats).execute(db).await?;
    let booking = |house: &str, number, seat: &str| {
        CreateBooking::from(NewBooking { house: house.into(), number, seat_code: seat.into() })
    };
    let keys = Booking::objects()
        .bulk_create([booking("b", 1, "x").other_code("z"), booking("a", 1, "x")])
        .execute(db)
        .await?;
    assert_eq!(keys[1], ("a".to_owned(), 1, "x".to_owned()));
    Ok(())
}

#[orm::test]
async fn composite_foreign_keys_are_joined_and_prefetched(db: Db) -> orm::Result<()> {
    house(&db).await?;
    let (db, log) = db.logged();
    let rooms =
        query!(Room.prefetch_related(.seats.order_by(-.code), .bookings.seat).order_by(.house, .number))
            .all(&db)
            .await?;
    let codes: Vec<Vec<&str>> =
        rooms.iter().map(|room| room.seats().iter().map(|s| s.code.as_str()).collect()).collect();
    assert_eq!(codes, [vec!["y", "x"], vec![], vec!["z"]]);
    assert_eq!(rooms.iter().map(|room| room.bookings().len()).collect::<Vec<_>>(), [1, 0, 1]);
    assert_eq!(log.count(), 3, "{log}");

    let seats = query!(Seat.select_related(.room.building, .spare).order_by(.code)).all(&db).await?;
    assert_eq!(
        seats.iter().map(|s| (s.room().number, s.spare().is_some())).collect::<Vec<_>>(),
        [(1, true), (1, false), (1, false)]
    );
    assert_eq!(seats[0].spare().map(|r| r.house.as_str()), Some("b"));
    assert_eq!(seats[0].room().building().id, rooms[0].house_id);
    assert_eq!(log.count(), 4, "{log}");
    Ok(())
}

#[orm::test]
async fn composite_foreign_keys_are_filtered_over(db: Db) -> orm::Result<()> {
    house(&db).await?;
    let spare = query!(Seat.filter(.spare.number == 1));
    assert_eq!(spare.get(&db).await?.code, "x");
    let none = query!(Seat.filter(.spare.house == None).order_by(.code));
    assert_eq!(none.count(&db).await?, 2, "half a key refers to nothing");
    let busy = query!(Room.filter(.seats.any(.code == "y")));
    assert_eq!(busy.get(&db).await?.key(), ("a".to_owned(), 1));
    assert_eq!(query!(Room.filter(.seats.is_empty())).get(&db).await?.number, 2);
    assert_eq!(query!(Room.filter(.bookings.any(.seat.room.house == "a"))).count(&db).await?, 2);
    assert_eq!(query!(Seat.filter(.room.seats.any(.code == "x"))).count(&db).await?, 2);
    assert_eq!(query!(House.filter(.rooms.seats.any(.code == "z"))).count(&db).await?, 1);
    assert_eq!(
        query!(Booking.filter(.other.code == "z").select_related(.other, .seat)).get(&db).await?.number,
        1
    );
    let keys = [("a".to_owned(), 2), ("b".to_owned(), 1), ("b".to_owned(), 2)];
    assert_eq!(Room::objects().in_bulk(&db, keys).await?.len(), 2);
    Ok(())
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(
    table = "people",
    has_many(children_of_mother: Person.mother, children_of_father: Person.father),
    many_to_many(friends: Person, through = Friendship(one, other), befriended_by: Person, through = Friendship(other, one))
)]
struct Person {
    id: Uuid,
    #[model(belongs_to = Person)]
    mother_id: Option<Uuid>,
    #[model(belongs_to = Person)]
    father_id: Option<Uuid>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "friendships")]
struct Friendship {
    #[model(primary_key, belongs_to = Person)]
    one_id: Uuid,
    #[model(primary_key, belongs_to = Person)]
    other_id: Uuid,
}

#[orm::test]
async fn several_keys_to_the_same_table_and_to_itself(db: Db) -> orm::Result<()> {
    db.create_tables(models![Friendship, Person]).await?;
    let id = Uuid::from_u128;
    let person = |n: u128| CreatePerson::from(NewPerson { id: id(n) });
    let people =
        [person(1), person(2), person(3).mother_id(id(1)).father_id(id(2)), person(4).mother_id(id(1))];
    Person::objects().bulk_create(people).execute(&db).await?;
    let pairs = [(1, 2), (3, 2), (2, 4)].map(|(a, b)| NewFriendship { one_id: id(a), other_id: id(b) });
    Friendship::objects().bulk_create(pairs).execute(&db).await?;

    let people = query!(Person
        .select_related(.mother, .father)
        .prefetch_related(.children_of_mother, .children_of_father, .friends, .befriended_by)
        .order_by(.id))
    .all(&db)
    .await?;
    let counts: Vec<_> = people
        .iter()
        .map(|p| {
            let children = (p.children_of_mother().len(), p.children_of_father().len());
            (
                p.mother().is_some(),
                p.father().is_some(),
                children,
                (p.friends().len(), p.befriended_by().len()),
            )
        })
        .collect();
    assert_eq!(
        counts,
        [
            (false, false, (2, 0), (1, 0)),
            (false, false, (0, 1), (1, 2)),
            (true, true, (0, 0), (1, 0)),
            (true, false, (0, 0), (0, 1)),
        ]
    );
    assert_eq!(people[0].friends()[0].id, id(2));
    assert_eq!(people[3].befriended_by()[0].id, id(2));
    let half = query!(Person.filter(.mother.children_of_mother.any(.father_id == None), .father.id != None));
    assert_eq!(half.count(&db).await?, 1);
    Ok(())
}
