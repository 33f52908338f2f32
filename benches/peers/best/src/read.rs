//! Rows read by themselves, and joined or computed by one statement.

use std::pin::pin;

use futures_util::{
    TryStreamExt,
    future::{try_join, try_join_all},
};
use plain::rows::{Measurement, Order, Product, User, micros};
use tokio_postgres::{Client, Row, Statement, types::ToSql};
use workloads::{Error, Sum};

use crate::{
    Best,
    row::{Copied, FromColumns, Queried},
};

fn read<T: FromColumns>(row: &Row) -> Result<T, Error> {
    T::from_columns(&mut Queried::new(row))
}

/// Reads the only row of a result.
pub async fn one<T: FromColumns>(client: &Client, statement: &Statement, id: i64) -> Result<T, Error> {
    let mut rows = pin!(client.query_raw(statement, [id]).await?);
    read(&rows.try_next().await?.ok_or("no such row")?)
}

impl Best {
    /// Reads the rows of a `COPY`: the client has less to do for each than for those of a query.
    async fn each_copied<T: FromColumns>(
        &self,
        statement: &Statement,
        mut each: impl FnMut(T),
    ) -> Result<(), Error> {
        let mut messages = pin!(self.client.copy_out(statement).await?);
        while let Some(message) = messages.try_next().await? {
            if let Some(mut columns) = Copied::new(&message) {
                each(T::from_columns(&mut columns)?);
            }
        }
        Ok(())
    }

    /// Reads all rows of a result.
    pub async fn all<T: FromColumns>(
        &self,
        statement: &Statement,
        parameters: &[&(dyn ToSql + Sync)],
    ) -> Result<Vec<T>, Error> {
        let mut rows = pin!(self.client.query_raw(statement, parameters.iter().copied()).await?);
        let mut all = Vec::new();
        while let Some(row) = rows.try_next().await? {
            all.push(read(&row)?);
        }
        Ok(all)
    }

    pub async fn get(&self, id: i64) -> Result<Sum, Error> {
        let mut sum = Sum::new();
        one::<User>(&self.client, &self.statements.user, id).await?.add_to(&mut sum);
        Ok(sum)
    }

    pub async fn join(&self) -> Result<Sum, Error> {
        let orders = self.all::<(Order, User, Product)>(&self.statements.joined, &[]).await?;
        let mut sum = Sum::new();
        for (order, user, product) in &orders {
            order.add_to(&mut sum);
            user.add_to(&mut sum);
            product.add_to(&mut sum);
        }
        Ok(sum)
    }

    /// The 40 statements are sent together.
    pub async fn n_plus_one(&self) -> Result<Sum, Error> {
        let orders = self.all::<Order>(&self.statements.newest, &[]).await?;
        let related = orders.iter().map(|order| {
            try_join(
                one::<User>(&self.client, &self.statements.user, order.user_id),
                one::<Product>(&self.client, &self.statements.product, order.product_id),
            )
        });
        let related = try_join_all(related).await?;
        let mut sum = Sum::new();
        for (order, (user, product)) in orders.iter().zip(&related) {
            order.add_to(&mut sum);
            user.add_to(&mut sum);
            product.add_to(&mut sum);
        }
        Ok(sum)
    }

    pub async fn structs(&self) -> Result<Sum, Error> {
        let mut users: Vec<User> = Vec::new();
        self.each_copied(&self.statements.users, |user| users.push(user)).await?;
        let mut sum = Sum::new();
        users.iter().for_each(|user| user.add_to(&mut sum));
        Ok(sum)
    }

    pub async fn annotate(&self) -> Result<Sum, Error> {
        let users = self.all::<(User, i64, i64)>(&self.statements.annotated, &[]).await?;
        let mut sum = Sum::new();
        for (user, count, total) in &users {
            user.add_to(&mut sum);
            sum.totals(user.id, *count, *total);
        }
        Ok(sum)
    }

    pub async fn stream(&self) -> Result<Sum, Error> {
        let mut sum = Sum::new();
        self.each_copied(&self.statements.orders, |order: Order| order.add_to(&mut sum)).await?;
        Ok(sum)
    }

    pub async fn rows(&self, count: i64) -> Result<Sum, Error> {
        let rows = self.all::<Measurement>(&self.statements.measurements, &[&count]).await?;
        let mut sum = Sum::new();
        for row in &rows {
            sum.measurement(row.id, &row.sensor, row.value, micros(row.taken_at));
        }
        Ok(sum)
    }
}
