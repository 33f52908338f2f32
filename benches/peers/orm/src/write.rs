//! Rows inserted and updated.

use orm::{
    chrono::{DateTime, Utc},
    prelude::*,
};
use workloads::{Sum, Work};

use crate::{
    Orm,
    models::{Book, Event, NewEvent},
};

fn events() -> impl Iterator<Item = NewEvent> {
    let created_at: DateTime<Utc> = DateTime::from_timestamp(Work::CREATED, 0).unwrap_or_default();
    (0..Work::EVENTS).map(Work::event).map(move |(user_id, kind, amount)| NewEvent {
        user_id,
        kind,
        amount,
        created_at,
    })
}

impl Orm {
    pub(crate) async fn insert(&self) -> orm::Result<Sum> {
        let mut sum = Sum::new();
        let keys = Event::objects().bulk_create(events()).execute(&self.db).await?;
        keys.iter().enumerate().for_each(|(position, key)| sum.key(position, *key));
        Ok(sum)
    }

    pub(crate) async fn copy(&self) -> orm::Result<Sum> {
        let mut sum = Sum::new();
        let copied = Event::objects().copy_in(events()).execute(&self.db).await?;
        sum.number(copied.cast_signed());
        Ok(sum)
    }

    pub(crate) async fn update(&mut self, seed: i64) -> orm::Result<Sum> {
        if self.books.is_empty() {
            self.books = query!(Book.filter(.id <= Work::UPDATED)).all(&self.db).await?;
        }
        for book in &mut self.books {
            book.price = Work::price(book.id, seed);
        }
        let mut sum = Sum::new();
        let updated = query!(Book.bulk_update(&self.books, .price)).execute(&self.db).await?;
        sum.number(updated.cast_signed());
        Ok(sum)
    }
}
