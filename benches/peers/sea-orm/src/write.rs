//! Rows inserted and updated.

use sea_orm::{
    ActiveValue::{NotSet, Set},
    ConnectionTrait, DatabaseConnection,
    entity::prelude::*,
    sea_query::{ExprTrait, IntoIden, Query, TableRef, ValueTuple},
};
use workloads::{Error, Sum, Work};

use crate::entities::{book, event};

/// One statement: its 40,000 parameters are fewer than the 65,535 that PostgreSQL takes.
pub async fn insert(db: &DatabaseConnection) -> Result<Sum, Error> {
    let created_at = DateTimeUtc::from_timestamp(Work::CREATED, 0).ok_or("no such time")?;
    let events = (0..Work::EVENTS).map(Work::event).map(|(user_id, kind, amount)| event::ActiveModel {
        id: NotSet,
        user_id: Set(user_id),
        kind: Set(kind),
        amount: Set(amount),
        created_at: Set(created_at),
    });
    let keys = event::Entity::insert_many(events).exec_with_returning_keys(db).await?;
    let mut sum = Sum::new();
    keys.iter().enumerate().for_each(|(position, key)| sum.key(position, *key));
    Ok(sum)
}

/// One `UPDATE .. FROM (VALUES ..)`.
pub async fn update(db: &DatabaseConnection, seed: i64) -> Result<Sum, Error> {
    let prices =
        (1..=Work::UPDATED).map(|id| ValueTuple::Two(id.into(), Work::price(id, seed).into())).collect();
    let statement = Query::update()
        .table(book::Entity)
        .value(book::COLUMN.price, Expr::col(("prices", "column2")))
        .from(TableRef::ValuesList(prices, "prices".into_iden()))
        .and_where(Expr::col(book::COLUMN.id).equals(("prices", "column1")))
        .take();
    let updated = db.execute(&statement).await?.rows_affected();
    let mut sum = Sum::new();
    sum.number(i64::try_from(updated)?);
    Ok(sum)
}
