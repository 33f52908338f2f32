//! One table, or tables joined.

use futures_util::TryStreamExt;
use sea_orm::{
    DatabaseConnection, FromQueryResult, QueryOrder, QuerySelect, entity::prelude::*, sea_query::ExprTrait,
};
use tokio::task::JoinSet;
use workloads::{Error, Sum, Work};

use crate::{
    entities::{measurement, order, product, user},
    sums,
};

const GONE: &str = "a row is missing";

pub async fn get(db: &DatabaseConnection, id: i64) -> Result<Sum, Error> {
    let user = user::Entity::find_by_id(id).one(db).await?.ok_or(GONE)?;
    let mut sum = Sum::new();
    sums::user(&mut sum, &user);
    Ok(sum)
}

pub async fn join(db: &DatabaseConnection) -> Result<Sum, Error> {
    let rows = order::Entity::find()
        .find_also_related(user::Entity)
        .find_also_related(product::Entity)
        .order_by_desc(order::COLUMN.id)
        .limit(20)
        .all(db)
        .await?;
    let mut sum = Sum::new();
    for (order, user, product) in &rows {
        let (Some(user), Some(product)) = (user, product) else { return Err(GONE.into()) };
        sums::order(&mut sum, order);
        sums::user(&mut sum, user);
        sums::product(&mut sum, product);
    }
    Ok(sum)
}

pub async fn n_plus_one(db: &DatabaseConnection) -> Result<Sum, Error> {
    let orders = order::Entity::find().order_by_desc(order::COLUMN.id).limit(20).all(db).await?;
    let mut rows = Vec::with_capacity(orders.len());
    for order in orders {
        let user = user::Entity::find_by_id(order.user_id).one(db).await?.ok_or(GONE)?;
        let product = product::Entity::find_by_id(order.product_id).one(db).await?.ok_or(GONE)?;
        rows.push((order, user, product));
    }
    let mut sum = Sum::new();
    for (order, user, product) in &rows {
        sums::order(&mut sum, order);
        sums::user(&mut sum, user);
        sums::product(&mut sum, product);
    }
    Ok(sum)
}

pub async fn structs(db: &DatabaseConnection) -> Result<Sum, Error> {
    let users = user::Entity::find().all(db).await?;
    let mut sum = Sum::new();
    users.iter().for_each(|user| sums::user(&mut sum, user));
    Ok(sum)
}

#[derive(FromQueryResult)]
struct Annotated {
    #[sea_orm(nested)]
    user: user::Model,
    count: i64,
    total: i64,
}

pub async fn annotate(db: &DatabaseConnection) -> Result<Sum, Error> {
    let users = user::Entity::find()
        .expr_as(order::COLUMN.id.count(), "count")
        // The sum of a `bigint` is a `numeric`.
        .expr_as(order::COLUMN.total.sum().cast_as("bigint"), "total")
        .inner_join(order::Entity)
        .group_by(user::COLUMN.id)
        .into_model::<Annotated>()
        .all(db)
        .await?;
    let mut sum = Sum::new();
    for Annotated { user, count, total } in &users {
        sums::user(&mut sum, user);
        sum.totals(user.id, *count, *total);
    }
    Ok(sum)
}

pub async fn stream(db: &DatabaseConnection) -> Result<Sum, Error> {
    let mut orders = order::Entity::find().stream(db).await?;
    let mut sum = Sum::new();
    while let Some(order) = orders.try_next().await? {
        sums::order(&mut sum, &order);
    }
    Ok(sum)
}

pub async fn rows(db: &DatabaseConnection, count: i64) -> Result<Sum, Error> {
    let rows = measurement::Entity::find().filter(measurement::COLUMN.id.lte(count)).all(db).await?;
    let mut sum = Sum::new();
    for row in &rows {
        sum.measurement(row.id, &row.sensor, row.value, row.taken_at.timestamp_micros());
    }
    Ok(sum)
}

pub async fn pool(db: &DatabaseConnection, seed: i64) -> Result<Sum, Error> {
    let mut tasks = JoinSet::new();
    for task in 0..16 {
        let db = db.clone();
        tasks.spawn(async move {
            let mut users = Vec::with_capacity(25);
            for turn in 0..25 {
                let id = Work::key(seed, task, turn);
                users.push(user::Entity::find_by_id(id).one(&db).await?.ok_or(GONE)?);
            }
            Ok::<Vec<user::Model>, Error>(users)
        });
    }
    let mut sum = Sum::new();
    while let Some(users) = tasks.join_next().await {
        users??.iter().for_each(|user| sums::user(&mut sum, user));
    }
    Ok(sum)
}
