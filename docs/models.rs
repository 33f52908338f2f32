use orm::chrono::{DateTime, Utc};
use orm::prelude::*;

#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "users", has_many(orders: Order.user), has_one(profile: Profile.user))]
pub struct User {
    pub id: i64,
    #[model(unique)]
    pub email: String,
    pub active: bool,
    pub nick: Option<String>,
    #[model(default = "now()")]
    pub created_at: DateTime<Utc>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "profiles")]
pub struct Profile {
    #[model(primary_key, belongs_to = User, on_delete = cascade)]
    pub user_id: i64,
    pub city: Option<String>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "orders", has_many(items: Item.order), index(user_id, placed_at))]
pub struct Order {
    pub id: i64,
    #[model(belongs_to = User)]
    pub user_id: i64,
    #[model(belongs_to = User)]
    pub recipient_id: Option<i64>,
    pub total: f64,
    pub note: Option<String>,
    #[model(default = "now()")]
    pub placed_at: DateTime<Utc>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "items", unique(order_id, product_id))]
pub struct Item {
    pub id: i64,
    #[model(belongs_to = Order, on_delete = cascade)]
    pub order_id: i64,
    #[model(belongs_to = Product, on_delete = restrict)]
    pub product_id: i64,
    pub quantity: i32,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "products", has_many(items: Item.product))]
pub struct Product {
    pub id: i64,
    pub name: String,
    pub price: f64,
    #[model(belongs_to = Category, on_delete = set_null)]
    pub category_id: Option<i64>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "categories", has_many(products: Product.category, children: Category.parent))]
pub struct Category {
    pub id: i64,
    pub name: String,
    #[model(belongs_to = Category, as = parent)]
    pub parent_id: Option<i64>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "authors", has_many(books: Book.author))]
pub struct Author {
    pub id: i64,
    pub name: String,
    pub born: Option<i32>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "books", many_to_many(tags: Tag, through = BookTag(book, tag)))]
pub struct Book {
    pub id: i64,
    #[model(belongs_to = Author)]
    pub author_id: i64,
    pub title: String,
    pub year: i32,
    pub rating: Option<f64>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "tags", many_to_many(books: Book, through = BookTag(tag, book)))]
pub struct Tag {
    pub id: i64,
    #[model(unique)]
    pub name: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "book_tags")]
pub struct BookTag {
    #[model(primary_key, belongs_to = Book, on_delete = cascade)]
    pub book_id: i64,
    #[model(primary_key, belongs_to = Tag, on_delete = cascade)]
    pub tag_id: i64,
}
