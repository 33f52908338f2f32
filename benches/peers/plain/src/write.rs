//! Rows inserted and updated.

use chrono::{DateTime, Utc};
use tokio_postgres::types::ToSql;
use workloads::{Error, Sum, Work};

use crate::Plain;

/// A row to insert.
pub struct NewEvent {
    pub user_id: i64,
    pub kind: String,
    pub amount: i64,
    pub created_at: DateTime<Utc>,
}

impl NewEvent {
    /// All that are inserted.
    pub fn all() -> Vec<Self> {
        let created_at = DateTime::from_timestamp(Work::CREATED, 0).unwrap_or_default();
        (0..Work::EVENTS)
            .map(Work::event)
            .map(|(user_id, kind, amount)| Self { user_id, kind, amount, created_at })
            .collect()
    }
}

impl<const STREAMED: bool> Plain<STREAMED> {
    pub(crate) async fn insert(&mut self) -> Result<Sum, Error> {
        let events = NewEvent::all();
        let mut sum = Sum::new();
        let transaction = self.client.transaction().await?;
        let mut position = 0;
        for events in events.chunks(1000) {
            let mut parameters: Vec<&(dyn ToSql + Sync)> = Vec::with_capacity(4 * events.len());
            for event in events {
                parameters.extend::<[&(dyn ToSql + Sync); 4]>([
                    &event.user_id,
                    &event.kind,
                    &event.amount,
                    &event.created_at,
                ]);
            }
            for row in transaction.query(&self.statements.insert, &parameters).await? {
                sum.key(position, row.get(0));
                position += 1;
            }
        }
        transaction.commit().await?;
        Ok(sum)
    }

    pub(crate) async fn update(&mut self, seed: i64) -> Result<Sum, Error> {
        let mut updated = 0;
        let transaction = self.client.transaction().await?;
        for id in 1..=Work::UPDATED {
            let price = Work::price(id, seed);
            updated += transaction.execute(&self.statements.update, &[&price, &id]).await?;
        }
        transaction.commit().await?;
        let mut sum = Sum::new();
        sum.number(updated as i64);
        Ok(sum)
    }
}
