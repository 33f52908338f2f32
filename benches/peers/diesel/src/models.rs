//! The rows.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use workloads::Sum;

use crate::schema::*;

#[derive(Queryable, Selectable, Identifiable)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct User {
    pub id: i64,
    pub name: String,
    pub email: String,
    pub created_at: DateTime<Utc>,
}

#[derive(Queryable, Selectable)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct Product {
    pub id: i64,
    pub name: String,
    pub price: i64,
}

#[derive(Queryable, Selectable, Identifiable, Associations)]
#[diesel(belongs_to(User), check_for_backend(diesel::pg::Pg))]
pub struct Order {
    pub id: i64,
    pub user_id: i64,
    pub product_id: i64,
    pub quantity: i32,
    pub total: i64,
    pub created_at: DateTime<Utc>,
}

#[derive(Queryable, Selectable, Identifiable)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct Author {
    pub id: i64,
    pub name: String,
}

#[derive(Queryable, Selectable, Identifiable, Associations)]
#[diesel(belongs_to(Author), check_for_backend(diesel::pg::Pg))]
pub struct Book {
    pub id: i64,
    pub author_id: i64,
    pub title: String,
    pub pages: i32,
    pub price: i64,
}

#[derive(Queryable, Selectable)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct Tag {
    pub id: i64,
    pub name: String,
}

#[derive(Queryable, Selectable, Identifiable, Associations)]
#[diesel(belongs_to(Book), primary_key(book_id, tag_id), check_for_backend(diesel::pg::Pg))]
pub struct BookTag {
    pub book_id: i64,
    pub tag_id: i64,
}

#[derive(Insertable)]
#[diesel(table_name = events, check_for_backend(diesel::pg::Pg))]
pub struct NewEvent {
    pub user_id: i64,
    pub kind: String,
    pub amount: i64,
    pub created_at: DateTime<Utc>,
}

#[derive(Queryable, Selectable)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct Project {
    pub id: i64,
    pub name: String,
}

#[derive(Queryable, Selectable)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct Milestone {
    pub id: i64,
    pub title: String,
    pub due_at: DateTime<Utc>,
}

#[derive(Queryable, Selectable, Identifiable)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct Ticket {
    pub id: i64,
    pub title: String,
    pub project_id: i64,
    pub user_id: i64,
    pub milestone_id: i64,
}

#[derive(Queryable, Selectable, Identifiable, Associations)]
#[diesel(belongs_to(Ticket), check_for_backend(diesel::pg::Pg))]
pub struct Comment {
    pub id: i64,
    pub ticket_id: i64,
    pub body: String,
}

#[derive(Queryable, Selectable, Identifiable, Associations)]
#[diesel(belongs_to(Ticket), check_for_backend(diesel::pg::Pg))]
pub struct Attachment {
    pub id: i64,
    pub ticket_id: i64,
    pub name: String,
    pub bytes: i64,
}

#[derive(Queryable, Selectable)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct Measurement {
    pub id: i64,
    pub sensor: String,
    pub value: f64,
    pub taken_at: DateTime<Utc>,
}

#[derive(Queryable, Selectable, Identifiable, Associations)]
#[diesel(belongs_to(Node, foreign_key = parent_id), check_for_backend(diesel::pg::Pg))]
pub struct Node {
    pub id: i64,
    pub parent_id: Option<i64>,
    pub name: String,
}

impl User {
    pub fn add_to(&self, sum: &mut Sum) {
        sum.user(self.id, &self.name, &self.email, self.created_at.timestamp_micros());
    }
}

impl Product {
    pub fn add_to(&self, sum: &mut Sum) {
        sum.product(self.id, &self.name, self.price);
    }
}

impl Order {
    pub fn add_to(&self, sum: &mut Sum) {
        let created_at = self.created_at.timestamp_micros();
        sum.order(self.id, self.user_id, self.product_id, self.quantity, self.total, created_at);
    }
}

impl Book {
    pub fn add_to(&self, sum: &mut Sum, author: &Author) {
        sum.book(author.id, self.id, self.author_id, &self.title, self.pages, self.price);
    }
}
