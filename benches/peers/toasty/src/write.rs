//! Many rows at once.

use jiff::Timestamp;
use toasty::Db;
use workloads::{Error, Sum, Work};

use crate::models::{Book, Event};

pub async fn insert(db: &mut Db) -> Result<Sum, Error> {
    let created_at = Timestamp::from_second(Work::CREATED)?;
    let mut events = Event::create_many();
    for position in 0..Work::EVENTS {
        let (user_id, kind, amount) = Work::event(position);
        events =
            events.with_item(|event| event.user_id(user_id).kind(kind).amount(amount).created_at(created_at));
    }
    let events = events.exec(db).await?;
    let mut sum = Sum::new();
    for (position, event) in events.iter().enumerate() {
        sum.key(position, event.id);
    }
    Ok(sum)
}

/// A statement sets the same price for all rows that it finds, so each book has one of its own. A batch of them takes
/// longer than they do one after the other.
pub async fn update(db: &mut Db, seed: i64) -> Result<Sum, Error> {
    let mut transaction = db.transaction().await?;
    let mut count = 0;
    for id in 1..=Work::UPDATED {
        Book::update_by_id(id).price(Work::price(id, seed)).exec(&mut transaction).await?;
        // An update says nothing of how many rows there were.
        count += 1;
    }
    transaction.commit().await?;
    let mut sum = Sum::new();
    sum.number(count);
    Ok(sum)
}
