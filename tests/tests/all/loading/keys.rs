//! Relations over keys that are not one integer.

use std::ops::Deref;

use orm::prelude::*;

use super::travel::{self, Airport, Booking, Flight, Person, Ticket, booking, person};

fn names(flights: &[impl Deref<Target = Flight>]) -> String {
    flights.iter().map(|flight| format!("{}{} ", flight.airline, flight.number)).collect()
}

#[orm::test]
async fn a_text_key_with_two_relations_to_many(db: Db) -> orm::Result<()> {
    travel::create(&db).await?;
    let airports = query!(Airport
        .prefetch_related(.departures.origin, .arrivals.origin)
        .prefetch_related(.departures.order_by(.airline, .number), .arrivals.order_by(-.airline, .number))
        .order_by(.code))
    .all(&db)
    .await?;
    let [ber, lis, osl] = &airports[..] else { panic!("{airports:?}") };
    assert_eq!([names(ber.departures()), names(ber.arrivals())], ["A12 AB1 B1 ", "AB2 "]);
    assert_eq!([names(lis.departures()), names(lis.arrivals())], ["", "B1 A12 "]);
    assert_eq!([names(osl.departures()), names(osl.arrivals())], ["AB2 ", "AB1 "]);
    assert!(ber.departures().iter().all(|flight| flight.origin() == &**ber));
    Ok(())
}

#[orm::test]
async fn three_relations_to_one_table_in_one_statement(db: Db) -> orm::Result<()> {
    travel::create(&db).await?;
    let (db, log) = db.logged();
    let flights = query!(Flight.select_related(.diverted_to, .destination, .origin)).all(&db).await?;
    assert_eq!((flights.len(), log.count()), (4, 1), "{log}");
    for flight in &flights {
        assert_eq!(flight.origin().code, flight.origin_code);
        assert_eq!(flight.destination().code, flight.destination_code);
        assert_eq!(flight.diverted_to().map(|airport| &airport.code), flight.diverted_code.as_ref());
    }
    assert_eq!(flights.iter().filter(|flight| flight.diverted_to().is_some()).count(), 1);
    Ok(())
}

#[orm::test]
async fn a_composite_foreign_key_nullable_or_not(db: Db) -> orm::Result<()> {
    travel::create(&db).await?;
    let (db, log) = db.logged();
    let bookings =
        query!(Booking.select_related(.flight.origin, .return_flight.origin, .ticket).order_by(.id))
            .all(&db)
            .await?;
    assert_eq!(log.count(), 1, "{log}");
    let found = bookings.iter().map(|booking| {
        let back = booking.return_flight().map(|flight| (flight.number, flight.origin().code.as_str()));
        (booking.flight().number, back, booking.ticket().map(|ticket| ticket.seat.as_str()))
    });
    assert_eq!(
        found.collect::<Vec<_>>(),
        [(1, Some((2, "OSL")), None), (1, None, Some("1A")), (2, None, None)]
    );
    Ok(())
}

#[orm::test]
async fn children_by_a_composite_key(db: Db) -> orm::Result<()> {
    travel::create(&db).await?;
    let (db, log) = db.logged();
    let flights = query!(Flight
        .prefetch_related(.bookings.ticket, .bookings.order_by(.id), .returns.person)
        .order_by(.airline, .number))
    .all(&db)
    .await?;
    assert_eq!(log.count(), 3, "{log}");
    let found = flights.iter().map(|flight| {
        let bookings = flight.bookings().iter().map(|booking| booking.id).collect::<Vec<_>>();
        (bookings, flight.returns().iter().map(|booking| booking.person().name.as_str()).collect::<Vec<_>>())
    });
    assert_eq!(
        found.collect::<Vec<_>>(),
        [
            (vec![], vec![]),
            (vec![booking(1), booking(2)], vec![]),
            (vec![booking(3)], vec!["Ada"]),
            (vec![], vec![]),
        ]
    );
    Ok(())
}

#[orm::test]
async fn many_to_many_between_a_composite_key_and_a_uuid(db: Db) -> orm::Result<()> {
    travel::create(&db).await?;
    let (db, log) = db.logged();
    let flights =
        query!(Flight.prefetch_related(.crew.order_by(.name)).order_by(.airline, .number)).all(&db).await?;
    let crews =
        flights.iter().map(|flight| flight.crew().iter().map(|one| one.name.as_str()).collect::<Vec<_>>());
    assert_eq!(crews.collect::<Vec<_>>(), [vec![], vec!["Bo", "Cy"], vec!["Cy"], vec![]]);
    let people =
        query!(Person.prefetch_related(.flights.destination, .flights.order_by(-.number)).order_by(.name))
            .all(&db)
            .await?;
    let flights = people.iter().map(|one| names(one.flights()));
    assert_eq!(flights.collect::<Vec<_>>(), ["", "AB1 ", "AB2 AB1 "]);
    assert_eq!(log.count(), 6, "{log}");
    Ok(())
}

#[orm::test]
async fn many_to_many_with_itself_goes_one_way(db: Db) -> orm::Result<()> {
    travel::create(&db).await?;
    let people = query!(Person.prefetch_related(.friends.friends, .friends.order_by(.name)).order_by(.name))
        .all(&db)
        .await?;
    let names =
        people.iter().map(|one| one.friends().iter().map(|one| one.name.as_str()).collect::<Vec<_>>());
    assert_eq!(names.collect::<Vec<_>>(), [vec!["Bo", "Cy"], vec!["Ada"], vec![]]);
    assert_eq!(people[1].friends()[0].friends().len(), 2);
    Ok(())
}

#[orm::test]
async fn in_bulk_by_text_uuid_and_composite_keys(db: Db) -> orm::Result<()> {
    travel::create(&db).await?;
    let (db, log) = db.logged();
    let airports = query!(Airport).in_bulk(&db, ["BER", "XXX"].map(String::from)).await?;
    assert_eq!(airports.keys().collect::<Vec<_>>(), ["BER"]);
    let people = query!(Person.prefetch_related(.bookings)).in_bulk(&db, [person(1), person(2)]).await?;
    assert_eq!((people.len(), people[&person(1)].bookings().len()), (2, 2));
    let keys = [("AB".to_owned(), 1), ("AB".to_owned(), 1), ("A".to_owned(), 12), ("B".to_owned(), 12)];
    let flights = query!(Flight.select_related(.origin)).in_bulk(&db, keys).await?;
    assert_eq!((flights.len(), flights[&("A".to_owned(), 12)].origin().code.as_str()), (2, "BER"));
    assert_eq!(log.count(), 4, "{log}");
    Ok(())
}

#[orm::test]
async fn get_by_a_composite_key(db: Db) -> orm::Result<()> {
    travel::create(&db).await?;
    let flight = query!(Flight.filter(.airline == "A", .number == 12)).get(&db).await?;
    assert_eq!(flight.key(), ("A".to_owned(), 12));
    let ticket =
        query!(Ticket.select_related(.booking.person).filter(.booking.airline == "AB")).get(&db).await?;
    assert_eq!(ticket.booking().person().name, "Bo");
    Ok(())
}
