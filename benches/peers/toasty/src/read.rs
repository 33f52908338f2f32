//! One kind of row at a time.

use toasty::Db;
use tokio::task::JoinHandle;
use workloads::{Error, Sum, Work};

use crate::models::{Measurement, Order, Product, User};

pub async fn get(db: &mut Db, id: i64) -> Result<Sum, Error> {
    let user = User::get_by_id(db, id).await?;
    let mut sum = Sum::new();
    user.add_to(&mut sum);
    Ok(sum)
}

pub async fn n_plus_one(db: &mut Db) -> Result<Sum, Error> {
    let orders = Order::all().order_by(Order::fields().id().desc()).limit(20).exec(db).await?;
    let mut rows = Vec::with_capacity(orders.len());
    for order in orders {
        let user = User::get_by_id(db, order.user_id).await?;
        let product = Product::get_by_id(db, order.product_id).await?;
        rows.push((order, user, product));
    }
    let mut sum = Sum::new();
    for (order, user, product) in &rows {
        order.add_to(&mut sum);
        user.add_to(&mut sum);
        product.add_to(&mut sum);
    }
    Ok(sum)
}

pub async fn structs(db: &mut Db) -> Result<Sum, Error> {
    let users = User::all().exec(db).await?;
    let mut sum = Sum::new();
    for user in &users {
        user.add_to(&mut sum);
    }
    Ok(sum)
}

/// There are no streams: a page is read after another, of as many rows as cost little memory and few statements.
pub async fn stream(db: &mut Db) -> Result<Sum, Error> {
    let mut sum = Sum::new();
    let mut page = Order::all().order_by(Order::fields().id().asc()).paginate(10_000).exec(db).await?;
    loop {
        for order in page.iter() {
            order.add_to(&mut sum);
        }
        match page.next(db).await? {
            Some(next) => page = next,
            None => return Ok(sum),
        }
    }
}

pub async fn pool(db: &Db, seed: i64) -> Result<Sum, Error> {
    let tasks: Vec<JoinHandle<toasty::Result<Vec<User>>>> = (0..16)
        .map(|task| {
            let mut db = db.clone();
            tokio::spawn(async move {
                let mut users = Vec::with_capacity(25);
                for n in 0..25 {
                    users.push(User::get_by_id(&mut db, Work::key(seed, task, n)).await?);
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

pub async fn rows(db: &mut Db, count: i64) -> Result<Sum, Error> {
    let rows = Measurement::filter(Measurement::fields().id().le(count)).exec(db).await?;
    let mut sum = Sum::new();
    for row in &rows {
        sum.measurement(row.id, &row.sensor, row.value, row.taken_at.as_microsecond());
    }
    Ok(sum)
}
