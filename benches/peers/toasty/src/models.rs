//! A model for each table, whose name is the plural of the model's.

use jiff::Timestamp;
use toasty::{Deferred, Model};
use workloads::Sum;

#[derive(Model)]
pub struct User {
    #[key]
    #[auto]
    pub id: i64,
    pub name: String,
    pub email: String,
    pub created_at: Timestamp,
}

#[derive(Model)]
pub struct Product {
    #[key]
    #[auto]
    pub id: i64,
    pub name: String,
    pub price: i64,
}

#[derive(Model)]
pub struct Order {
    #[key]
    #[auto]
    pub id: i64,
    #[index]
    pub user_id: i64,
    #[belongs_to(key = user_id, references = id)]
    pub user: Deferred<User>,
    #[index]
    pub product_id: i64,
    #[belongs_to(key = product_id, references = id)]
    pub product: Deferred<Product>,
    pub quantity: i32,
    pub total: i64,
    pub created_at: Timestamp,
}

#[derive(Model)]
pub struct Author {
    #[key]
    #[auto]
    pub id: i64,
    pub name: String,
    #[has_many]
    pub books: Deferred<Vec<Book>>,
}

#[derive(Model)]
pub struct Book {
    #[key]
    #[auto]
    pub id: i64,
    #[index]
    pub author_id: i64,
    #[belongs_to(key = author_id, references = id)]
    pub author: Deferred<Author>,
    pub title: String,
    pub pages: i32,
    pub price: i64,
    #[has_many]
    pub book_tags: Deferred<Vec<BookTag>>,
    #[has_many(via = book_tags.tag)]
    pub tags: Deferred<Vec<Tag>>,
}

#[derive(Model)]
pub struct Tag {
    #[key]
    #[auto]
    pub id: i64,
    pub name: String,
}

#[derive(Model)]
#[key(book_id, tag_id)]
pub struct BookTag {
    #[index]
    pub book_id: i64,
    #[belongs_to(key = book_id, references = id)]
    pub book: Deferred<Book>,
    #[index]
    pub tag_id: i64,
    #[belongs_to(key = tag_id, references = id)]
    pub tag: Deferred<Tag>,
}

#[derive(Model)]
pub struct Event {
    #[key]
    #[auto]
    pub id: i64,
    pub user_id: i64,
    pub kind: String,
    pub amount: i64,
    pub created_at: Timestamp,
}

#[derive(Model)]
pub struct Project {
    #[key]
    #[auto]
    pub id: i64,
    pub name: String,
}

#[derive(Model)]
pub struct Milestone {
    #[key]
    #[auto]
    pub id: i64,
    pub title: String,
    pub due_at: Timestamp,
}

#[derive(Model)]
pub struct Ticket {
    #[key]
    #[auto]
    pub id: i64,
    pub title: String,
    pub project_id: i64,
    #[belongs_to(key = project_id, references = id)]
    pub project: Deferred<Project>,
    pub user_id: i64,
    #[belongs_to(key = user_id, references = id)]
    pub user: Deferred<User>,
    pub milestone_id: i64,
    #[belongs_to(key = milestone_id, references = id)]
    pub milestone: Deferred<Milestone>,
    #[has_many]
    pub comments: Deferred<Vec<Comment>>,
    #[has_many]
    pub attachments: Deferred<Vec<Attachment>>,
}

#[derive(Model)]
pub struct Comment {
    #[key]
    #[auto]
    pub id: i64,
    #[index]
    pub ticket_id: i64,
    #[belongs_to(key = ticket_id, references = id)]
    pub ticket: Deferred<Ticket>,
    pub body: String,
}

#[derive(Model)]
pub struct Attachment {
    #[key]
    #[auto]
    pub id: i64,
    #[index]
    pub ticket_id: i64,
    #[belongs_to(key = ticket_id, references = id)]
    pub ticket: Deferred<Ticket>,
    pub name: String,
    pub bytes: i64,
}

#[derive(Model)]
pub struct Measurement {
    #[key]
    #[auto]
    pub id: i64,
    pub sensor: String,
    pub value: f64,
    pub taken_at: Timestamp,
}

#[derive(Model)]
pub struct Node {
    #[key]
    #[auto]
    pub id: i64,
    #[index]
    pub parent_id: Option<i64>,
    #[belongs_to(key = parent_id, references = id)]
    pub parent: Deferred<Option<Node>>,
    pub name: String,
    #[has_many(pair = parent)]
    pub children: Deferred<Vec<Node>>,
}

impl User {
    pub fn add_to(&self, sum: &mut Sum) {
        sum.user(self.id, &self.name, &self.email, self.created_at.as_microsecond());
    }
}

impl Product {
    pub fn add_to(&self, sum: &mut Sum) {
        sum.product(self.id, &self.name, self.price);
    }
}

impl Order {
    pub fn add_to(&self, sum: &mut Sum) {
        let created_at = self.created_at.as_microsecond();
        sum.order(self.id, self.user_id, self.product_id, self.quantity, self.total, created_at);
    }
}
