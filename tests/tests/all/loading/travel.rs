//! Models whose keys are texts, UUIDs and pairs, with several relations between the same two tables.

use orm::prelude::*;
use uuid::Uuid;

#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "airports", has_many(departures: Flight.origin, arrivals: Flight.destination))]
pub(super) struct Airport {
    #[model(primary_key)]
    pub(super) code: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(
    table = "flights",
    has_many(bookings: Booking.flight, returns: Booking.return_flight),
    many_to_many(crew: Person, through = Duty(flight, person))
)]
pub(super) struct Flight {
    #[model(primary_key)]
    pub(super) airline: String,
    #[model(primary_key)]
    pub(super) number: i32,
    #[model(belongs_to = Airport, as = origin)]
    pub(super) origin_code: String,
    #[model(belongs_to = Airport, as = destination)]
    pub(super) destination_code: String,
    #[model(belongs_to = Airport, as = diverted_to)]
    pub(super) diverted_code: Option<String>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(
    table = "bookings",
    belongs_to(flight: Flight, columns(airline, number)),
    belongs_to(return_flight: Flight, columns(return_airline, return_number)),
    has_one(ticket: Ticket.booking)
)]
pub(super) struct Booking {
    #[model(primary_key)]
    pub(super) id: Uuid,
    #[model(belongs_to = Person)]
    pub(super) person_id: Uuid,
    pub(super) airline: String,
    pub(super) number: i32,
    pub(super) return_airline: Option<String>,
    pub(super) return_number: Option<i32>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "tickets")]
pub(super) struct Ticket {
    #[model(primary_key, belongs_to = Booking)]
    pub(super) booking_id: Uuid,
    pub(super) seat: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(
    table = "people",
    has_many(bookings: Booking.person),
    many_to_many(flights: Flight, through = Duty(person, flight)),
    many_to_many(friends: Person, through = Friendship(one, other))
)]
pub(super) struct Person {
    #[model(primary_key)]
    pub(super) id: Uuid,
    pub(super) name: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "duties", belongs_to(flight: Flight, columns(airline, number)))]
pub(super) struct Duty {
    #[model(primary_key)]
    pub(super) airline: String,
    #[model(primary_key)]
    pub(super) number: i32,
    #[model(primary_key, belongs_to = Person)]
    pub(super) person_id: Uuid,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "friendships")]
pub(super) struct Friendship {
    #[model(primary_key, belongs_to = Person)]
    pub(super) one_id: Uuid,
    #[model(primary_key, belongs_to = Person)]
    pub(super) other_id: Uuid,
}

pub(super) fn person(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

pub(super) fn booking(n: u128) -> Uuid {
    Uuid::from_u128(100 + n)
}

/// Three airports, four flights between them, three people (1 to 3) and three bookings (1 to 3).
pub(super) async fn create(db: &Db) -> orm::Result<()> {
    db.create_tables(models![Friendship, Duty, Ticket, Booking, Flight, Airport, Person]).await?;
    let airports = ["BER", "OSL", "LIS"].map(|code| NewAirport { code: code.into() });
    Airport::objects().bulk_create(airports).execute(db).await?;
    let flight = |airline: &str, number, from: &str, to: &str| {
        query!(Flight.create(airline = airline, number = number, origin_code = from, destination_code = to))
    };
    let flights = [
        flight("AB", 1, "BER", "OSL"),
        flight("AB", 2, "OSL", "BER").diverted_code("LIS"),
        flight("B", 1, "BER", "LIS"),
        // The concatenation of the key's columns is that of another.
        flight("A", 12, "BER", "LIS"),
    ];
    Flight::objects().bulk_create(flights).execute(db).await?;
    let people =
        [(1, "Ada"), (2, "Bo"), (3, "Cy")].map(|(n, name)| NewPerson { id: person(n), name: name.into() });
    Person::objects().bulk_create(people).execute(db).await?;
    let booked = |n, who, number| {
        query!(Booking.create(id = booking(n), person_id = person(who), airline = "AB", number = number))
    };
    let bookings = [booked(1, 1, 1).return_airline("AB").return_number(2), booked(2, 2, 1), booked(3, 1, 2)];
    Booking::objects().bulk_create(bookings).execute(db).await?;
    query!(Ticket.create(booking_id = booking(2), seat = "1A")).execute(db).await?;
    let duties = [("AB", 1, 2), ("AB", 1, 3), ("AB", 2, 3)].map(|(airline, number, who)| NewDuty {
        airline: airline.into(),
        number,
        person_id: person(who),
    });
    Duty::objects().bulk_create(duties).execute(db).await?;
    let friends =
        [(1, 2), (1, 3), (2, 1)].map(|(a, b)| NewFriendship { one_id: person(a), other_id: person(b) });
    Friendship::objects().bulk_create(friends).execute(db).await?;
    Ok(())
}
