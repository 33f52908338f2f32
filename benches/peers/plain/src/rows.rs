//! The rows as structs, read column by column with `row.get`.

use chrono::{DateTime, Utc};
use tokio_postgres::Row;
use workloads::Sum;

pub struct User {
    pub id: i64,
    pub name: String,
    pub email: String,
    pub created_at: DateTime<Utc>,
}

impl User {
    pub fn from_row(row: &Row) -> Self {
        Self::at(row, 0)
    }

    pub fn at(row: &Row, first: usize) -> Self {
        Self {
            id: row.get(first),
            name: row.get(first + 1),
            email: row.get(first + 2),
            created_at: row.get(first + 3),
        }
    }

    pub fn add_to(&self, sum: &mut Sum) {
        sum.user(self.id, &self.name, &self.email, micros(self.created_at));
    }
}

pub struct Product {
    pub id: i64,
    pub name: String,
    pub price: i64,
}

impl Product {
    pub fn at(row: &Row, first: usize) -> Self {
        Self { id: row.get(first), name: row.get(first + 1), price: row.get(first + 2) }
    }

    pub fn add_to(&self, sum: &mut Sum) {
        sum.product(self.id, &self.name, self.price);
    }
}

pub struct Order {
    pub id: i64,
    pub user_id: i64,
    pub product_id: i64,
    pub quantity: i32,
    pub total: i64,
    pub created_at: DateTime<Utc>,
}

impl Order {
    pub fn from_row(row: &Row) -> Self {
        Self {
            id: row.get(0),
            user_id: row.get(1),
            product_id: row.get(2),
            quantity: row.get(3),
            total: row.get(4),
            created_at: row.get(5),
        }
    }

    pub fn add_to(&self, sum: &mut Sum) {
        let created_at = micros(self.created_at);
        sum.order(self.id, self.user_id, self.product_id, self.quantity, self.total, created_at);
    }
}

pub struct Author {
    pub id: i64,
    pub name: String,
}

impl Author {
    pub fn from_row(row: &Row) -> Self {
        Self { id: row.get(0), name: row.get(1) }
    }
}

pub struct Book {
    pub id: i64,
    pub author_id: i64,
    pub title: String,
    pub pages: i32,
    pub price: i64,
}

impl Book {
    pub fn from_row(row: &Row) -> Self {
        Self {
            id: row.get(0),
            author_id: row.get(1),
            title: row.get(2),
            pages: row.get(3),
            price: row.get(4),
        }
    }

    pub fn add_to(&self, sum: &mut Sum, author: i64) {
        sum.book(author, self.id, self.author_id, &self.title, self.pages, self.price);
    }
}

pub struct Tag {
    pub book_id: i64,
    pub id: i64,
    pub name: String,
}

impl Tag {
    pub fn from_row(row: &Row) -> Self {
        Self { book_id: row.get(0), id: row.get(1), name: row.get(2) }
    }
}

pub struct Ticket {
    pub id: i64,
    pub title: String,
    pub project_id: i64,
    pub user_id: i64,
    pub milestone_id: i64,
    pub project: Author,
    pub user: User,
    pub milestone: Milestone,
}

pub struct Milestone {
    pub id: i64,
    pub title: String,
    pub due_at: DateTime<Utc>,
}

impl Ticket {
    pub fn from_row(row: &Row) -> Self {
        Self {
            id: row.get(0),
            title: row.get(1),
            project_id: row.get(2),
            user_id: row.get(3),
            milestone_id: row.get(4),
            project: Author { id: row.get(5), name: row.get(6) },
            user: User::at(row, 7),
            milestone: Milestone { id: row.get(11), title: row.get(12), due_at: row.get(13) },
        }
    }

    pub fn add_to(&self, sum: &mut Sum) {
        sum.ticket(self.id, &self.title, self.project_id, self.user_id, self.milestone_id);
        sum.project(self.project.id, &self.project.name);
        self.user.add_to(sum);
        let milestone = &self.milestone;
        sum.milestone(milestone.id, &milestone.title, micros(milestone.due_at));
    }
}

pub struct Comment {
    pub id: i64,
    pub ticket_id: i64,
    pub body: String,
}

impl Comment {
    pub fn from_row(row: &Row) -> Self {
        Self { id: row.get(0), ticket_id: row.get(1), body: row.get(2) }
    }
}

pub struct Attachment {
    pub id: i64,
    pub ticket_id: i64,
    pub name: String,
    pub bytes: i64,
}

impl Attachment {
    pub fn from_row(row: &Row) -> Self {
        Self { id: row.get(0), ticket_id: row.get(1), name: row.get(2), bytes: row.get(3) }
    }
}

pub struct Measurement {
    pub id: i64,
    pub sensor: String,
    pub value: f64,
    pub taken_at: DateTime<Utc>,
}

impl Measurement {
    pub fn from_row(row: &Row) -> Self {
        Self { id: row.get(0), sensor: row.get(1), value: row.get(2), taken_at: row.get(3) }
    }
}

pub struct Node {
    pub id: i64,
    pub parent_id: Option<i64>,
    pub name: String,
    pub children: Vec<Node>,
}

impl Node {
    pub fn from_row(row: &Row) -> Self {
        Self { id: row.get(0), parent_id: row.get(1), name: row.get(2), children: Vec::new() }
    }

    pub fn add_to(&self, sum: &mut Sum, parent: i64) {
        sum.node(parent, self.id, &self.name);
        self.children.iter().for_each(|child| child.add_to(sum, self.id));
    }
}

pub fn micros(time: DateTime<Utc>) -> i64 {
    time.timestamp_micros()
}
