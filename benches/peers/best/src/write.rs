//! Rows inserted and updated.

use std::pin::pin;

use bytes::{BufMut, Bytes, BytesMut};
use futures_util::SinkExt;
use plain::{NewEvent, rows::micros};
use tokio_postgres::Statement;
use workloads::{Error, Sum, Work};

use crate::{
    Best,
    row::{COPY_HEAD, EPOCH},
};

impl Best {
    /// The keys are taken first, and copied with the rows: `INSERT .. RETURNING` costs the server more.
    pub async fn insert(&self) -> Result<Sum, Error> {
        let events = NewEvent::all();
        let mut keys = self.all::<Vec<i64>>(&self.statements.keys, &[&(events.len() as i64)]).await?;
        let keys = keys.pop().unwrap_or_default();
        self.copy_in(&self.statements.copy_with_keys, &events, Some(&keys)).await?;
        let mut sum = Sum::new();
        keys.iter().enumerate().for_each(|(position, key)| sum.key(position, *key));
        Ok(sum)
    }

    pub async fn copy(&self) -> Result<Sum, Error> {
        let copied = self.copy_in(&self.statements.copy, &NewEvent::all(), None).await?;
        let mut sum = Sum::new();
        sum.number(copied as i64);
        Ok(sum)
    }

    pub async fn update(&self, seed: i64) -> Result<Sum, Error> {
        let ids: Vec<i64> = (1..=Work::UPDATED).collect();
        let prices: Vec<i64> = ids.iter().map(|id| Work::price(*id, seed)).collect();
        let updated = self.client.execute(&self.statements.update, &[&ids, &prices]).await?;
        let mut sum = Sum::new();
        sum.number(updated as i64);
        Ok(sum)
    }

    /// Sends rows in the binary format of `COPY`, in parts: the server stores one while the next is written.
    async fn copy_in(
        &self,
        statement: &Statement,
        events: &[NewEvent],
        keys: Option<&[i64]>,
    ) -> Result<u64, Error> {
        const PART: usize = 60_000;
        let mut sink = pin!(self.client.copy_in::<_, Bytes>(statement).await?);
        let mut part = BytesMut::with_capacity(PART + 1_000);
        part.put_slice(COPY_HEAD);
        for (position, event) in events.iter().enumerate() {
            part.put_i16(if keys.is_some() { 5 } else { 4 });
            field(&mut part, &event.user_id.to_be_bytes());
            field(&mut part, event.kind.as_bytes());
            field(&mut part, &event.amount.to_be_bytes());
            field(&mut part, &(micros(event.created_at) - EPOCH).to_be_bytes());
            if let Some(keys) = keys {
                field(&mut part, &keys[position].to_be_bytes());
            }
            if part.len() > PART {
                sink.send(part.split().freeze()).await?;
            }
        }
        part.put_i16(-1);
        sink.send(part.freeze()).await?;
        Ok(sink.finish().await?)
    }
}

fn field(part: &mut BytesMut, bytes: &[u8]) {
    part.put_i32(bytes.len() as i32);
    part.put_slice(bytes);
}
