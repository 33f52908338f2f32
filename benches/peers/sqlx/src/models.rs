//! A struct for each table, and for each join.

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use workloads::Sum;

#[derive(FromRow)]
pub struct User {
    pub id: i64,
    pub name: String,
    pub email: String,
    pub created_at: DateTime<Utc>,
}

#[derive(FromRow)]
pub struct Product {
    pub id: i64,
    pub name: String,
    pub price: i64,
}

#[derive(FromRow)]
pub struct Order {
    pub id: i64,
    pub user_id: i64,
    pub product_id: i64,
    pub quantity: i32,
    pub total: i64,
    pub created_at: DateTime<Utc>,
}

/// An order with its user and its product.
#[derive(FromRow)]
pub struct OrderRow {
    #[sqlx(flatten)]
    pub order: Order,
    pub user_name: String,
    pub user_email: String,
    pub user_created_at: DateTime<Utc>,
    pub product_name: String,
    pub product_price: i64,
}

#[derive(FromRow)]
pub struct UserTotals {
    #[sqlx(flatten)]
    pub user: User,
    pub orders: i64,
    pub total: i64,
}

#[derive(FromRow)]
pub struct Author {
    pub id: i64,
    pub name: String,
}

#[derive(FromRow)]
pub struct Book {
    pub id: i64,
    pub author_id: i64,
    pub title: String,
    pub pages: i32,
    pub price: i64,
}

/// A tag of a book.
#[derive(FromRow)]
pub struct BookTag {
    pub book_id: i64,
    pub id: i64,
    pub name: String,
}

/// A ticket with its project, its user and its milestone.
#[derive(FromRow)]
pub struct TicketRow {
    pub id: i64,
    pub title: String,
    pub project_id: i64,
    pub user_id: i64,
    pub milestone_id: i64,
    pub project_name: String,
    pub user_name: String,
    pub user_email: String,
    pub user_created_at: DateTime<Utc>,
    pub milestone_title: String,
    pub milestone_due_at: DateTime<Utc>,
}

#[derive(FromRow)]
pub struct Comment {
    pub id: i64,
    pub ticket_id: i64,
    pub body: String,
}

#[derive(FromRow)]
pub struct Attachment {
    pub id: i64,
    pub ticket_id: i64,
    pub name: String,
    pub bytes: i64,
}

#[derive(FromRow)]
pub struct Measurement {
    pub id: i64,
    pub sensor: String,
    pub value: f64,
    pub taken_at: DateTime<Utc>,
}

#[derive(FromRow)]
pub struct Node {
    pub id: i64,
    pub parent_id: Option<i64>,
    pub name: String,
    #[sqlx(skip)]
    pub children: Vec<Node>,
}

impl User {
    pub fn add_to(&self, sum: &mut Sum) {
        sum.user(self.id, &self.name, &self.email, self.created_at.timestamp_micros());
    }
}

impl Order {
    pub fn add_to(&self, sum: &mut Sum) {
        let created_at = self.created_at.timestamp_micros();
        sum.order(self.id, self.user_id, self.product_id, self.quantity, self.total, created_at);
    }
}
