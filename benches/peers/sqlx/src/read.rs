//! One statement, one kind of row.

use futures_util::TryStreamExt;
use sqlx::PgPool;
use tokio::task::JoinHandle;
use workloads::{Error, Sum, Work};

use crate::models::{Measurement, Order, OrderRow, Product, User, UserTotals};

async fn user(pool: &PgPool, id: i64) -> sqlx::Result<User> {
    sqlx::query_as("SELECT id, name, email, created_at FROM users WHERE id = $1")
        .bind(id)
        .fetch_one(pool)
        .await
}

async fn product(pool: &PgPool, id: i64) -> sqlx::Result<Product> {
    sqlx::query_as("SELECT id, name, price FROM products WHERE id = $1").bind(id).fetch_one(pool).await
}

pub async fn get(pool: &PgPool, id: i64) -> Result<Sum, Error> {
    let mut sum = Sum::new();
    user(pool, id).await?.add_to(&mut sum);
    Ok(sum)
}

pub async fn join(pool: &PgPool) -> Result<Sum, Error> {
    let rows: Vec<OrderRow> = sqlx::query_as(
        "SELECT o.id, o.user_id, o.product_id, o.quantity, o.total, o.created_at,
                u.name AS user_name, u.email AS user_email, u.created_at AS user_created_at,
                p.name AS product_name, p.price AS product_price
         FROM orders o
         JOIN users u ON u.id = o.user_id
         JOIN products p ON p.id = o.product_id
         ORDER BY o.id DESC LIMIT 20",
    )
    .fetch_all(pool)
    .await?;
    let mut sum = Sum::new();
    for row in &rows {
        row.order.add_to(&mut sum);
        let created_at = row.user_created_at.timestamp_micros();
        sum.user(row.order.user_id, &row.user_name, &row.user_email, created_at);
        sum.product(row.order.product_id, &row.product_name, row.product_price);
    }
    Ok(sum)
}

pub async fn n_plus_one(pool: &PgPool) -> Result<Sum, Error> {
    let orders: Vec<Order> = sqlx::query_as(
        "SELECT id, user_id, product_id, quantity, total, created_at FROM orders ORDER BY id DESC LIMIT 20",
    )
    .fetch_all(pool)
    .await?;
    let mut rows = Vec::with_capacity(orders.len());
    for order in orders {
        let user = user(pool, order.user_id).await?;
        let product = product(pool, order.product_id).await?;
        rows.push((order, user, product));
    }
    let mut sum = Sum::new();
    for (order, user, product) in &rows {
        order.add_to(&mut sum);
        user.add_to(&mut sum);
        sum.product(product.id, &product.name, product.price);
    }
    Ok(sum)
}

pub async fn structs(pool: &PgPool) -> Result<Sum, Error> {
    let users: Vec<User> =
        sqlx::query_as("SELECT id, name, email, created_at FROM users").fetch_all(pool).await?;
    let mut sum = Sum::new();
    for user in &users {
        user.add_to(&mut sum);
    }
    Ok(sum)
}

pub async fn annotate(pool: &PgPool) -> Result<Sum, Error> {
    let rows: Vec<UserTotals> = sqlx::query_as(
        "SELECT u.id, u.name, u.email, u.created_at, count(*) AS orders, sum(o.total)::bigint AS total
         FROM users u
         JOIN orders o ON o.user_id = u.id
         GROUP BY u.id",
    )
    .fetch_all(pool)
    .await?;
    let mut sum = Sum::new();
    for row in &rows {
        row.user.add_to(&mut sum);
        sum.totals(row.user.id, row.orders, row.total);
    }
    Ok(sum)
}

pub async fn stream(pool: &PgPool) -> Result<Sum, Error> {
    let mut orders =
        sqlx::query_as::<_, Order>("SELECT id, user_id, product_id, quantity, total, created_at FROM orders")
            .fetch(pool);
    let mut sum = Sum::new();
    while let Some(order) = orders.try_next().await? {
        order.add_to(&mut sum);
    }
    Ok(sum)
}

pub async fn pool(pool: &PgPool, seed: i64) -> Result<Sum, Error> {
    let tasks: Vec<JoinHandle<sqlx::Result<Vec<User>>>> = (0..16)
        .map(|task| {
            let pool = pool.clone();
            tokio::spawn(async move {
                let mut users = Vec::with_capacity(25);
                for n in 0..25 {
                    users.push(user(&pool, Work::key(seed, task, n)).await?);
                }
                Ok(users)
            })
        })
        .collect();
    let mut sum = Sum::new();
    for task in tasks {
        for user in task.await?? {
            user.add_to(&mut sum);
        }
    }
    Ok(sum)
}

pub async fn rows(pool: &PgPool, count: i64) -> Result<Sum, Error> {
    let rows: Vec<Measurement> =
        sqlx::query_as("SELECT id, sensor, value, taken_at FROM measurements WHERE id <= $1")
            .bind(count)
            .fetch_all(pool)
            .await?;
    let mut sum = Sum::new();
    for row in &rows {
        sum.measurement(row.id, &row.sensor, row.value, row.taken_at.timestamp_micros());
    }
    Ok(sum)
}
