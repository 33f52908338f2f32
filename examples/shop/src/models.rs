//! What the shop keeps: customers and their orders, and the books it sells.

use chrono::{DateTime, Utc};
use orm::prelude::*;

/// A customer.
#[derive(Model, Debug, Clone)]
#[model(table = "users", has_many(orders: Order.user))]
pub struct User {
    pub id: i64,
    #[model(unique)]
    pub email: String,
    pub active: bool,
    /// What the customer is called, if they said so.
    pub nick: Option<String>,
}

/// What a customer bought at one time.
#[derive(Model, Debug, Clone)]
#[model(table = "orders", has_many(items: Item.order), index(user_id, placed_at))]
pub struct Order {
    pub id: i64,
    #[model(belongs_to = User)]
    pub user_id: i64,
    pub total: f64,
    pub coupon: Option<String>,
    #[model(default = "now()")]
    pub placed_at: DateTime<Utc>,
}

/// A line of an order. A product is in an order once, with a quantity.
#[derive(Model, Debug, Clone)]
#[model(table = "items", unique(order_id, product_id))]
pub struct Item {
    pub id: i64,
    #[model(belongs_to = Order, on_delete = cascade)]
    pub order_id: i64,
    #[model(belongs_to = Product, on_delete = restrict)]
    pub product_id: i64,
    pub quantity: i32,
}

/// Something with a price. Not every product is a book.
#[derive(Model, Debug, Clone)]
#[model(table = "products")]
pub struct Product {
    pub id: i64,
    pub name: String,
    pub price: f64,
    #[model(belongs_to = Book, on_delete = set_null)]
    pub book_id: Option<i64>,
}

/// Somebody who wrote books.
#[derive(Model, Debug, Clone)]
#[model(table = "authors", has_many(books: Book.author))]
pub struct Author {
    pub id: i64,
    pub name: String,
}

/// A book.
#[derive(Model, Debug, Clone)]
#[model(table = "books", many_to_many(tags: Tag, through = BookTag(book, tag)))]
pub struct Book {
    pub id: i64,
    #[model(belongs_to = Author)]
    pub author_id: i64,
    pub title: String,
    pub year: i32,
    /// From 1 to 5. New books have none.
    pub rating: Option<f64>,
}

/// A word for books.
#[derive(Model, Debug, Clone)]
#[model(table = "tags", many_to_many(books: Book, through = BookTag(tag, book)))]
pub struct Tag {
    pub id: i64,
    #[model(unique)]
    pub name: String,
}

/// That a book has a tag.
#[derive(Model, Debug, Clone)]
#[model(table = "book_tags", index(tag_id))]
pub struct BookTag {
    #[model(primary_key, belongs_to = Book, on_delete = cascade)]
    pub book_id: i64,
    #[model(primary_key, belongs_to = Tag, on_delete = cascade)]
    pub tag_id: i64,
}

/// Creates the tables, each after those that it refers to.
pub async fn create_tables(db: &Db) -> orm::Result<()> {
    db.create_tables(models![User, Order, Item, Product, Author, Book, Tag, BookTag]).await
}
