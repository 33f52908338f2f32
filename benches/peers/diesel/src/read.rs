//! One table, or tables joined.

use diesel::{
    dsl::{count, sum},
    prelude::*,
    sql_types::{Nullable, Numeric},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl, pooled_connection::deadpool::Pool};
use futures_util::TryStreamExt;
use tokio::task::JoinSet;
use workloads::{Error, Sum, Work};

use crate::{
    models::{Measurement, Order, Product, User},
    schema::{measurements, orders, products, users},
};

pub async fn get(connection: &mut AsyncPgConnection, id: i64) -> Result<Sum, Error> {
    let user = users::table.find(id).select(User::as_select()).first(connection).await?;
    let mut sum = Sum::new();
    user.add_to(&mut sum);
    Ok(sum)
}

pub async fn join(connection: &mut AsyncPgConnection) -> Result<Sum, Error> {
    let rows = orders::table
        .inner_join(users::table)
        .inner_join(products::table)
        .order(orders::id.desc())
        .limit(20)
        .select((Order::as_select(), User::as_select(), Product::as_select()))
        .load::<(Order, User, Product)>(connection)
        .await?;
    Ok(joined(&rows))
}

pub async fn n_plus_one(connection: &mut AsyncPgConnection) -> Result<Sum, Error> {
    let orders = orders::table
        .order(orders::id.desc())
        .limit(20)
        .select(Order::as_select())
        .load::<Order>(connection)
        .await?;
    let mut rows = Vec::with_capacity(orders.len());
    for order in orders {
        let user = users::table.find(order.user_id).select(User::as_select()).first(connection).await?;
        let product =
            products::table.find(order.product_id).select(Product::as_select()).first(connection).await?;
        rows.push((order, user, product));
    }
    Ok(joined(&rows))
}

fn joined(rows: &[(Order, User, Product)]) -> Sum {
    let mut sum = Sum::new();
    for (order, user, product) in rows {
        order.add_to(&mut sum);
        user.add_to(&mut sum);
        product.add_to(&mut sum);
    }
    sum
}

pub async fn structs(connection: &mut AsyncPgConnection) -> Result<Sum, Error> {
    let users = users::table.select(User::as_select()).load(connection).await?;
    let mut sum = Sum::new();
    users.iter().for_each(|user| user.add_to(&mut sum));
    Ok(sum)
}

#[diesel::declare_sql_function]
extern "SQL" {
    /// The sum of `bigint` is a `numeric`, which Diesel does not cast to one.
    fn int8(number: Nullable<Numeric>) -> Nullable<BigInt>;
}

pub async fn annotate(connection: &mut AsyncPgConnection) -> Result<Sum, Error> {
    let users = users::table
        .inner_join(orders::table)
        .group_by(users::id)
        .select((User::as_select(), count(orders::id), int8(sum(orders::total)).assume_not_null()))
        .load::<(User, i64, i64)>(connection)
        .await?;
    let mut sum = Sum::new();
    for (user, count, total) in &users {
        user.add_to(&mut sum);
        sum.totals(user.id, *count, *total);
    }
    Ok(sum)
}

pub async fn stream(connection: &mut AsyncPgConnection) -> Result<Sum, Error> {
    let mut orders = orders::table.select(Order::as_select()).load_stream::<Order>(connection).await?;
    let mut sum = Sum::new();
    while let Some(order) = orders.try_next().await? {
        order.add_to(&mut sum);
    }
    Ok(sum)
}

pub async fn rows(connection: &mut AsyncPgConnection, count: i64) -> Result<Sum, Error> {
    let rows = measurements::table
        .filter(measurements::id.le(count))
        .select(Measurement::as_select())
        .load(connection)
        .await?;
    let mut sum = Sum::new();
    for row in &rows {
        sum.measurement(row.id, &row.sensor, row.value, row.taken_at.timestamp_micros());
    }
    Ok(sum)
}

pub async fn pool(pool: &Pool<AsyncPgConnection>, seed: i64) -> Result<Sum, Error> {
    let mut tasks = JoinSet::new();
    for task in 0..16 {
        let pool = pool.clone();
        tasks.spawn(async move {
            let mut users = Vec::with_capacity(25);
            for turn in 0..25 {
                let id = Work::key(seed, task, turn);
                let mut connection = pool.get().await?;
                users.push(users::table.find(id).select(User::as_select()).first(&mut connection).await?);
            }
            Ok::<Vec<User>, Error>(users)
        });
    }
    let mut sum = Sum::new();
    while let Some(users) = tasks.join_next().await {
        users??.iter().for_each(|user| user.add_to(&mut sum));
    }
    Ok(sum)
}
