use orm::{
    chrono::{DateTime, Utc},
    prelude::*,
};
use workloads::Sum;

#[derive(Model, Debug, Clone)]
#[model(table = "users", has_many(orders: Order.user))]
pub struct User {
    pub id: i64,
    pub name: String,
    pub email: String,
    pub created_at: DateTime<Utc>,
}

#[derive(Model, Debug, Clone)]
#[model(table = "products")]
pub struct Product {
    pub id: i64,
    pub name: String,
    pub price: i64,
}

#[derive(Model, Debug, Clone)]
#[model(table = "orders")]
pub struct Order {
    pub id: i64,
    #[model(belongs_to = User)]
    pub user_id: i64,
    #[model(belongs_to = Product)]
    pub product_id: i64,
    pub quantity: i32,
    pub total: i64,
    pub created_at: DateTime<Utc>,
}

#[derive(Model, Debug, Clone)]
#[model(table = "authors", has_many(books: Book.author))]
pub struct Author {
    pub id: i64,
    pub name: String,
}

#[derive(Model, Debug, Clone)]
#[model(table = "books", many_to_many(tags: Tag, through = BookTag(book, tag)))]
pub struct Book {
    pub id: i64,
    #[model(belongs_to = Author)]
    pub author_id: i64,
    pub title: String,
    pub pages: i32,
    pub price: i64,
}

#[derive(Model, Debug, Clone)]
#[model(table = "tags", many_to_many(books: Book, through = BookTag(tag, book)))]
pub struct Tag {
    pub id: i64,
    pub name: String,
}

#[derive(Model, Debug, Clone)]
#[model(table = "book_tags")]
pub struct BookTag {
    #[model(primary_key, belongs_to = Book)]
    pub book_id: i64,
    #[model(primary_key, belongs_to = Tag)]
    pub tag_id: i64,
}

#[derive(Model, Debug, Clone)]
#[model(table = "events")]
pub struct Event {
    pub id: i64,
    pub user_id: i64,
    pub kind: String,
    pub amount: i64,
    pub created_at: DateTime<Utc>,
}

#[derive(Model, Debug, Clone)]
#[model(table = "projects")]
pub struct Project {
    pub id: i64,
    pub name: String,
}

#[derive(Model, Debug, Clone)]
#[model(table = "milestones")]
pub struct Milestone {
    pub id: i64,
    pub title: String,
    pub due_at: DateTime<Utc>,
}

#[derive(Model, Debug, Clone)]
#[model(table = "tickets", has_many(comments: Comment.ticket, attachments: Attachment.ticket))]
pub struct Ticket {
    pub id: i64,
    pub title: String,
    #[model(belongs_to = Project)]
    pub project_id: i64,
    #[model(belongs_to = User)]
    pub user_id: i64,
    #[model(belongs_to = Milestone)]
    pub milestone_id: i64,
}

#[derive(Model, Debug, Clone)]
#[model(table = "comments")]
pub struct Comment {
    pub id: i64,
    #[model(belongs_to = Ticket)]
    pub ticket_id: i64,
    pub body: String,
}

#[derive(Model, Debug, Clone)]
#[model(table = "attachments")]
pub struct Attachment {
    pub id: i64,
    #[model(belongs_to = Ticket)]
    pub ticket_id: i64,
    pub name: String,
    pub bytes: i64,
}

#[derive(Model, Debug, Clone)]
#[model(table = "measurements")]
pub struct Measurement {
    pub id: i64,
    pub sensor: String,
    pub value: f64,
    pub taken_at: DateTime<Utc>,
}

#[derive(Model, Debug, Clone)]
#[model(table = "nodes", has_many(children: Node.parent))]
pub struct Node {
    pub id: i64,
    #[model(belongs_to = Node, as = parent)]
    pub parent_id: Option<i64>,
    pub name: String,
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

impl Book {
    pub fn add_to(&self, sum: &mut Sum, author: i64) {
        sum.book(author, self.id, self.author_id, &self.title, self.pages, self.price);
    }
}
