//! Links between rows with keys of several columns, enums among them.

use orm::prelude::*;

#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "seats", many_to_many(guests: Guest, through = Booking(seat, guest)))]
struct Seat {
    #[model(primary_key)]
    row: i32,
    #[model(primary_key)]
    side: Side,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "guests", many_to_many(seats: Seat, through = Booking(guest, seat)))]
struct Guest {
    #[model(primary_key)]
    family: String,
    #[model(primary_key)]
    name: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(
    table = "bookings",
    belongs_to(seat: Seat, columns(seat_row, seat_side)),
    belongs_to(guest: Guest, columns(guest_family, guest_name)),
    unique(guest_family, guest_name, seat_row, seat_side)
)]
struct Booking {
    id: i64,
    seat_row: i32,
    seat_side: Side,
    guest_family: String,
    guest_name: String,
    note: Option<String>,
}

fn guest(name: &str) -> (String, String) {
    ("Smith".into(), name.into())
}

#[orm::test]
async fn keys_are_tuples(db: Db) -> orm::Result<()> {
    db.create_tables(models![Seat, Guest, Booking]).await?;
    let seats = [(1, Side::Left), (1, Side::Right)].map(|(row, side)| NewSeat { row, side });
    Seat::objects().bulk_create(seats).execute(&db).await?;
    let names = ["a", "b", "c"];
    let guests = names.map(|name| NewGuest { family: "Smith".into(), name: name.into() });
    Guest::objects().bulk_create(guests).execute(&db).await?;
    let seat = query!(Seat.filter(.side == Side::Left)).get(&db).await?;
    let other = query!(Seat.filter(.side == Side::Right)).get(&db).await?;

    assert_eq!(query!(seat.related(.guests).add([guest("a"), guest("b")])).execute(&db).await?, 2);
    assert_eq!(query!(seat.related(.guests).add([guest("b")])).execute(&db).await?, 0);
    assert_eq!(query!(other.related(.guests).add([guest("a")])).execute(&db).await?, 1);
    assert_eq!(query!(seat.related(.guests).set([guest("b"), guest("c")])).execute(&db).await?, 2);
    let mut guests = query!(seat.related(.guests).objects().order_by(.name)).all(&db).await?;
    assert_eq!(guests.iter().map(|guest| guest.name.as_str()).collect::<Vec<_>>(), ["b", "c"]);
    let c = guests.pop().expect("two guests");
    assert_eq!(query!(c.related(.seats).objects()).all(&db).await?, std::slice::from_ref(&seat));
    assert_eq!(query!(c.related(.seats).remove([(1, Side::Left), (1, Side::Right)])).execute(&db).await?, 1);
    assert_eq!(query!(seat.related(.guests).clear()).execute(&db).await?, 1);
    assert_eq!(Booking::objects().count(&db).await?, 1);
    Ok(())
}
